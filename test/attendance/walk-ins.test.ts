import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eraseGuestData } from '../../src/features/attendance/retention.js';
import { attendanceSummary, presentPeople } from '../../src/features/attendance/attendance.service.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeOffice } from '../factories/people.js';
import { brokenRules } from '../support/invariants.js';
import { openDoor, type Door, type Scene } from './support.js';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.app.close());

const admit = (scene: Scene, institution: number, fields: Record<string, string>) =>
  door.secretary.post(
    `${scene.session}/walk-in/${institution}`,
    fields,
    `${scene.session}/walk-in/${institution}`,
  );

const seatsOf = (scene: Scene) =>
  door.rows<{ name: string; pool: string; reason: string; walkIn: boolean }>(
    `SELECT d.name, s.pool, s.reason, d.walk_in AS "walkIn" FROM seat s JOIN delegate d ON d.id = s.delegate_id
     WHERE s.event_id = $1 ORDER BY d.id`,
    [scene.eventId],
  );
const presentIn = (scene: Scene) =>
  door.rows('SELECT 1 FROM attendance WHERE event_id = $1 AND state = $2', [scene.eventId, 'present']);

test('an LKS of the registry that was not invited is found, let in on a free seat, and recorded in its invitation', async () => {
  const scene = await door.scene({ seats: 3 });
  const institution = await makeInstitution(door.app.db, door.office, { name: 'LKSA Tak Terduga' });
  const search = await door.secretary.get(`${scene.session}/walk-in?q=tak+terduga`);
  expect(search.text).toContain(`${scene.session}/walk-in/${institution}"`);
  expect(search.text).toContain('tidak diundang');
  const clientId = randomUUID();
  const fields = { name: 'Rusmini', sex: 'P', clientId };
  expect((await admit(scene, institution, fields)).status).toBe(303);
  expect((await admit(scene, institution, fields)).status).toBe(303);
  expect((await seatsOf(scene)).at(-1)).toEqual({ name: 'Rusmini', pool: 'quota', reason: '', walkIn: true });
  expect(await seatsOf(scene)).toHaveLength(3);
  const history = await door.rows(
    `SELECT c.verb, c.from_state AS "from", c.way FROM invitation_change c JOIN invitation i ON i.id = c.invitation_id
     WHERE i.institution_id = $1`,
    [institution],
  );
  expect(history).toEqual([{ verb: 'walk_in', from: 'draft', way: 'office' }]);
  expect(await presentIn(scene)).toHaveLength(1);
  expect(await brokenRules(door.app.db, scene.eventId)).toEqual([]);
});

test('above the quota a reason is asked for, at its field and with what was typed, and the seat is marked as additional', async () => {
  const scene = await door.scene({ seats: 2 });
  const institution = await makeInstitution(door.app.db, door.office);
  const refused = await admit(scene, institution, { name: 'Rusmini' });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Kursi kuota tidak cukup');
  expect(refused.text).toContain('value="Rusmini"');
  // Not "(boleh kosong)" beside the error that demands it.
  expect(refused.text).toContain('for="field-reason">Alasan kursi tambahan</label>');
  expect(await seatsOf(scene)).toHaveLength(2);
  expect((await admit(scene, institution, { name: 'Rusmini', reason: 'utusan kabupaten' })).status).toBe(303);
  expect((await seatsOf(scene)).at(-1)).toEqual({
    name: 'Rusmini',
    pool: 'additional',
    reason: 'utusan kabupaten',
    walkIn: true,
  });
  const list = await door.secretary.get(scene.list);
  expect(list.text).toContain('tambahan');
  expect(await brokenRules(door.app.db, scene.eventId)).toEqual([]);
});

test('of an invited LKS somebody comes in the place of one who is absent, or besides; never in that of one who is here', async () => {
  const scene = await door.scene({ seats: 4 });
  const [first, second] = scene.delegates;
  const page = await door.secretary.get(`${scene.session}/walk-in/${first!.institutionId}`);
  expect(page.text).toContain('Menggantikan Ketua 1 (kursi 1)');
  await admit(scene, first!.institutionId, { name: 'Pengganti', replaces: String(first!.id) });
  expect((await seatsOf(scene)).map(({ name }) => name)).toEqual(['Ketua 2', 'Pengganti']);

  await door.secretary.post(`${scene.session}/delegates/${second!.id}/marks`, {}, scene.list);
  const late = await admit(scene, second!.institutionId, { name: 'Terlambat', replaces: String(second!.id) });
  expect(late.status).toBe(409);
  await admit(scene, second!.institutionId, { name: 'Bersama' });
  expect((await seatsOf(scene)).map(({ name, pool }) => [name, pool])).toEqual([
    ['Ketua 2', 'quota'],
    ['Pengganti', 'quota'],
    ['Bersama', 'quota'],
  ]);
  expect(await presentIn(scene)).toHaveLength(3);
  const crossed = await admit(scene, first!.institutionId, { name: 'X', replaces: String(second!.id) });
  expect(crossed.status).toBe(404);
  expect(await brokenRules(door.app.db, scene.eventId)).toEqual([]);
});

