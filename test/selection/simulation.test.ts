import { expect, test } from '@jest/globals';
import { compareMethods } from '../../src/features/selection/compare.js';
import { simulate } from '../../src/features/selection/simulation.js';
import { kalselCandidates, rules } from './support.js';

const playWith = (declineRate: number, seed = rules.seed) =>
  Object.fromEntries(
    simulate(kalselCandidates(), { ...rules, seed }, { years: 5, declineRate }).map(
      ({ method, unreached }) => [method, unreached],
    ),
  );

test('fair selection without declines reaches all 135 in five events of 30', () => {
  const { fair } = playWith(0);
  // After three years all three of two small strata were there: in the fourth their two places reach nobody new.
  expect(fair).toEqual([105, 75, 45, 17, 0]);
});

test.each([0, 0.15, 0.3])(
  'at %d declines, fair selection leaves the fewest unreached, and first come the most',
  (rate) => {
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      const { fair = [], random = [], first_come: first = [] } = playWith(rate, seed);
      expect(fair[4]).toBeLessThan(random[4] ?? 0);
      expect(random[4]).toBeLessThan(first[4] ?? 0);
      // Year after year nobody becomes unreached again.
      for (const line of [fair, random, first]) expect(line).toEqual([...line].sort((a, b) => b - a));
    }
  },
);

test('with declines a handful at most is left after five years', () => {
  expect(playWith(0.15).fair?.[4]).toBeLessThanOrEqual(5);
});

test('the same seed gives the same years, another one others', () => {
  expect(playWith(0.15)).toEqual(playWith(0.15));
  expect(playWith(0.15)).not.toEqual(playWith(0.15, 'lain'));
});

test('beside first come and all, the selection reaches every stratum and nobody twice', () => {
  const candidates = kalselCandidates().map((one) =>
    one.id <= 30 ? { ...one, lastAttendedOn: '2025-08-23', acceptedBefore: 1 } : one,
  );
  const [fair, first, all] = compareMethods(candidates, rules);
  expect([fair?.chosen, fair?.neverAttended, fair?.strata.size]).toEqual([30, 30, 4]);
  // Who accepted before answers first again: the same thirty as last time.
  expect([first?.chosen, first?.neverAttended, first?.strata.size]).toEqual([30, 0, 1]);
  expect([all?.chosen, all?.neverAttended]).toEqual([135, 105]);
});
