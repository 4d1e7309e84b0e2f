import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import pino from 'pino';
import { startClockWork, type Job } from '../../src/clock-work.js';
import type { Deps } from '../../src/deps.js';

function depsWith(lines: string[] = []): Deps {
  const log = pino({}, { write: (line) => void lines.push(line) });
  return { config: { clockMs: 5 }, log } as unknown as Deps;
}

test('a job that takes longer than the clock is not overtaken by itself', async () => {
  let [running, most, rounds] = [0, 0, 0];
  const slow: Job = {
    name: 'slow',
    async run() {
      most = Math.max(most, (running += 1));
      await delay(20);
      running -= 1;
      rounds += 1;
    },
  };
  const stop = startClockWork(depsWith(), [slow]);
  while (rounds < 3) await delay(5);
  await stop();
  expect(most).toBe(1);
  const then = rounds;
  await delay(50);
  expect(rounds).toBe(then);
});

test('a job that fails is logged without values, and the others go on', async () => {
  const lines: string[] = [];
  let others = 0;
  const failing: Job = {
    name: 'failing',
    run: () => Promise.reject(Object.assign(new Error('broken'), { detail: 'Key (phone)=(+6281) exists' })),
  };
  const stop = startClockWork(depsWith(lines), [
    failing,
    { name: 'other', run: async () => void (others += 1) },
  ]);
  while (others < 2) await delay(5);
  await stop();
  expect(lines.join()).toContain('"job":"failing"');
  expect(lines.join()).not.toContain('+6281');
});

test('stopping waits for the job that runs', async () => {
  let done = false;
  const slow: Job = { name: 'slow', run: () => delay(30).then(() => (done = true)) };
  const stop = startClockWork(depsWith(), [slow]);
  await stop();
  expect(done).toBe(true);
});
