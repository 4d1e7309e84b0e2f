import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeOffice, makeUser } from '../factories/people.js';
import { Visitor } from '../support/visitor.js';
import { lateThen, onTime, openDoor, said, type Door, type Scene } from './support.js';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.app.close());

const delegateOf = (scene: Scene, n = 0) => scene.delegates[n] as Scene['delegates'][number];
const codeOf = (id: number) => door.app.deps.links.doorCode(id, 1);
const addressOf = (id: number) => `http://rembuk.example/d/${door.app.deps.links.token('delegate', id, 1)}`;
const scan = (scene: Scene, code: string, more: object = {}) =>
  door.secretary.post(`${scene.session}/scan`, { code, ...more }, `${scene.session}/scan`);
const tap = (scene: Scene, n = 0, more: object = {}) =>
  door.secretary.post(
    `${scene.session}/delegates/${delegateOf(scene, n).id}/marks`,
    { kind: 'in', ...more },
    scene.list,
  );
const standing = (scene: Scene) =>
  door.rows<{ state: string; arrived: string; left: string | null; marks: number }>(
    `SELECT a.state, to_char(a.arrived_at AT TIME ZONE 'Asia/Makassar', 'HH24:MI') AS arrived,
       to_char(a.left_at AT TIME ZONE 'Asia/Makassar', 'HH24:MI') AS left,
       (SELECT count(*)::int FROM attendance_mark m WHERE m.delegate_id = a.delegate_id AND m.session_id = a.session_id) AS marks
     FROM attendance a WHERE a.event_id = $1 ORDER BY a.id`,
    [scene.eventId],
  );

test('one tap in the list checks a person in, says so, and leaves an entry in the log', async () => {
  const scene = await door.scene();
  const reply = await tap(scene);
  expect([reply.status, reply.headers.location]).toEqual([
    303,
    `${scene.session}/delegates/${delegateOf(scene).id}`,
  ]);
  const page = await door.secretary.get(scene.list);
  expect(page.text).toMatch(/Ketua 1, LKSA Uji \d+, Kursi 1: Hadir. Masuk pukul 08\.50\./);
  expect(page.text).toContain('Hadir 08.50');
  expect(page.text).toContain('1 dari 2 orang hadir, mewakili 1 LKS');
  expect(await standing(scene)).toEqual([{ state: 'present', arrived: '08:50', left: null, marks: 1 }]);
  const log = await door.rows<{ action: string; detail: unknown }>(
    `SELECT action, detail FROM audit_entry WHERE subject_type = 'delegate' AND subject_id = $1 AND action LIKE 'attendance.%'`,
    [delegateOf(scene).id],
  );
  expect(log).toEqual([
    { action: 'attendance.in', detail: { event: scene.eventId, session: scene.sessions[0] } },
  ]);
});

test('the list is searched by person or LKS, and narrowed by how people stand', async () => {
  const scene = await door.scene();
  await tap(scene);
  const found = async (query: string) => {
    const { text } = await door.secretary.get(`${scene.list}?${query}`);
    return [...text.matchAll(/<tr id="orang-d(\d+)"/g)].map(([, id]) => Number(id));
  };
  const [first, second] = scene.delegates.map(({ id }) => id);
  expect(await found('q=ketua+2')).toEqual([second]);
  expect(await found('q=lksa+uji')).toHaveLength(2);
  await door.rows(`UPDATE delegate SET name = 'José Nur’aini' WHERE id = $1`, [second]);
  for (const typed of ['José', 'jose', "nur'aini", 'Jose nur aini'])
    expect([typed, await found(new URLSearchParams({ q: typed }).toString())]).toEqual([typed, [second]]);
  expect(await found('show=present')).toEqual([first]);
  expect(await found('show=waiting')).toEqual([second]);
  expect(await found(`after=d${first}`)).toEqual([second]);
});

