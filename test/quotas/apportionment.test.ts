import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { apportion, InfeasibleMinimum, type Stratum } from '../../src/features/quotas/apportionment.js';

const kalsel: Stratum[] = [
  { key: 'anak', size: 120 },
  { key: 'lanjut_usia', size: 3 },
  { key: 'disabilitas', size: 9 },
  { key: 'napza', size: 3 },
];

/**
 * The rule read slowly, by another road: seats are given one by one to whom the next one is due, with exact
 * fractions. It shares no line with what it judges.
 */
function slowReference(strata: Stratum[], seats: number, minimum: number): Map<string, number> {
  const due = new Map(strata.map(({ key }) => [key, 0]));
  const fixed = new Set<string>();
  const sum = (keys: Stratum[]) => keys.reduce((total, { size }) => total + size, 0);
  let total = Math.min(seats, sum(strata));
  for (;;) {
    const rest = strata.filter(({ key, size }) => size > 0 && !fixed.has(key));
    const taken = strata
      .filter(({ key }) => fixed.has(key))
      .reduce((n, { key }) => n + (due.get(key) ?? 0), 0);
    const short = rest.filter(({ size }) => (total - taken) * size < Math.min(minimum, size) * sum(rest));
    if (short.length === 0) break;
    for (const { key, size } of short) {
      due.set(key, Math.min(minimum, size));
      fixed.add(key);
    }
  }
  const rest = strata.filter(({ key, size }) => size > 0 && !fixed.has(key));
  total -= [...fixed].reduce((n, key) => n + (due.get(key) ?? 0), 0);
  for (const { key, size } of rest) due.set(key, Math.floor((total * size) / sum(rest)));
  let left = total - rest.reduce((n, { key }) => n + (due.get(key) ?? 0), 0);
  const given = new Set<string>();
  while (left > 0) {
    let best: Stratum | undefined;
    for (const candidate of rest) {
      if (given.has(candidate.key)) continue;
      const remainder = (s: Stratum) => (BigInt(total) * BigInt(s.size)) % BigInt(sum(rest));
      if (!best || remainder(candidate) > remainder(best)) best = candidate;
      else if (remainder(candidate) === remainder(best) && candidate.size > best.size) best = candidate;
    }
    if (!best) throw new Error('nobody left');
    given.add(best.key);
    due.set(best.key, (due.get(best.key) ?? 0) + 1);
    left -= 1;
  }
  return due;
}

