import { checkIns } from './day/check-ins.js';
import { downloads } from './day/downloads.js';
import type { BenchPart } from './harness.js';

/** What happens on the day itself; a further measurement is a file below and a name in this list. */
const parts = [checkIns, downloads];

export const day: BenchPart = {
  name: 'day',
  async measure() {
    const results = [];
    for (const measure of parts) results.push(...(await measure()));
    return results;
  },
};