test('nobody is let in on another day, by a revoked invitation, or for an LKS that the office does not see', async () => {
  const scene = await door.scene({ seats: 3, at: '2026-03-19T03:00:00Z' });
  const institution = await makeInstitution(door.app.db, door.office);
  const early = await admit(scene, institution, { name: 'Rusmini' });
  expect([early.status, early.text.includes('Sesi ini bukan hari ini')]).toEqual([409, true]);
  expect(await seatsOf(scene)).toHaveLength(2);
  door.app.clock.set('2026-03-20T01:00:00Z');
  const [delegate] = scene.delegates;
  await door.rows(`UPDATE invitation SET state = 'revoked', reason = 'x' WHERE id = $1`, [
    delegate!.invitationId,
  ]);
  expect((await admit(scene, delegate!.institutionId, { name: 'X' })).status).toBe(409);
  const far = await makeInstitution(door.app.db, await makeOffice(door.app.db, { regionCode: '33' }), {
    regionCode: '33.10',
  });
  const strange = await door.secretary.post(`${scene.session}/walk-in/${far}`, { name: 'X' }, scene.list);
  expect(strange.status).toBe(404);
});

test('who stood on an empty row of the paper is written up after the day, with a reason and the hour of the session', async () => {
  const scene = await door.scene({ seats: 3, at: '2026-03-22T03:00:00Z' });
  await door.rows(`UPDATE event SET state = 'finished' WHERE id = $1`, [scene.eventId]);
  const institution = await makeInstitution(door.app.db, door.office);
  const list = (await door.secretary.get(scene.list)).text;
  expect([list.includes('Pindai kode'), list.includes('Catat orang di luar daftar')]).toEqual([false, true]);

  const guest = { name: 'Tamu Kertas', kind: 'guest', origin: 'Kecamatan' };
  const guests = (fields: object) =>
    door.secretary.post(`${scene.session}/guests`, { ...guest, ...fields }, `${scene.session}/walk-in`);
  const bare = await guests({});
  expect([
    bare.status,
    bare.text.includes('Tulis alasan'),
    bare.text.includes('value="Tamu Kertas"'),
  ]).toEqual([...[422, true, true]]);
  expect((await admit(scene, institution, { name: 'Rusmini' })).text).toContain('Tulis alasan');
  const reason = 'tanda tangan di baris kosong';
  expect((await guests({ reason })).status).toBe(303);
  expect((await admit(scene, institution, { name: 'Rusmini', reason })).status).toBe(303);
  const marks = await door.rows(
    `SELECT way, reason, to_char(arrived_at AT TIME ZONE 'Asia/Makassar', 'DD HH24:MI') AS at FROM attendance_mark
     WHERE event_id = $1`,
    [scene.eventId],
  );
  const mark = { way: 'walk_in', reason, at: '20 09:00' };
  expect(marks).toEqual([mark, mark]);
  expect(await presentIn(scene)).toHaveLength(2);
  expect(await brokenRules(door.app.db, scene.eventId)).toEqual([]);
});

test('before the day neither scanning nor walk-ins are offered, and a refusal keeps what was typed', async () => {
  const scene = await door.scene({ at: '2026-03-19T03:00:00Z' });
  const list = (await door.secretary.get(scene.list)).text;
  expect([list.includes('Pindai kode'), list.includes('Catat orang di luar daftar')]).toEqual([false, false]);
  const guest = { name: 'Tamu Awal', kind: 'press', origin: 'Radar' };
  const { status, text } = await door.secretary.post(
    `${scene.session}/guests`,
    guest,
    `${scene.session}/walk-in`,
  );
  expect([status, text.includes('Sesi ini bukan hari ini'), text.includes('value="Tamu Awal"')]).toEqual([
    ...[409, true, true],
  ]);
  expect(text).toMatch(/value="press" selected/);
});

