import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Office } from '../../src/features/offices/office.entity.js';
import { projectRoot } from '../../src/paths.js';
import { inAMonth } from '../factories/events.js';
import { makeMailScene, setMailServer } from '../factories/mails.js';
import { makeOffice } from '../factories/people.js';
import { startProgram, type Run } from '../operations/processes.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openSink, type Sink } from '../support/smtp.js';

const [mailCount, connections] = [1000, 5];

let app: TestApp;
let office: Office;
let sink: Sink;
let runs: Run[] = [];
beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
  // Wakes the processes, as one that only serves pages does.
  await app.deps.jobs.start([{ name: 'mail', run: () => Promise.resolve() }], false);
});
afterAll(async () => {
  await app.deps.jobs.stop();
  await app.close();
});
beforeEach(async () => {
  sink = await openSink();
  await app.db.query('DELETE FROM message');
  await setMailServer(app.deps, sink.port, { connections });
});
afterEach(async () => {
  for (const run of runs) run.child.kill('SIGKILL');
  await Promise.all(runs.map((run) => run.ended));
  runs = [];
  await sink.close();
});

/** A process of the built program that does the jobs. @param without what it leaves out, as `leave-out-locks` names it */
function startWorker(without = ''): Run {
  const preload = join(projectRoot, 'test/concurrency/leave-out-locks.ts');
  const run = startProgram('src/main.js', [], {
    env: {
      ...app.settings,
      BASE_URL: 'https://rembuk.example',
      ROLE: 'worker',
      CLOCK_SECONDS: '3600',
      LEAVE_OUT_LOCKS: without,
      NODE_NO_WARNINGS: '1',
    },
    nodeArgs: without ? ['--import', preload] : [],
  });
  runs.push(run);
  return run;
}

async function left(): Promise<number> {
  const [{ count }] = (await app.db.query(
    `SELECT count(*)::int AS count FROM message WHERE state IN ('queued', 'sending')`,
  )) as [{ count: number }];
  return count;
}

async function untilAllHaveLeft(): Promise<void> {
  while ((await left()) > 0) await delay(50);
}

/** How often each address got its mail beyond once, and the Message-IDs under which it came. */
function doubles(): { count: number; ids: string[][] } {
  const byAddress = Map.groupBy(sink.received, ({ to }) => to);
  const twice = [...byAddress.values()].filter((mails) => mails.length > 1);
  return {
    count: twice.reduce((sum, mails) => sum + mails.length - 1, 0),
    ids: twice.map((mails) => [...new Set(mails.map(({ messageId }) => messageId))]),
  };
}

const arrived = () => new Set(sink.received.map(({ to }) => to)).size;

/** Both have started before there is anything to send, and are woken at once. */
async function sendByTwo(without = ''): Promise<void> {
  sink.slowness = 4;
  const workers = [startWorker(without), startWorker(without)];
  await Promise.all(workers.map((worker) => worker.says('Rembuk: worker')));
  await makeMailScene(app.db, office, mailCount, inAMonth());
  // The first is at work when the second is woken: of jobs that wait there is never more than one.
  for (const _ of workers) {
    app.deps.jobs.wake('mail');
    await delay(300);
  }
  await untilAllHaveLeft();
}

/** One is killed in the middle of its work, and two others go on. @param without what the killed one leaves out */
async function killInTheMiddle(without = ''): Promise<void> {
  sink.slowness = 4;
  await makeMailScene(app.db, office, mailCount, inAMonth());
  const killed = startWorker(without);
  while (sink.received.length < mailCount / 3) await delay(5);
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(sink.received.length).toBeLessThan(mailCount);
  sink.slowness = 0;
  // The lease of what it had in its hands passes.
  await app.db.query(`UPDATE message SET claimed_until = now() WHERE state = 'sending'`);
  startWorker();
  startWorker();
  await untilAllHaveLeft();
}

describe('1,000 mails', () => {
  test('survive a kill -9 in their middle: none is lost, and no more come twice than connections were open', async () => {
    await killInTheMiddle();
    expect(arrived()).toBe(mailCount);
    const { count, ids } = doubles();
    expect(count).toBeLessThanOrEqual(connections);
    expect(ids.filter((some) => some.length > 1)).toEqual([]);
  }, 120_000);

  test('come twice in numbers after a kill where it is not written down at once that one has left', async () => {
    await killInTheMiddle('message.sent');
    expect(arrived()).toBe(mailCount);
    expect(doubles().count).toBeGreaterThan(connections);
  }, 120_000);

  test('are sent once each by two processes at the same time', async () => {
    await sendByTwo();
    expect([arrived(), doubles().count]).toEqual([mailCount, 0]);
    // Both had a hand in it.
    expect(sink.peak()).toBeGreaterThan(connections);
  }, 120_000);

  test('come twice where a claim neither locks nor is respected', async () => {
    await sendByTwo('message,message.lease');
    expect(arrived()).toBe(mailCount);
    expect(doubles().count).toBeGreaterThan(connections);
  }, 120_000);
});
