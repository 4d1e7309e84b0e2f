import { compareCheckIns, makeDays } from './day/check-ins.js';
import { rushOfDownloads } from './day/downloads.js';
import type { BenchPart } from './harness.js';
import { inBenchHouse } from './house.js';

/** What happens on the day itself, all of it in one house: filling a database takes longer than measuring in it. */
export const day: BenchPart = {
  name: 'day',
  measure: () =>
    inBenchHouse(makeDays, async (house, days) => [
      // First, as before: in a house and a bench that have done nothing else yet.
      ...(await rushOfDownloads(house, days.ours)),
      ...(await compareCheckIns(house, days)),
    ]),
};