describe('apportionment of seats to strata (rules.md 18)', () => {
  test('Kalimantan Selatan, 30 seats, minimum 1, gives 26/1/2/1', () => {
    expect([...apportion(kalsel, { seats: 30, minimum: 1 }).values()]).toEqual([26, 1, 2, 1]);
  });

  test('without a minimum the small strata get what their share rounds to', () => {
    const shares = apportion(kalsel, { seats: 30, minimum: 0 });
    expect([...shares.values()].reduce((a, b) => a + b, 0)).toBe(30);
    expect(shares.get('anak')).toBe(27);
  });

  test('minima that cannot be met together are refused with the numbers', () => {
    expect(() => apportion(kalsel, { seats: 3, minimum: 1 })).toThrow(InfeasibleMinimum);
    expect(() => apportion(kalsel, { seats: 3, minimum: 1 })).toThrow('minima need 4 seats, there are 3');
  });

  test('a tie goes to the larger stratum, then to the draw', () => {
    const twins = [
      { key: 'a', size: 5 },
      { key: 'b', size: 5 },
    ];
    const draw = (key: string) => (key === 'b' ? 0 : 1);
    expect([...apportion(twins, { seats: 3, minimum: 0, draw }).values()]).toEqual([1, 2]);
    expect([...apportion(twins, { seats: 3, minimum: 0 }).values()]).toEqual([2, 1]);
  });

  test('more seats than institutions fill every stratum and no more', () => {
    expect([...apportion(kalsel, { seats: 500, minimum: 2 }).values()]).toEqual([120, 3, 9, 3]);
  });

  test('always agrees with a slow independent reading of the rule', () => {
    const strataArb = fc
      .array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 16 })
      .map((sizes) => sizes.map((size, i) => ({ key: `s${i}`, size })));
    fc.assert(
      fc.property(
        strataArb,
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 0, max: 4 }),
        (strata, seats, minimum) => {
          const needed = strata.reduce((sum, { size }) => sum + Math.min(size, minimum), 0);
          fc.pre(needed <= seats);
          const result = apportion(strata, { seats, minimum });
          expect(result).toEqual(slowReference(strata, seats, minimum));
          const population = strata.reduce((sum, { size }) => sum + size, 0);
          expect([...result.values()].reduce((a, b) => a + b, 0)).toBe(Math.min(seats, population));
          for (const { key, size } of strata) {
            expect(result.get(key)).toBeLessThanOrEqual(size);
            expect(result.get(key)).toBeGreaterThanOrEqual(Math.min(size, minimum));
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

/** Institutions of children's services by kabupaten/kota, as unequal as they are. */
const regions: Stratum[] = [31, 22, 18, 15, 12, 10, 8, 6, 5, 3, 2, 2, 1].map((size, at) => ({
  key: `63.${at < 11 ? String(at + 1).padStart(2, '0') : at + 60}`,
  size,
}));

/**
 * The rule with bounds, by trying: of all ways to fix some strata at their least and some at their most, the one in
 * which nobody fixed would be better within its bounds, and nobody else lies outside of them.
 */
function boundedReference(strata: Required<Stratum>[], seats: number): Map<string, number> | undefined {
  const filled = strata.filter(({ size }) => size > 0);
  const total = Math.min(
    seats,
    filled.reduce((sum, { most }) => sum + most, 0),
  );
  for (let way = 0; way < 3 ** filled.length; way += 1) {
    const side = filled.map((_, at) => Math.floor(way / 3 ** at) % 3);
    const fixed = filled.reduce(
      (sum, { least, most }, at) => sum + (side[at] === 1 ? least : side[at] === 2 ? most : 0),
      0,
    );
    const free = filled.filter((_, at) => side[at] === 0);
    const population = free.reduce((sum, { size }) => sum + size, 0);
    const rest = total - fixed;
    if (rest < 0 || (population === 0 && rest > 0)) continue;
    const isRight = filled.every(({ size, least, most }, at) => {
      // With everybody fixed any level will do that keeps each on its side of it.
      if (population === 0) return true;
      const share = (rest * size) / population;
      return side[at] === 1
        ? share <= least
        : side[at] === 2
          ? share >= most
          : share >= least && share <= most;
    });
    if (!isRight) continue;
    const result = new Map(strata.map(({ key }) => [key, 0]));
    filled.forEach(({ key, least, most }, at) => {
      if (side[at] === 1) result.set(key, least);
      if (side[at] === 2) result.set(key, most);
    });
    const plain = slowReference(free, rest, 0);
    for (const { key } of free) result.set(key, plain.get(key) ?? 0);
    if (population > 0 || levelExists(filled, side)) return result;
  }
  return undefined;
}

/** Seats per institution at which those at their least want no more, and those at their most no less. */
function levelExists(strata: Required<Stratum>[], side: (number | undefined)[]): boolean {
  const low = strata.filter((_, at) => side[at] === 2).map(({ most, size }) => most / size);
  const high = strata.filter((_, at) => side[at] === 1).map(({ least, size }) => least / size);
  return Math.max(0, ...low) <= Math.min(Infinity, ...high);
}

describe('with bounds of single strata', () => {
  test('the thirteen regions of Kalimantan Selatan each get one, and the large ones what is due to them', () => {
    // The last four are fixed at one; 26 of 127 are 6.35, 4.50, 3.69, 3.07, 2.46, 2.05, 1.64, 1.23 and 1.02.
    const shares = [...apportion(regions, { seats: 30, minimum: 1 }).values()];
    expect(shares).toEqual([6, 5, 4, 3, 2, 2, 2, 1, 1, 1, 1, 1, 1]);
  });

  test('a region gets no more than its most, and the others have what it leaves', () => {
    const most = regions.map((region) => ({ ...region, most: 5 }));
    const shares = [...apportion(most, { seats: 45, minimum: 1 }).values()];
    expect(shares).toEqual([5, 5, 5, 5, 5, 5, 4, 3, 3, 2, 1, 1, 1]);
  });

  test('who must be invited raises the share of their stratum, and the others give way', () => {
    const strata = kalsel.map((s) => (s.key === 'napza' ? { ...s, least: 3 } : s));
    expect([...apportion(strata, { seats: 30, minimum: 1 }).values()]).toEqual([24, 1, 2, 3]);
  });

  test('bounds that together leave fewer seats than there are give no more than they allow', () => {
    const strata = kalsel.map((s) => ({ ...s, most: 4 }));
    expect([...apportion(strata, { seats: 30, minimum: 1 }).values()]).toEqual([4, 3, 4, 3]);
  });

  test('always agrees with trying all ways of fixing strata at their bounds', () => {
    const stratumArb = fc
      .tuple(fc.integer({ min: 0, max: 60 }), fc.nat(100), fc.nat(100))
      .map(([size, a, b]) => {
        const [least = 0, most = 0] = [a % (size + 1), b % (size + 1)].sort((x, y) => x - y);
        return { size, least: Math.floor(least / 3), most };
      });
    fc.assert(
      fc.property(
        fc.array(stratumArb, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 150 }),
        (given, seats) => {
          const strata = given.map((one, at) => ({ key: `s${at}`, ...one }));
          fc.pre(strata.reduce((sum, { least }) => sum + least, 0) <= seats);
          const result = apportion(strata, { seats, minimum: 0 });
          expect(result).toEqual(boundedReference(strata, seats));
        },
      ),
      { numRuns: 1500 },
    );
  });
});
