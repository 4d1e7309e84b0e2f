/** A stratum of the population: its key, how many institutions it holds, and its place in the seeded draw. */
export interface Stratum {
  key: string;
  size: number;
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

/**
 * Shares seats over strata: largest remainder (Hamilton) with a floor, as rules.md 18 says. Strata whose
 * proportional share lies below the minimum are fixed there, the rest is shared among the others, until nothing
 * changes; a stratum never gets more than its size. Ties go to the larger stratum, then to the draw.
 * @returns seats by key; together min(seats, sum of sizes)
 * @throws InfeasibleMinimum with the numbers
 */
export function apportion(strata: readonly Stratum[], rule: ApportionmentRule): Map<string, number> {
  const result = new Map(strata.map(({ key }) => [key, 0]));
  const draw = rule.draw ?? ((key: string) => strata.findIndex((s) => s.key === key));
  const filled = strata.filter(({ size }) => size > 0);
  const floorOf = ({ size }: Stratum) => Math.min(rule.minimum, size);
  const needed = filled.reduce((sum, stratum) => sum + floorOf(stratum), 0);
  if (needed > rule.seats) throw new InfeasibleMinimum(needed, rule.seats);

  let seats = Math.min(
    rule.seats,
    filled.reduce((sum, { size }) => sum + size, 0),
  );
  let sharing = filled;
  for (;;) {
    const population = sharing.reduce((sum, { size }) => sum + size, 0);
    const below = sharing.filter((s) => (seats * s.size) / population < floorOf(s));
    if (below.length === 0) break;
    for (const stratum of below) {
      result.set(stratum.key, floorOf(stratum));
      seats -= floorOf(stratum);
    }
    sharing = sharing.filter((stratum) => !below.includes(stratum));
  }
  for (const [key, share] of hamilton(sharing, seats, draw)) result.set(key, share);
  return result;
}

/** Since seats never outnumber the population here, no share can pass its stratum's size. */
function hamilton(
  strata: readonly Stratum[],
  seats: number,
  draw: (key: string) => number,
): Map<string, number> {
  const population = strata.reduce((sum, { size }) => sum + size, 0);
  if (population === 0) return new Map();
  // Whole numbers throughout: remainders of seats × size by the population compare exactly.
  const shares = strata.map((stratum) => ({
    ...stratum,
    share: Math.floor((seats * stratum.size) / population),
    remainder: (seats * stratum.size) % population,
  }));
  let left = seats - shares.reduce((sum, { share }) => sum + share, 0);
  shares.sort((a, b) => b.remainder - a.remainder || b.size - a.size || draw(a.key) - draw(b.key));
  for (const entry of shares) {
    if (left === 0) break;
    entry.share += 1;
    left -= 1;
  }
  return new Map(shares.map(({ key, share }) => [key, share]));
}
