import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import pino from 'pino';
import { Jobs } from '../../src/jobs/jobs.js';
import { connectTo, createTestDatabase, type TestDatabase } from '../support/database.js';

const open: Jobs[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((jobs) => jobs.stop()));
});

async function schemas(database: TestDatabase): Promise<string[]> {
  const db = await connectTo(database, 1);
  const rows = (await db.query(
    `SELECT nspname AS name FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%'`,
  )) as {
    name: string;
  }[];
  await db.destroy();
  return rows.map(({ name }) => name);
}

function make(database: TestDatabase, lines: string[] = []): Jobs {
  const jobs = new Jobs(database.url, pino({}, { write: (line) => void lines.push(line) }));
  open.push(jobs);
  return jobs;
}

const until = async (holds: () => boolean) => {
  while (!holds()) await delay(10);
};

test('before it is started the queue creates nothing, and waking does nothing', async () => {
  const database = await createTestDatabase();
  make(database).wake('work');
  await delay(50);
  expect(await schemas(database)).not.toContain('pgboss');
});

test('a process that only serves pages wakes one that works, and does nothing itself', async () => {
  const database = await createTestDatabase();
  const [worker, web] = [make(database), make(database)];
  let [done, wrong] = [0, 0];
  await worker.start([{ name: 'work', run: async () => void (done += 1) }], true);
  await web.start([{ name: 'work', run: async () => void (wrong += 1) }], false);
  expect(await schemas(database)).toContain('pgboss');
  // Once at the start: something may have waited.
  await until(() => done === 1);
  web.wake('work');
  await until(() => done === 2);
  expect(wrong).toBe(0);
});

test('stopping tells the work under way, and waits for it', async () => {
  const database = await createTestDatabase();
  const jobs = make(database);
  const said: string[] = [];
  await jobs.start(
    [
      {
        name: 'work',
        async run(signal) {
          said.push('begun');
          while (!signal.aborted) await delay(5);
          await delay(50);
          said.push('ended');
        },
      },
    ],
    true,
  );
  await until(() => said.length === 1);
  await jobs.stop();
  expect(said).toEqual(['begun', 'ended']);
});

test('work that fails is logged without values, and is done again when it is woken', async () => {
  const database = await createTestDatabase();
  const lines: string[] = [];
  const jobs = make(database, lines);
  let times = 0;
  const failing = async () => {
    times += 1;
    throw Object.assign(new Error('broken'), { detail: 'Key (email)=(a@b.c) exists' });
  };
  await jobs.start([{ name: 'work', run: failing }], true);
  await until(() => times === 1);
  await delay(50);
  jobs.wake('work');
  await until(() => times === 2);
  expect(lines.join()).toContain('"job":"work"');
  expect(lines.join()).not.toContain('a@b.c');
});

test('many who cannot wait wake a job once, within a second or two, and not at all where that is of no use', async () => {
  const jobs = make(await createTestDatabase());
  let runs = 0;
  await jobs.start([{ name: 'work', run: () => Promise.resolve((runs += 1)) }], true);
  // Starting wakes it, too.
  await until(() => runs === 1);
  jobs.wakeSoon('work', () => Promise.resolve(false));
  await delay(1500);
  expect(runs).toBe(1);
  const asked: number[] = [];
  for (let n = 0; n < 50; n += 1) jobs.wakeSoon('work', () => Promise.resolve((asked.push(n), true)));
  await until(() => runs > 1);
  await delay(500);
  expect([runs, asked]).toEqual([2, [0]]);
});
