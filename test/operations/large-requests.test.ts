import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { openHouse, type House } from '../concurrency/house.js';
import { makeScene } from '../factories/scenes.js';
import { Visitor } from '../support/visitor.js';

// Real processes on a machine that others use too.
jest.setTimeout(120_000);

let house: House;
let organizer: Visitor;
beforeAll(async () => {
  house = await openHouse();
  organizer = await new Visitor(house.urls[0]).signIn(house.email);
});
afterAll(() => house.close());

/** Megabytes that the first process has in memory, and had at most (Linux). */
async function memory(): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${house.pids[0]}/status`, 'utf8');
  const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

const hasProc = existsSync('/proc/self/status');
if (!hasProc) process.stdout.write('Not measured: the memory of a large upload, for want of /proc\n');

test('a file of 50 MB is refused with a page that says so, in little memory, and nothing of it stays', async () => {
  const content = Buffer.alloc(50_000_000, 'Panti;Banjarmasin\n');
  await organizer.get('/institutions/import');
  const before = hasProc ? await memory() : undefined;
  const reply = await organizer.upload('/institutions/import', { field: 'file', content, name: 'besar.csv' });
  // The form comes back with the message at its field.
  expect(reply.status).toBe(422);
  expect(reply.text).toContain('Berkas ini terlalu besar, paling besar 10 MB.');
  const after = hasProc ? await memory() : undefined;
  expect(Math.max(0, (after?.peak ?? 0) - (before?.now ?? 0))).toBeLessThan(120);
  expect(await readdir(house.app.settings.UPLOADS_DIR, { recursive: true })).toEqual([]);
  expect(await house.app.db.query('SELECT 1 FROM import_batch')).toEqual([]);
  expect((await organizer.get('/institutions')).status).toBe(200);
});

const fields = (name: (n: number) => string) =>
  Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [name(n), 'x']));

test('a form with 10,000 fields that nobody asked for is read past, and changes only what it says', async () => {
  const { eventId, invitations } = await makeScene(house, { quota: { seats: 2 }, institutions: [{}] });
  const page = `/events/${eventId}/quota`;
  const strange = await organizer.post(page, { ...fields((n) => `f${n}`), seats: '' }, page);
  const rows = await organizer.post(page, { ...fields((n) => `strata[${n}][key]`), seats: '5' }, page);
  const path = `/u/${house.app.deps.links.token('invitation', invitations[0] ?? 0, 1)}`;
  const answered = await new Visitor(house.urls[0]).post(
    `${path}/answer`,
    { ...fields((n) => `f[${n}]`), answer: 'accept', seats: '1' },
    path,
  );
  expect([strange.status, rows.status, answered.status]).toEqual([422, 422, 303]);
  const seats = await house.app.db.query('SELECT seats FROM event_quota WHERE event_id = $1', [eventId]);
  expect(seats).toEqual([{ seats: 2 }]);
});

test('a form with more fields than any page has is refused as a whole', async () => {
  const page = '/account';
  const many = Object.fromEntries(Array.from({ length: 20_001 }, (_, n) => [`f${n}`, 'x']));
  expect((await organizer.post(page, many, page)).status).toBe(413);
});

test('an upload with 10,000 fields beside its file is refused', async () => {
  const content = Buffer.from('Nama LKS;Kab/Kota\nPanti A;Banjarmasin\n');
  const file = { field: 'file', content, name: 'daftar.csv' };
  const reply = await organizer.upload(
    '/institutions/import',
    file,
    fields((n) => `f${n}`),
  );
  expect(reply.status).toBe(400);
  expect(await house.app.db.query('SELECT 1 FROM import_batch')).toEqual([]);
});