test('a QR and its typed code check in with name, LKS, seat and time; whoever is in already is told since when', async () => {
  const scene = await door.scene();
  const [first, second] = scene.delegates;
  const read = said((await scan(scene, addressOf(first!.id))).text);
  expect(read).toMatch(/^Hadir Ketua 1 LKSA Uji \d+ · Kursi 1 Masuk pukul 08\.50\.$/);
  door.app.clock.set('2026-03-20T01:05:00Z');
  expect(said((await scan(scene, addressOf(first!.id))).text)).toContain('Sudah masuk pukul 08.50.');
  const code = codeOf(second!.id);
  expect(said((await scan(scene, `${code.slice(0, 3)}-${code.slice(3).toLowerCase()}`)).text)).toContain(
    'Hadir Ketua 2',
  );
  expect(await standing(scene)).toMatchObject([
    { arrived: '08:50', marks: 2 },
    { arrived: '09:05', marks: 1 },
  ]);
});

test('the door says what is wrong: late, another event or day, replaced, given back, unknown, an invitation’s code', async () => {
  const scene = await door.scene({ accepted: 4 });
  const other = await door.scene({ title: 'Rakor Lain' });
  const [a, b, c, d] = scene.delegates.map(({ id }) => id) as [number, number, number, number];
  door.app.clock.set(onTime);
  await door.rows(`UPDATE delegate SET state = 'released' WHERE id = $1`, [b]);
  await door.rows(`UPDATE delegate SET state = 'replaced' WHERE id = $1`, [c]);
  await door.rows(
    `INSERT INTO delegate (event_id, invitation_id, name, replaces_id) SELECT event_id, invitation_id, 'Siti Pengganti', id
     FROM delegate WHERE id = $1`,
    [c],
  );
  const stranger = await makeOffice(door.app.db, { regionCode: '33' });
  const tell = async (code: string) => said((await scan(scene, code)).text);
  expect(await tell(addressOf(b))).toContain('Kursi sudah dikembalikan');
  expect(await tell(addressOf(c))).toContain('Yang datang: Siti Pengganti.');
  expect(await tell(addressOf(delegateOf(other).id))).toContain('Kode ini untuk: Rakor Lain.');
  await door.rows('UPDATE event SET office_id = $2 WHERE id = $1', [other.eventId, stranger.id]);
  expect(await tell(addressOf(delegateOf(other).id))).toContain('kegiatan instansi lain');
  expect(await tell('AAA-AAA')).toContain('Kode tidak dikenal');
  expect(await tell(addressOf(a).replace(/.$/, (last) => (last === 'x' ? 'y' : 'x')))).toContain(
    'Kode tidak dikenal',
  );
  const letter = `http://x/u/${door.app.deps.links.token('invitation', delegateOf(scene).invitationId, 1)}`;
  expect(await tell(letter)).toContain('Ini kode undangan LKS');
  door.app.clock.set('2026-03-21T01:00:00Z');
  expect(await tell(addressOf(a))).toContain('Sesi ini untuk Jumat, 20 Maret 2026.');
  door.app.clock.set(lateThen);
  expect(await tell(addressOf(d))).toContain('Masuk pukul 09.40, terlambat.');
  await door.rows(`UPDATE event SET state = 'cancelled', cancel_reason = 'x' WHERE id = $1`, [scene.eventId]);
  expect(await tell(addressOf(a))).toContain('Kegiatan dibatalkan');
  expect(await standing(scene)).toHaveLength(1);
});

test('the same mark sent twice is one, and answers as it did the first time', async () => {
  const scene = await door.scene();
  const clientId = randomUUID();
  const code = addressOf(delegateOf(scene).id);
  const first = await scan(scene, code, { clientId });
  door.app.clock.set(lateThen);
  const second = await scan(scene, code, { clientId });
  expect(said(second.text)).toBe(said(first.text));
  expect(await standing(scene)).toMatchObject([{ arrived: '08:50', marks: 1 }]);
  const stolen = await scan(scene, addressOf(delegateOf(scene, 1).id), { clientId });
  expect(stolen.status).toBe(409);
});

test('a mark that waited on a phone counts from when it was made, whatever the phone’s clock says', async () => {
  const scene = await door.scene({ at: lateThen });
  const wrongClock = Date.parse('2031-01-01T00:00:00Z');
  const waited = { deviceAt: wrongClock, sentAt: wrongClock + 45 * 60_000 };
  await scan(scene, addressOf(delegateOf(scene).id), waited);
  expect(await standing(scene)).toMatchObject([{ arrived: '08:55' }]);
  const [mark] = await door.rows<{ device: string; recorded: Date }>(
    `SELECT extract(year FROM device_at)::text AS device, recorded_at AS recorded FROM attendance_mark WHERE event_id = $1`,
    [scene.eventId],
  );
  expect(mark).toEqual({ device: '2031', recorded: new Date(lateThen) });
});

