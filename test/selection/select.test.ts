import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { InfeasibleMinimum } from '../../src/features/quotas/apportionment.js';
import { criteria, type Criterion, type Need } from '../../src/features/selection/criteria.js';
import {
  select,
  TooManyMusts,
  type Candidate,
  type SelectionRules,
} from '../../src/features/selection/select.js';
import { kalselCandidates, need, rules } from './support.js';

const idsOf = (list: { candidate: Candidate }[]) => list.map(({ candidate }) => candidate.id);

/** Candidates of one stratum that differ in what is given; ids from 1 in that order. */
const oneStratum = (...needs: Partial<Need>[]): Candidate[] =>
  needs.map((given, at) => ({ ...need, id: at + 1, regionKey: '63.71', serviceKey: 'anak', ...given }));

const choose = (candidates: Candidate[], given: Partial<SelectionRules> = {}) =>
  select(candidates, { ...rules, ...given });

describe('shares', () => {
  test('Kalimantan Selatan: 30 of 135 are 26, 1, 2 and 1', () => {
    const { strata, chosen, reserves, unfilled } = choose(kalselCandidates());
    expect(Object.fromEntries(strata.map(({ key, chosen: count }) => [key, count]))).toEqual({
      anak: 26,
      disabilitas: 2,
      lanjut_usia: 1,
      napza: 1,
    });
    expect([chosen.length, reserves.length, unfilled]).toEqual([30, 105, 0]);
  });

  test('by region every kabupaten/kota has at least one', () => {
    const { strata } = choose(kalselCandidates(), { dimension: 'region' });
    expect(strata).toHaveLength(13);
    expect(Math.min(...strata.map(({ chosen }) => chosen))).toBe(1);
    expect(strata.reduce((sum, { chosen }) => sum + chosen, 0)).toBe(30);
  });

  test('minima that cannot be met together are refused with the numbers', () => {
    const attempt = () => choose(kalselCandidates(), { dimension: 'region', count: 12 });
    expect(attempt).toThrow(InfeasibleMinimum);
    expect(attempt).toThrow('minima need 13 seats, there are 12');
  });

  test('a stratum has no more than its most, and the rest goes to the others', () => {
    const { strata } = choose(kalselCandidates(), { maximum: 20 });
    expect(strata.map(({ chosen }) => chosen)).toEqual([20, 6, 2, 2]);
  });

  test('who must not be invited does not count for the size of a stratum', () => {
    const mustNotInvite = new Set([121, 122, 123]);
    const { strata, excluded } = choose(kalselCandidates(), { mustNotInvite });
    expect(strata.map(({ key }) => key)).not.toContain('lanjut_usia');
    expect(excluded.map(({ id }) => id)).toEqual([121, 122, 123]);
  });
});

describe('caps on the other dimension', () => {
  test('no region has more than its cap, the smallest stratum chooses first, and every place is used', () => {
    const { chosen, unfilled, strata } = choose(kalselCandidates(), { capPerRegion: 3 });
    const regions = Map.groupBy(chosen, ({ candidate }) => candidate.regionKey);
    expect(Math.max(...[...regions.values()].map((list) => list.length))).toBe(3);
    expect([chosen.length, unfilled]).toEqual([30, 0]);
    expect(strata.map(({ chosen: count }) => count)).toEqual([26, 2, 1, 1]);
  });

  test('what a stratum cannot fill goes to the others', () => {
    const candidates = [
      ...Array.from({ length: 10 }, (_, at) => ({
        ...need,
        id: at + 1,
        regionKey: '63.01',
        serviceKey: 'anak',
      })),
      ...Array.from({ length: 6 }, (_, at) => ({
        ...need,
        id: at + 20,
        regionKey: `63.0${at + 2}`,
        serviceKey: 'disabilitas',
      })),
    ];
    const { strata, chosen } = choose(candidates, { count: 8, capPerRegion: 2 });
    expect(strata.map(({ key, share, chosen: count }) => [key, share, count])).toEqual([
      ['anak', 5, 2],
      ['disabilitas', 3, 6],
    ]);
    expect(chosen).toHaveLength(8);
  });

  test('places that nobody may take stay open and are counted, and reserves say that their region was full', () => {
    const candidates = oneStratum({}, {}, {}, {});
    const { chosen, reserves, unfilled } = choose(candidates, { count: 3, capPerRegion: 2 });
    expect([chosen.length, unfilled]).toEqual([2, 1]);
    expect(reserves.map(({ fullCap }) => fullCap)).toEqual(['region', 'region']);
  });
});

