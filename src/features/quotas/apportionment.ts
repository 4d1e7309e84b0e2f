/** A stratum of the population: its key, how many institutions it holds, and bounds of its own. */
export interface Stratum {
  key: string;
  size: number;
  /** Seats that this stratum gets at least, beside the rule's minimum: institutions that must be invited. */
  least?: number;
  /** Seats that this stratum gets at most; its size without it. */
  most?: number;
}

export interface ApportionmentRule {
  /** Seats to share out, a whole number. */
  seats: number;
  /** Seats that every non-empty stratum gets at least (as far as its size allows). */
  minimum: number;
  /** Decides the last ties; by default the order in which the strata are given. */
  draw?: (key: string) => number;
}

/** The minima together need more seats than there are. */
export class InfeasibleMinimum extends Error {
  constructor(
    readonly needed: number,
    readonly seats: number,
  ) {
    super(`minima need ${needed} seats, there are ${seats}`);
  }
}

interface Bounded {
  key: string;
  size: number;
  least: number;
  most: number;
}

const sumOf = <T>(list: readonly T[], value: (one: T) => number): number =>
  list.reduce((sum, one) => sum + value(one), 0);

function bounded({ key, size, least = 0, most = size }: Stratum, minimum: number): Bounded {
  const upper = Math.min(size, most);
  return { key, size, most: upper, least: Math.min(upper, Math.max(minimum, least)) };
}

/**
 * Shares seats over strata: largest remainder (Hamilton) with a floor, as rules.md 18 says. Strata whose
 * proportional share lies below the minimum are fixed there, the rest is shared among the others, until nothing
 * changes; a stratum never gets more than its size. Ties go to the larger stratum, then to the draw.
 *
 * Where strata have an upper bound too, those above it are fixed there. When a round has both, the side that is
 * further off is fixed first and the other judged again: the way in which lengths with a least and a most are
 * shared out elsewhere (CSS Flexible Box Layout, 9.7 "Resolving Flexible Lengths").
 * @returns seats by key; together min(seats, sum of what the strata may get at most)
 * @throws InfeasibleMinimum with the numbers
 */
export function apportion(strata: readonly Stratum[], rule: ApportionmentRule): Map<string, number> {
  const result = new Map(strata.map(({ key }) => [key, 0]));
  const draw = rule.draw ?? ((key: string) => strata.findIndex((s) => s.key === key));
  const filled = strata.filter(({ size }) => size > 0).map((stratum) => bounded(stratum, rule.minimum));
  const needed = sumOf(filled, ({ least }) => least);
  if (needed > rule.seats) throw new InfeasibleMinimum(needed, rule.seats);
  let seats = Math.min(
    rule.seats,
    sumOf(filled, ({ most }) => most),
  );
  let sharing = filled;
  for (;;) {
    const fixed = outOfBounds(sharing, seats);
    if (fixed.size === 0) break;
    for (const [key, share] of fixed) {
      result.set(key, share);
      seats -= share;
    }
    sharing = sharing.filter(({ key }) => !fixed.has(key));
  }
  for (const [key, share] of hamilton(sharing, seats, draw)) result.set(key, share);
  return result;
}

/** Strata whose proportional share passes a bound, with that bound; of both sides the one that is further off. */
function outOfBounds(strata: readonly Bounded[], seats: number): Map<string, number> {
  const population = sumOf(strata, ({ size }) => size);
  // Whole numbers throughout (seats times population), so that nothing is lost in fractions.
  const below = strata.filter(({ size, least }) => seats * size < least * population);
  const above = strata.filter(({ size, most }) => seats * size > most * population);
  const missing = sumOf(below, ({ size, least }) => least * population - seats * size);
  const excess = sumOf(above, ({ size, most }) => seats * size - most * population);
  return new Map([
    ...(missing >= excess ? below.map(({ key, least }): [string, number] => [key, least]) : []),
    ...(excess >= missing ? above.map(({ key, most }): [string, number] => [key, most]) : []),
  ]);
}

/** Within their bounds all: rounding up never passes a bound, since bounds are whole. */
function hamilton(
  strata: readonly Bounded[],
  seats: number,
  draw: (key: string) => number,
): Map<string, number> {
  const population = sumOf(strata, ({ size }) => size);
  if (population === 0) return new Map();
  // Whole numbers throughout: remainders of seats × size by the population compare exactly.
  const shares = strata.map((stratum) => ({
    ...stratum,
    share: Math.floor((seats * stratum.size) / population),
    remainder: (seats * stratum.size) % population,
  }));
  let left = seats - sumOf(shares, ({ share }) => share);
  shares.sort((a, b) => b.remainder - a.remainder || b.size - a.size || draw(a.key) - draw(b.key));
  for (const entry of shares) {
    if (left === 0) break;
    entry.share += 1;
    left -= 1;
  }
  return new Map(shares.map(({ key, share }) => [key, share]));
}

/**
 * The stratum that the apportionment would give the next seat (rules.md 11): of all, the one that lies furthest below
 * its share of one seat more; of equal ones the larger, then the first.
 * @param strata not empty, with the seats that they have now
 */
export function nextSeatTo(
  strata: readonly { key: string; size: number; seats: number }[],
): string | undefined {
  const shares = apportion(strata, { seats: sumOf(strata, ({ seats }) => seats) + 1, minimum: 0 });
  const lacking = strata.map((one) => ({ ...one, lack: (shares.get(one.key) ?? 0) - one.seats }));
  lacking.sort((a, b) => b.lack - a.lack || b.size - a.size);
  return lacking[0]?.key;
}