test('a mark that arrives late takes its place in time: a correction made after it stands', async () => {
  const scene = await door.scene({ at: lateThen });
  const path = `${scene.session}/delegates/${delegateOf(scene).id}`;
  await tap(scene);
  door.app.clock.set('2026-03-20T02:00:00Z');
  await door.secretary.post(`${path}/correction`, { correctedTo: 'absent', reason: 'salah orang' }, path);
  const waited = { deviceAt: 0, sentAt: 30 * 60_000 };
  await scan(scene, addressOf(delegateOf(scene).id), waited);
  expect(await standing(scene)).toMatchObject([{ state: 'absent', marks: 3 }]);
});

test('leaving early, coming back, an excuse and a correction are told apart, with a history of who and why', async () => {
  const scene = await door.scene();
  const path = `${scene.session}/delegates/${delegateOf(scene).id}`;
  await tap(scene);
  door.app.clock.set('2026-03-20T04:00:00Z');
  expect(said((await scan(scene, addressOf(delegateOf(scene).id), { kind: 'out' })).text)).toContain(
    'Pulang pukul 12.00.',
  );
  expect((await door.secretary.get(path)).text).toContain('pulang awal 12.00');
  expect(said((await scan(scene, addressOf(delegateOf(scene).id))).text)).toContain('Kembali hadir');

  const excused = `${scene.session}/delegates/${delegateOf(scene, 1).id}`;
  expect((await door.secretary.post(`${excused}/excuse`, {}, excused)).status).toBe(422);
  await door.secretary.post(`${excused}/excuse`, { reason: 'tugas lain' }, excused);
  const wrong = await door.secretary.post(`${path}/correction`, { correctedTo: 'absent', reason: '' }, path);
  expect([wrong.status, wrong.text.includes('Wajib diisi.')]).toEqual([422, true]);
  await door.secretary.post(
    `${path}/correction`,
    { correctedTo: 'present', arrivedAt: '09:10', reason: 'jam keliru' },
    path,
  );
  expect(await standing(scene)).toMatchObject([{ state: 'present', arrived: '09:10' }, { state: 'excused' }]);
  const { text } = await door.secretary.get(path);
  for (const words of ['Diperbaiki menjadi: Hadir', 'jam keliru', 'Orang Uji', 'kode QR', 'dari daftar'])
    expect(text).toContain(words);
});

test('a correction states arrival and departure, so that neither erases the other; no time lies ahead', async () => {
  const scene = await door.scene();
  const path = `${scene.session}/delegates/${delegateOf(scene).id}`;
  const correct = (fields: object) =>
    door.secretary.post(
      `${path}/correction`,
      { correctedTo: 'present', reason: 'jam keliru', ...fields },
      path,
    );
  await tap(scene);
  door.app.clock.set('2026-03-20T04:00:00Z');
  await tap(scene, 0, { kind: 'out' });
  const form = (await door.secretary.get(path)).text;
  expect(form).toMatch(/name="arrivedAt"[^>]*value="08:50"/);
  expect(form).toMatch(/name="leftAt"[^>]*value="12:00"/);

  await correct({ arrivedAt: '08:30', leftAt: '12:00' });
  expect(await standing(scene)).toMatchObject([{ arrived: '08:30', left: '12:00' }]);
  const refused = async (fields: object, field: string, words: string) => {
    const { status, text } = await correct(fields);
    expect([status, text.includes(`id="field-${field}-error">${words}`)]).toEqual([422, true]);
  };
  await refused({ arrivedAt: '23:30' }, 'arrivedAt', 'Waktu ini belum tiba.');
  await refused({ arrivedAt: '08:30', leftAt: '12:01' }, 'leftAt', 'Waktu ini belum tiba.');
  await refused({ arrivedAt: '08:30', leftAt: '08:29' }, 'leftAt', 'Jam pulang lebih awal');

  // On another day leaving is no longer a tap, and its time is still to be given.
  door.app.clock.set('2026-03-22T02:00:00Z');
  await tap(scene, 1);
  const other = `${scene.session}/delegates/${delegateOf(scene, 1).id}`;
  const later = (await door.secretary.get(other)).text;
  expect([later.includes('Catat pulang'), later.includes('Jam pulang hari ini sudah lewat')]).toEqual([
    false,
    true,
  ]);
  await correct({ arrivedAt: '08:30', leftAt: '14:10' });
  expect(await standing(scene)).toMatchObject([{ arrived: '08:30', left: '14:10', marks: 4 }, {}]);
  expect((await door.secretary.get(path)).text).toContain('pulang 14.10');
  await correct({ arrivedAt: '08:30', leftAt: '' });
  expect(await standing(scene)).toMatchObject([{ arrived: '08:30', left: null }, {}]);
});

