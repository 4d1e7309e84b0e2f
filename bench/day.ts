import { downloads } from './day/downloads.js';
import type { BenchPart, Measurement } from './harness.js';

/** What is measured of the day itself; a new one is a file in `day/` and a name in this list. */
const parts: (() => Promise<Measurement[]>)[] = [downloads];

export const day: BenchPart = {
  name: 'day',
  async measure() {
    const results: Measurement[] = [];
    for (const measure of parts) results.push(...(await measure()));
    return results;
  },
};
