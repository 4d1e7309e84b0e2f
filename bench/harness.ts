/** One figure; `goal` says what it must be, `undefined` where it only informs. */
export interface Measurement {
  name: string;
  value: number;
  unit: string;
  goal?: { atMost: number } | { atLeast: number };
}

export interface BenchGiven {
  /** `--long`: what takes minutes is done in full, too. */
  long: boolean;
}

/** A part of `npm run bench`, one file each. Alone it takes less than 50 seconds, unless `long` is wanted. */
export interface BenchPart {
  name: string;
  measure(given: BenchGiven): Promise<Measurement[]>;
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[middle - 1] ?? 0, sorted[middle] ?? 0];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

/**
 * Runs the works in turn, several rounds: what slows the machine for a while slows all of them alike, so that
 * their ratios hold.
 * @returns the median of each, in the order given
 */
export async function interleaved(rounds: number, works: (() => Promise<number>)[]): Promise<number[]> {
  const results = works.map(() => [] as number[]);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, work] of works.entries()) results[index]?.push(await work());
  return results.map(median);
}

export function meetsGoal({ value, goal }: Measurement): boolean {
  if (!goal) return true;
  return 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
}