test('a session of a past day is written up from the list with its own hour, a coming one is not', async () => {
  const scene = await door.scene({ at: '2026-03-21T03:00:00Z' });
  await tap(scene);
  expect(await standing(scene)).toMatchObject([{ state: 'present', arrived: '09:00' }]);
  door.app.clock.set(onTime);
  const [, tomorrow] = scene.sessions;
  const path = `${scene.list}/sessions/${tomorrow}/delegates/${delegateOf(scene).id}`;
  await door.secretary.post(`${path}/marks`, {}, scene.list);
  const flash = await door.secretary.get(scene.list);
  expect(flash.text).toContain('Bukan hari ini. Sesi ini untuk Sabtu, 21 Maret 2026.');
});

test('after the day whoever was not seen has stayed away, if others were recorded', async () => {
  const scene = await door.scene({ at: '2026-03-21T03:00:00Z' });
  const list = async (query = '') =>
    (await door.secretary.get(`${scene.list}?session=${scene.sessions[0]}${query}`)).text;
  expect((await list()).replace(/<select.*?<\/select>/gs, '').match(/Belum hadir/g)).toHaveLength(2);
  await tap(scene);
  const text = await list();
  expect([text.includes('Belum hadir'), /badge--no[\s\S]{0,300}Tidak hadir/.test(text)]).toEqual([
    false,
    true,
  ]);
  const missed = await list('&show=missed');
  expect([missed.includes('Ketua 2'), missed.includes('Ketua 1')]).toEqual([true, false]);
});

test('nama menyusul is named at the door in the step of the check-in', async () => {
  const scene = await door.scene();
  await door.rows(`UPDATE delegate SET name = '', representative_id = NULL WHERE id = $1`, [
    delegateOf(scene).id,
  ]);
  const path = `${scene.session}/delegates/${delegateOf(scene).id}`;
  expect(said((await scan(scene, addressOf(delegateOf(scene).id))).text)).toContain('Nama belum ada');
  expect((await door.secretary.post(`${path}/name`, { name: '' }, path)).status).toBe(422);
  await door.secretary.post(`${path}/name`, { name: 'Nur Aini', sex: 'P', position: 'Pengasuh' }, path);
  const [named] = await door.rows('SELECT name, sex, position FROM delegate WHERE id = $1', [
    delegateOf(scene).id,
  ]);
  expect(named).toEqual({ name: 'Nur Aini', sex: 'P', position: 'Pengasuh' });
  expect(await standing(scene)).toMatchObject([{ state: 'present' }]);
});

test('who was asked to confirm again and stands at the door has confirmed', async () => {
  const scene = await door.scene();
  const { invitationId, id } = delegateOf(scene);
  await door.rows(
    `UPDATE invitation SET state = 'reconfirm', hold_until = '2026-03-25T00:00:00Z' WHERE id = $1`,
    [invitationId],
  );
  await door.rows(
    `UPDATE seat SET state = 'held', held_until = '2026-03-25T00:00:00Z' WHERE invitation_id = $1`,
    [invitationId],
  );
  expect(said((await scan(scene, addressOf(id))).text)).toContain('Hadir Ketua 1');
  const [invitation] = await door.rows('SELECT state, hold_until FROM invitation WHERE id = $1', [
    invitationId,
  ]);
  expect(invitation).toEqual({ state: 'accepted', hold_until: null });
});

