import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeHost, type Host } from '../factories/scenes.js';
import type { Run } from '../operations/processes.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { addressOf, startProcess } from './house.js';

let app: TestApp;
let host: Host;
let runs: [Run, Run];
let visitors: [Visitor, Visitor];
beforeAll(async () => {
  app = await startTestApp();
  app.clock.set(new Date().toISOString());
  host = await makeHost(app.deps);
  runs = [startProcess(app, { clockSeconds: 1 }), startProcess(app, { clockSeconds: 1 })];
  const urls = [await addressOf(runs[0]), await addressOf(runs[1])] as const;
  visitors = [await new Visitor(urls[0]).signIn(host.email), await new Visitor(urls[1]).signIn(host.email)];
}, 60_000);
afterAll(async () => {
  for (const run of runs) run.child.kill('SIGKILL');
  await Promise.all(runs.map((run) => run.ended));
  await app.close();
});

/** Uploads a list of so many LKS; the address of its preview. */
async function upload(name: string, count: number): Promise<string> {
  const lines = Array.from({ length: count }, (_, at) => `${name} ${at};Tapin`);
  const content = Buffer.from(['Nama LKS;Kab/Kota', ...lines].join('\n'));
  const file = { field: 'file', content, name: 'daftar.csv' };
  return String((await visitors[0].upload('/institutions/import', file)).headers.location);
}

const stored = async (name: string) =>
  ((await app.db.query('SELECT 1 FROM institution WHERE name LIKE $1', [`${name} %`])) as unknown[]).length;
const entries = async () =>
  (
    (await app.db.query(
      `SELECT 1 FROM audit_entry WHERE action = 'institutions.imported' AND office_id = $1`,
      [host.office.id],
    )) as unknown[]
  ).length;

async function until(what: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    if (await what()) return;
    await delay(100);
  }
  throw new Error('it did not happen within twenty seconds');
}

const isDone = (path: string) => async () =>
  (await visitors[1].get(path)).text.includes('<h1>Impor selesai</h1>');

test('an import that is confirmed in two processes at once is carried out once', async () => {
  const path = await upload('Bersama', 300);
  const sends = await Promise.all(visitors.map((visitor) => visitor.prepare(`${path}/application`)));
  const replies = await Promise.all(sends.map((send) => send()));
  expect(replies.map(({ status }) => status)).toEqual([303, 303]);
  await until(isDone(path));
  expect([await stored('Bersama'), await entries()]).toEqual([300, 1]);
}, 60_000);

test('after kill -9 midway nothing is half imported, and the other process begins anew', async () => {
  const path = await upload('Terputus', 300);
  const before = await entries();
  // Everything is written, and the entries of the log cannot be: there the process waits to be killed.
  const blocker = app.db.createQueryRunner();
  await blocker.startTransaction();
  await blocker.query('LOCK TABLE audit_entry IN SHARE MODE');
  expect((await visitors[0].post(`${path}/application`)).status).toBe(303);
  const page = await visitors[1].get(path);
  expect(page.text).toMatch(/Langkah 1[0-9] dari 13/);
  expect(page.text).toContain('<noscript><meta http-equiv="refresh"');
  runs[0].child.kill('SIGKILL');
  await runs[0].ended;
  await blocker.rollbackTransaction();
  await blocker.release();
  // The lease still runs: nobody takes it up, and nothing of it is there.
  await delay(2_500);
  expect(await stored('Terputus')).toBe(0);
  const [run] = (await app.db.query(
    `UPDATE import_run SET lease_until = now() WHERE lease_until > now() RETURNING attempts`,
  )) as [{ attempts: number }[], number];
  expect(run).toEqual([{ attempts: 1 }]);
  await until(isDone(path));
  expect([await stored('Terputus'), await entries()]).toEqual([300, before + 1]);
}, 60_000);