describe('order within a stratum', () => {
  test('never attended comes before long ago, and long ago before lately', () => {
    const candidates = oneStratum(
      { lastAttendedOn: '2025-05-01' },
      { lastAttendedOn: '2019-05-01' },
      { lastAttendedOn: null },
    );
    const { chosen } = choose(candidates, { count: 3 });
    expect(idsOf(chosen)).toEqual([3, 2, 1]);
  });

  test('an accreditation that is missing, has ended or ends within twelve months is a need', () => {
    const candidates = oneStratum(
      { accreditedUntil: '2027-03-03' },
      { accreditedUntil: '2027-03-02' },
      { accreditedUntil: '2025-01-01' },
      { grade: null, accreditedUntil: null },
      // An accreditation whose end nobody wrote down is taken as good.
      { accreditedUntil: null },
    );
    const { chosen, reserves } = choose(candidates, { count: 3 });
    expect(idsOf(chosen).sort()).toEqual([2, 3, 4]);
    expect(idsOf(reserves).sort()).toEqual([1, 5]);
  });

  test('not yet registered comes before registered', () => {
    const { chosen } = choose(oneStratum({}, { isRegistered: false }), { count: 1 });
    expect(idsOf(chosen)).toEqual([2]);
  });

  test('who stayed away twice comes after all others, once is forgiven', () => {
    const candidates = oneStratum({ noShows: 2 }, { lastAttendedOn: '2025-12-01' }, { noShows: 1 });
    const { chosen } = choose(candidates, { count: 3 });
    expect(idsOf(chosen)).toEqual([3, 2, 1]);
  });

  test('criteria count in the order that the office gives, and one that is off does not count', () => {
    const candidates = oneStratum({ lastAttendedOn: '2025-01-01', grade: null }, { lastAttendedOn: null });
    const first = (order: Criterion[]) => idsOf(choose(candidates, { count: 1, criteria: order }).chosen);
    expect(first(['accreditation', 'never_attended'])).toEqual([1]);
    expect(first(['never_attended', 'accreditation'])).toEqual([2]);
    expect(first(['accreditation'])).toEqual([1]);
  });

  test('ties go by a draw that anybody can compute again from seed and number', () => {
    const { chosen } = choose(oneStratum({}, {}, {}, {}, {}), { count: 5, seed: 'rapat 2 Maret' });
    const drawn = [1, 2, 3, 4, 5]
      .map((id) => [createHash('sha256').update(`rapat 2 Maret:${id}`).digest('hex'), id] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    expect(idsOf(chosen)).toEqual(drawn.map(([, id]) => id));
    expect(chosen[0]?.draw).toBe(drawn[0]?.[0]);
  });

  test('where only the draw parts chosen and reserves, both say so; where need does, nobody does', () => {
    const drawn = choose(oneStratum({}, {}, {}), { count: 1 });
    expect([...drawn.chosen, ...drawn.reserves].map(({ byDraw }) => byDraw)).toEqual([true, true, true]);
    const needed = choose(oneStratum({}, { grade: null }), { count: 1 });
    expect([...needed.chosen, ...needed.reserves].map(({ byDraw }) => byDraw)).toEqual([false, false]);
  });
});

describe('who must be invited', () => {
  test('has a place whatever the need, first in its stratum, and its stratum has room for it', () => {
    const { chosen, strata } = choose(kalselCandidates(), { mustInvite: new Set([133, 134, 135]) });
    expect(chosen.filter(({ isMust }) => isMust).map(({ candidate, rank }) => [candidate.id, rank])).toEqual(
      expect.arrayContaining([expect.arrayContaining([133]), expect.arrayContaining([134])]),
    );
    expect(strata.find(({ key }) => key === 'napza')).toMatchObject({ chosen: 3, must: 3 });
    expect(chosen).toHaveLength(30);
  });

  test('more than the count, a stratum or a cap allows is refused with the numbers', () => {
    const all = new Set(Array.from({ length: 31 }, (_, at) => at + 1));
    expect(() => choose(kalselCandidates(), { mustInvite: all })).toThrow(TooManyMusts);
    const three = new Set([133, 134, 135]);
    expect(() => choose(kalselCandidates(), { mustInvite: three, maximum: 2 })).toThrow(
      '3 must be invited, 2 may be (stratum napza)',
    );
    expect(() => choose(oneStratum({}, {}, {}), { mustInvite: new Set([1, 2]), capPerRegion: 1 })).toThrow(
      '2 must be invited, 1 may be (region 63.71)',
    );
  });
});

const dates = fc.constantFrom(null, '2019-04-01', '2022-08-23', '2025-08-23');
const candidateArb = fc.record({
  lastAttendedOn: dates,
  grade: fc.constantFrom(null, 'A', 'C'),
  accreditedUntil: fc.constantFrom(null, '2025-01-01', '2026-09-01', '2029-01-01'),
  isRegistered: fc.boolean(),
  noShows: fc.nat(3),
  regionKey: fc.constantFrom('63.01', '63.02', '63.03', '63.71'),
  serviceKey: fc.constantFrom('anak', 'disabilitas', 'napza'),
});

test('always: as many as there are places for, bounds and caps kept, nobody passed over by one in less need', () => {
  fc.assert(
    fc.property(
      fc.array(candidateArb, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 3, max: 30 }),
      fc.constantFrom('none' as const, 'service' as const, 'region' as const),
      fc.constantFrom(null, 1, 2, 5),
      fc.shuffledSubarray([...criteria]),
      fc.string(),
      (drawn, count, dimension, cap, order, seed) => {
        const candidates = drawn.map((one, at) => ({ id: at + 1, ...one }));
        const given: SelectionRules = {
          ...rules,
          ...{ count, dimension, seed, criteria: order, minimum: 0 },
          capPerRegion: dimension === 'region' ? null : cap,
        };
        const result = select(candidates, given);
        expect(result.chosen.length + result.reserves.length).toBe(candidates.length);
        expect(result.chosen.length + result.unfilled).toBe(Math.min(count, candidates.length));
        const used = Map.groupBy(result.chosen, ({ candidate }) => candidate.regionKey);
        if (given.capPerRegion !== null)
          for (const list of used.values()) expect(list.length).toBeLessThanOrEqual(given.capPerRegion);
        else expect(result.unfilled).toBe(0);
        for (const reserve of result.reserves) {
          const passed = result.chosen.filter(
            ({ stratum, rank }) => stratum === reserve.stratum && rank > reserve.rank,
          );
          // Somebody further down was chosen only where this one's region was full.
          if (passed.length > 0) expect(reserve.fullCap).toBe('region');
        }
        // The order in which the registry gives them changes nothing.
        const again = select(candidates.toReversed(), given);
        expect(idsOf(again.chosen)).toEqual(idsOf(result.chosen));
      },
    ),
    { numRuns: 1000 },
  );
});