test('a seat whose person has checked in is neither given back, nor passed on, nor revoked', async () => {
  const scene = await door.scene();
  const { invitationId, id } = delegateOf(scene);
  await tap(scene);
  const organizer = await door.browserOf('organizer');
  const page = `/events/${scene.eventId}/invitations/${invitationId}`;
  const acts: [string, Record<string, string>][] = [
    ['/return', { ids: String(id) }],
    ['/answer', { answer: 'decline' }],
    ['/revocation', { reason: 'keliru' }],
    [`/delegates/${id}`, { other: 'other', name: 'Orang Lain' }],
  ];
  for (const [act, fields] of acts) {
    const reply = await organizer.post(page + act, fields, page);
    expect([act, reply.status, reply.text.includes('sudah tercatat hadir')]).toEqual([act, 409, true]);
  }
  await organizer.post(`${page}/delegates/${id}`, { other: 'same', name: 'Ketua Satu' }, page);
  const [seat] = await door.rows('SELECT state, delegate_id AS id FROM seat WHERE invitation_id = $1', [
    invitationId,
  ]);
  expect(seat).toEqual({ state: 'taken', id });
});

test('a session with records is neither removed nor moved to another day, and the page says so', async () => {
  const scene = await door.scene();
  await tap(scene);
  const organizer = await door.browserOf('organizer');
  const page = `/events/${scene.eventId}/plan/days`;
  const [{ version }] = (await door.rows('SELECT version FROM event WHERE id = $1', [scene.eventId])) as [
    { version: number },
  ];
  const row = (n: number, date: string, more: object) =>
    Object.fromEntries(
      Object.entries({
        id: String(scene.sessions[n]),
        date,
        from: '09:00',
        to: '15:00',
        title: '',
        ...more,
      }).map(([name, value]) => [`rows.${n}.${name}`, value]),
    );
  const base = { version: String(version), zone: 'Asia/Makassar' };
  for (const first of [row(0, '2026-03-20', { remove: 'on' }), row(0, '2026-03-22', {})]) {
    const reply = await organizer.post(page, { ...base, ...first, ...row(1, '2026-03-21', {}) }, page);
    expect([reply.status, reply.text.includes('sudah ada catatan kehadirannya')]).toEqual([422, true]);
  }
});

test('a leader looks and records nothing; another office finds nothing', async () => {
  const scene = await door.scene();
  const leader = await door.browserOf('leader');
  const { status, text } = await leader.get(scene.list);
  expect([status, text.includes('data-mark')]).toEqual([200, false]);
  const path = `${scene.session}/delegates/${delegateOf(scene).id}`;
  expect((await leader.post(`${path}/marks`, {}, scene.list)).status).toBe(403);
  const stranger = await new Visitor(door.app.app).signIn(
    (await makeUser(door.app.db, await makeOffice(door.app.db), ['secretary'])).email,
  );
  expect((await stranger.post(`${path}/marks`, {}, '/account')).status).toBe(404);
  const other = await door.scene();
  const crossed = `${scene.session}/delegates/${delegateOf(other).id}`;
  expect((await door.secretary.post(`${crossed}/marks`, {}, scene.list)).status).toBe(404);
  const session = `${scene.list}/sessions/${other.sessions[0]}/delegates/${delegateOf(scene).id}`;
  expect((await door.secretary.post(`${session}/marks`, {}, scene.list)).status).toBe(404);
});

test('the log of marks cannot be changed, not even by SQL', async () => {
  const scene = await door.scene();
  await tap(scene);
  await expect(door.rows('UPDATE attendance_mark SET reason = $1', ['x'])).rejects.toThrow();
  await expect(door.rows('DELETE FROM attendance_mark')).rejects.toThrow();
});

test('“ever attended” in the registry counts who came, not who was invited', async () => {
  const scene = await door.scene();
  await tap(scene);
  const found = async (reached: string) => {
    const { text } = await door.secretary.get(`/institutions?reached=${reached}`);
    return scene.delegates.map(({ institutionId }) => text.includes(`href="/institutions/${institutionId}"`));
  };
  expect(await found('yes')).toEqual([true, false]);
  expect(await found('never')).toEqual([false, true]);
});