test('guests and the speakers of the plan come in with one form each, twice is once, and are counted apart', async () => {
  const scene = await door.scene();
  const [speaker] = await door.rows<{ id: number }>(
    `INSERT INTO speaker (event_id, name, role, origin) VALUES ($1, 'Dr. Pembicara', 'speaker', 'Kemensos') RETURNING id`,
    [scene.eventId],
  );
  const from = `${scene.session}/walk-in`;
  expect((await door.secretary.get(from)).text).toContain('Dr. Pembicara');
  for (let time = 0; time < 2; time += 1)
    await door.secretary.post(`${scene.session}/speakers/${speaker!.id}`, {}, from);
  const guest = {
    name: 'Camat',
    kind: 'guest',
    origin: 'Kecamatan',
    phone: '0812 5000 1001',
    clientId: randomUUID(),
  };
  expect((await door.secretary.post(`${scene.session}/guests`, { ...guest, name: '' }, from)).status).toBe(
    422,
  );
  for (let time = 0; time < 2; time += 1) await door.secretary.post(`${scene.session}/guests`, guest, from);
  expect((await door.secretary.get(from)).text).not.toContain('Dr. Pembicara');
  const list = await door.secretary.get(scene.list);
  expect(list.text).toContain('Kecamatan');
  const summary = await attendanceSummary(door.app.db.manager, scene.eventId);
  expect(summary).toMatchObject({ people: 2, institutions: 0, delegates: 0, guests: 2 });
  const people = await presentPeople(door.app.db.manager, scene.eventId);
  expect(people.map(({ name, origin, guestKind, sessions }) => [name, origin, guestKind, sessions])).toEqual([
    ['Camat', 'Kecamatan', 'guest', [scene.sessions[0]]],
    ['Dr. Pembicara', 'Kemensos', 'speaker', [scene.sessions[0]]],
  ]);
});

test('what was written down of a guest is mended until the minutes that name them are approved, and the log keeps the fields', async () => {
  const scene = await door.scene();
  const guest = { name: 'Camta', kind: 'guest', origin: 'Kecamatn', sex: 'P' };
  await door.secretary.post(`${scene.session}/guests`, guest, `${scene.session}/walk-in`);
  const [{ id }] = (await door.rows('SELECT id FROM guest WHERE event_id = $1', [scene.eventId])) as [
    { id: number },
  ];
  const page = `${scene.session}/guests/${id}`;
  const mend = (fields: object) => door.secretary.post(`${page}/details`, { ...guest, ...fields }, page);
  expect((await door.secretary.get(page)).text).toContain('value="Kecamatn"');
  const wrong = await mend({ name: '', origin: 'Kecamatan' });
  expect([wrong.status, wrong.text.includes('value="Kecamatan"')]).toEqual([422, true]);
  const right = { name: 'Camat', origin: 'Kecamatan', position: 'Camat', kind: 'speaker' };
  expect((await mend(right)).status).toBe(303);
  expect(await door.rows('SELECT name, origin, position, kind, sex FROM guest WHERE id = $1', [id])).toEqual([
    { ...right, sex: 'P' },
  ]);
  const log = await door.rows(
    `SELECT action, fields FROM audit_entry WHERE subject_type = 'guest' AND subject_id = $1 AND action LIKE 'guest.%'`,
    [id],
  );
  expect(log).toEqual([{ action: 'guest.changed', fields: ['name', 'position', 'kind', 'origin'] }]);

  const other = await door.scene();
  const crossed = `${other.session}/guests/${id}/details`;
  expect((await door.secretary.post(crossed, right, other.list)).status).toBe(404);
  const minutes = `/events/${scene.eventId}/minutes`;
  await door.secretary.post(minutes, {}, minutes);
  expect((await mend({ ...right, name: 'Camat Baru' })).status).toBe(303);
  await door.rows(`UPDATE minutes SET state = 'approved' WHERE event_id = $1`, [scene.eventId]);
  const late = await mend({ ...right, name: 'Terlambat' });
  expect([late.status, late.text.includes('sudah disetujui')]).toEqual([422, true]);
  expect((await door.secretary.get(page)).text).not.toContain('Perbaiki data tamu');
});

test('a guest’s phone is erased after the office’s retention time, and how many came stays in the log', async () => {
  const scene = await door.scene();
  const guest = { name: 'Camat', kind: 'guest', sex: 'P', phone: '0812 5000 1001' };
  await door.secretary.post(`${scene.session}/guests`, guest, `${scene.session}/walk-in`);
  await eraseGuestData(door.app.deps);
  const read = () => door.rows('SELECT name, phone, sex FROM guest WHERE event_id = $1', [scene.eventId]);
  expect(await read()).toEqual([{ name: 'Camat', phone: '+6281250001001', sex: 'P' }]);
  door.app.clock.set('2028-04-01T00:00:00Z');
  await eraseGuestData(door.app.deps);
  expect(await read()).toEqual([{ name: 'Camat', phone: null, sex: null }]);
  const [entry] = await door.rows(
    `SELECT detail FROM audit_entry WHERE action = 'persons.erased' AND subject_id = $1`,
    [scene.eventId],
  );
  expect(entry).toEqual({ detail: { guests: 1, male: 0, female: 1 } });
});