describe('caps that bind', () => {
  const at = (serviceKey: string, regionKey: string) => ({ serviceKey, regionKey });
  const numbered = (...places: { serviceKey: string; regionKey: string }[]): Candidate[] =>
    places.map((place, index) => ({ ...need, id: index + 1, ...place }));
  const candidates = numbered(
    at('napza', 'X'),
    at('napza', 'Y'),
    at('anak', 'X'),
    at('anak', 'X'),
    at('anak', 'X'),
  );

  test('a stratum that can have nobody leaves its place to one that can', () => {
    const { chosen, strata, unfilled } = choose(candidates, {
      ...{ count: 2, minimum: 0, capPerRegion: 1, mustInvite: new Set([1]) },
    });
    expect([idsOf(chosen), unfilled]).toEqual([[1, 2], 0]);
    expect(Object.fromEntries(strata.map(({ key, chosen: count }) => [key, count]))).toEqual({
      anak: 0,
      napza: 2,
    });
  });

  test('the region that a stratum needs for its minimum is left to it', () => {
    const { chosen, reserves } = choose(candidates, { count: 2, minimum: 1, capPerRegion: 1 });
    expect(chosen.map(({ stratum }) => stratum).sort()).toEqual(['anak', 'napza']);
    expect(idsOf(chosen)).toContain(2);
    expect(reserves.find(({ candidate }) => candidate.id === 1)?.fullCap).toBe('region');
  });
});

