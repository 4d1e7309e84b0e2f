import { median, type BenchPart } from './harness.js';
import { startOwnServer, temporaryFolder } from './server.js';

const rounds = 5;

async function measureColdStart(): Promise<number> {
  const folder = await temporaryFolder();
  try {
    const first = await startOwnServer(folder.path); // makes the database
    await first.stop();
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now();
      const server = await startOwnServer(folder.path);
      seconds.push((performance.now() - began) / 1000);
      await server.stop();
    }
    return median(seconds);
  } finally {
    await folder.remove();
  }
}

/** From the start of the process to its first answered page, on an embedded database that exists. */
export const coldStart: BenchPart = {
  name: 'cold_start',
  measure: async () => [
    { name: 'cold_start_s', value: await measureColdStart(), unit: 's', goal: { atMost: 3 } },
  ],
};
