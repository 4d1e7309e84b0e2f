import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { makeUser } from '../factories/people.js';
import { onTime, openDoor, said, type Door, type Scene } from './support.js';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.app.close());

async function makeLink(scene: Scene, label = 'Pintu utama'): Promise<{ id: number; path: string }> {
  await door.secretary.post(`${scene.list}/scan-links`, { label }, scene.list);
  const [link] = await door.rows<{ id: number }>('SELECT max(id) AS id FROM scan_link WHERE event_id = $1', [
    scene.eventId,
  ]);
  return { id: link!.id, path: `/s/${door.app.deps.links.token('scan', link!.id, 1)}` };
}

const get = (path: string) => request(door.app.app).get(path).set('Accept', 'text/html');

/** Sends the form as the helper's page holds it. */
async function send(path: string, code: string, more: Record<string, string> = {}) {
  const { text } = await get(path);
  const hidden = [...text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
    name,
    value,
  ]);
  const form = text.includes('data-code-form')
    ? Object.fromEntries(hidden.slice(-3))
    : { _csrf: door.app.deps.links.formToken(path) };
  return request(door.app.app)
    .post(`${path}/marks`)
    .set('Accept', 'text/html')
    .type('form')
    .send({ ...form, code, ...more });
}
const codeOf = (id: number) => door.app.deps.links.doorCode(id, 1);

test('a helper scans without an account, sees who was scanned and nobody else, and the log names the link', async () => {
  const scene = await door.scene();
  const { id, path } = await makeLink(scene);
  expect((await door.secretary.get(scene.list)).text).toContain(path);
  const page = await get(path);
  expect(page.status).toBe(200);
  expect(page.text).not.toMatch(/Ketua|LKSA|0812|type="search"/);
  expect(page.headers['set-cookie']).toBeUndefined();
  const reply = await send(path, codeOf(scene.delegates[0]!.id));
  expect(said(reply.text)).toMatch(/^Hadir Ketua 1 LKSA Uji \d+ · Kursi 1/);
  const [mark] = await door.rows(
    'SELECT user_id, scan_link_id, way FROM attendance_mark WHERE event_id = $1',
    [scene.eventId],
  );
  expect(mark).toEqual({ user_id: null, scan_link_id: id, way: 'code' });
  const log = await door.rows<{ action: string; way: string }>(
    `SELECT action, way FROM audit_entry WHERE detail ->> 'event' = $1 AND (action LIKE 'attendance.%' OR action LIKE 'scan_link.%')
     ORDER BY id`,
    [String(scene.eventId)],
  );
  expect(log).toEqual([
    { action: 'scan_link.created', way: 'office' },
    { action: 'attendance.in', way: 'link' },
  ]);
});

test('a helper’s link ends when it is revoked, and when the event ends; what was scanned before may still arrive', async () => {
  const scene = await door.scene();
  const { id, path } = await makeLink(scene);
  await door.secretary.post(`${scene.list}/scan-links/${id}/revocation`, {}, scene.list);
  expect((await get(path)).status).toBe(404);
  expect((await send(path, 'AAA-AAA')).status).toBe(404);

  const other = await makeLink(scene, 'Pintu dua');
  door.app.clock.set('2026-03-21T07:30:00Z');
  expect((await get(other.path)).status).toBe(404);
  const waited = { session: String(scene.sessions[1]), deviceAt: '0', sentAt: String(3 * 3_600_000) };
  const late = await send(other.path, codeOf(scene.delegates[0]!.id), waited);
  expect(said(late.text)).toContain('Masuk pukul 12.30');
  door.app.clock.set('2026-03-22T08:00:00Z');
  expect((await send(other.path, codeOf(scene.delegates[1]!.id), waited)).status).toBe(404);
  const tooLate = await door.secretary.post(`${scene.list}/scan-links`, { label: 'Lagi' }, scene.list);
  expect(tooLate.status).toBe(409);
});

test('a helper’s link opens no other event, no other session, and no other page', async () => {
  const scene = await door.scene();
  const other = await door.scene();
  const { id, path } = await makeLink(scene);
  expect(said((await send(path, codeOf(other.delegates[0]!.id))).text)).toContain('Kode tidak dikenal');
  const address = `/d/${door.app.deps.links.token('delegate', other.delegates[0]!.id, 1)}`;
  expect(said((await send(path, address)).text)).toContain('Kegiatan lain');
  await send(path, codeOf(scene.delegates[0]!.id), { session: String(other.sessions[0]) });
  const marks = await door.rows('SELECT session_id AS id FROM attendance_mark WHERE event_id = ANY($1)', [
    [scene.eventId, other.eventId],
  ]);
  expect(marks).toEqual([{ id: scene.sessions[0] }]);
  const tokens = ['invitation', 'delegate', 'owner', 'material'] as const;
  for (const purpose of tokens)
    expect((await get(`/s/${door.app.deps.links.token(purpose, id, 1)}`)).status).toBe(404);
  expect((await get(scene.list)).status).toBe(303);
});

test('codes are not guessed by a helper’s link: unknown ones are counted for the link, good ones are not', async () => {
  const scene = await door.scene();
  const { path } = await makeLink(scene);
  for (let time = 0; time < 30; time += 1) await send(path, codeOf(scene.delegates[0]!.id));
  for (let time = 0; time < 30; time += 1)
    expect((await send(path, `AAA-AA${'ABCDEF'[time % 6]}`)).status).toBe(200);
  expect((await send(path, 'AAA-AAA')).status).toBe(429);
});

test('a helper’s page needs its own form token, and says when there is no session today', async () => {
  const scene = await door.scene({ at: '2026-03-19T03:00:00Z' });
  const { path } = await makeLink(scene);
  expect((await get(path)).text).toContain('Hari ini tidak ada sesi');
  door.app.clock.set(onTime);
  const forged = await request(door.app.app)
    .post(`${path}/marks`)
    .type('form')
    .send({ code: 'AAA-AAA', _csrf: 'x' });
  expect(forged.status).toBe(403);
  expect((await get(path)).headers['content-security-policy']).toContain(
    "script-src 'self' 'wasm-unsafe-eval'",
  );
  expect((await door.secretary.get(scene.list)).headers['content-security-policy']).not.toContain('wasm');
});

test('a helper is sent to the desk for a delegate without a name; makers of links are the office’s own', async () => {
  const scene = await door.scene();
  const { path } = await makeLink(scene);
  await door.rows(`UPDATE delegate SET name = '' WHERE id = $1`, [scene.delegates[0]!.id]);
  expect(said((await send(path, codeOf(scene.delegates[0]!.id))).text)).toContain('Arahkan ke meja panitia');
  const blank = await door.secretary.post(`${scene.list}/scan-links`, { label: ' ' }, scene.list);
  expect([blank.status, blank.text.includes('Wajib diisi.')]).toEqual([422, true]);
  await makeUser(door.app.db, door.office, ['leader']);
  const leader = await door.browserOf('leader');
  expect((await leader.post(`${scene.list}/scan-links`, { label: 'x' }, '/account')).status).toBe(403);
});