/** Every set that the rules allow: the most it can hold, and whether one gives every stratum its minimum. */
function byTryingAll(candidates: Candidate[], given: SelectionRules) {
  const { dimension, count, minimum, maximum, capPerRegion, capPerType, mustInvite } = given;
  const stratum = (one: Candidate) =>
    dimension === 'none' ? 'umum' : dimension === 'service' ? one.serviceKey : one.regionKey;
  const counts = (list: Candidate[], key: (one: Candidate) => string) =>
    new Map([...Map.groupBy(list, key)].map(([name, some]) => [name, some.length]));
  const sizes = counts(candidates, stratum);
  let [most, meetsMinima] = [0, false];
  for (let set = 0; set < 2 ** candidates.length; set += 1) {
    const chosen = candidates.filter((_, place) => (set >> place) % 2 === 1);
    const within = (key: (one: Candidate) => string, bound: number | null) =>
      bound === null || [...counts(chosen, key).values()].every((number) => number <= bound);
    if (chosen.length > count || [...mustInvite].some((id) => !chosen.some((one) => one.id === id))) continue;
    if (!within(({ regionKey }) => regionKey, capPerRegion)) continue;
    if (!within(({ serviceKey }) => serviceKey, capPerType) || !within(stratum, maximum)) continue;
    most = Math.max(most, chosen.length);
    const got = counts(chosen, stratum);
    meetsMinima ||= [...sizes].every(
      ([key, size]) => (got.get(key) ?? 0) >= Math.min(minimum, size, maximum ?? size),
    );
  }
  return { most, meetsMinima };
}

test('always: no place stays empty that any choice could fill, and minima are met where any choice meets them', () => {
  const smallArb = fc.record({
    regionKey: fc.constantFrom('63.01', '63.02', '63.03'),
    serviceKey: fc.constantFrom('anak', 'disabilitas', 'napza'),
    grade: fc.constantFrom(null, 'A'),
  });
  const capArb = fc.constantFrom(null, 1, 2, 3);
  fc.assert(
    fc.property(
      fc.array(smallArb, { minLength: 1, maxLength: 9 }),
      fc.record({ count: fc.integer({ min: 1, max: 9 }), minimum: fc.nat(2), maximum: capArb }),
      fc.constantFrom('none' as const, 'service' as const, 'region' as const),
      fc.record({ capPerRegion: capArb, capPerType: capArb }),
      fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 2 }),
      (drawn, numbers, dimension, caps, musts) => {
        const candidates = drawn.map((one, at) => ({ ...need, id: at + 1, ...one }));
        const given: SelectionRules = {
          ...{ ...rules, ...numbers, dimension },
          capPerRegion: dimension === 'region' ? null : caps.capPerRegion,
          capPerType: dimension === 'service' ? null : caps.capPerType,
          mustInvite: new Set(musts.filter((id) => id <= candidates.length)),
        };
        let result;
        try {
          result = select(candidates, given);
        } catch (error) {
          if (error instanceof InfeasibleMinimum || error instanceof TooManyMusts) return fc.pre(false);
          throw error;
        }
        const { most, meetsMinima } = byTryingAll(candidates, given);
        expect(result.chosen).toHaveLength(most);
        const below = result.strata.filter(
          ({ minimum, chosen }) => chosen < Math.min(minimum, given.maximum ?? 9),
        );
        expect(below.length === 0).toBe(meetsMinima);
        const places = (key: 'regionKey' | 'serviceKey') =>
          [...Map.groupBy(result.chosen, ({ candidate }) => candidate[key]).values()].map(
            ({ length }) => length,
          );
        expect(Math.max(0, ...places('regionKey'))).toBeLessThanOrEqual(given.capPerRegion ?? 9);
        expect(Math.max(0, ...places('serviceKey'))).toBeLessThanOrEqual(given.capPerType ?? 9);
        for (const reserve of result.reserves)
          if (result.chosen.some(({ stratum, rank }) => stratum === reserve.stratum && rank > reserve.rank))
            expect(reserve.fullCap).not.toBeNull();
      },
    ),
    { numRuns: 3000 },
  );
});
