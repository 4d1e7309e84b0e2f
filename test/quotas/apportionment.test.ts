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
