import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import { advanceEvents } from '../../src/features/events/publication.service.js';
import { sheetOf } from '../../src/features/attendance/sheet.js';
import { readPdf } from '../support/pdf.js';
import { lateThen, openDoor, type Door, type Scene } from './support.js';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.app.close());

const wish = (fields: Record<string, string>) => ({ form: 'filled', file: 'xlsx', rows: '10', ...fields });
const download = (scene: Scene, fields: Record<string, string>): Promise<Buffer> =>
  door.secretary.download(`${scene.list}/sheets`, wish(fields), scene.list);
const ask = (scene: Scene, fields: Record<string, string>) =>
  door.secretary.post(`${scene.list}/sheets`, wish(fields), scene.list);

const tap = (scene: Scene, n: number) =>
  door.secretary.post(`${scene.session}/delegates/${scene.delegates[n]!.id}/marks`, {}, scene.list);

/** Rows of the sheet without their numbers. */
const read = async (file: Buffer) => (await readSheet(file)).map((row) => row.slice(1));
const byName = (a: unknown[], b: unknown[]) => String(a[0]).localeCompare(String(b[0]));

test('the filled list tells who came, when, who was late and who is excused; those absent are left out', async () => {
  const scene = await door.scene({ accepted: 4 });
  await tap(scene, 0);
  const excused = `${scene.session}/delegates/${scene.delegates[2]!.id}`;
  await door.secretary.post(`${excused}/excuse`, { reason: 'tugas' }, excused);
  door.app.clock.set(lateThen);
  await tap(scene, 1);
  const [head, ...rows] = await read(await download(scene, { of: String(scene.sessions[0]) }));
  expect(head).toEqual([
    ...[
      'Nama',
      'L/P',
      'Jabatan',
      'Asal LKS',
      'No. HP',
      'Jam datang (WITA)',
      'Jam pulang (WITA)',
      'Keterangan',
    ],
  ]);
  expect(rows.map((row) => [row[0], row[5], row[7]]).sort(byName)).toEqual([
    ['Ketua 1', '08.50', null],
    ['Ketua 2', '09.40', 'terlambat'],
    ['Ketua 3', null, 'izin'],
  ]);
  const blank = await read(await download(scene, { of: String(scene.sessions[0]), form: 'blank' }));
  expect(blank).toHaveLength(1 + 4);
  const log = await door.rows(
    `SELECT fields, detail FROM audit_entry WHERE action = 'attendance.exported' AND subject_id = $1 ORDER BY id`,
    [scene.eventId],
  );
  expect(log).toEqual([
    { fields: ['name', 'phone'], detail: { count: 3, form: 'filled', file: 'xlsx' } },
    { fields: ['name', 'phone'], detail: { count: 4, form: 'blank', file: 'xlsx' } },
  ]);
});

test('the list of a day joins its sessions: the first hour of coming, the last of leaving', async () => {
  const scene = await door.scene();
  const [{ day }] = (await door.rows('SELECT day_id AS day FROM event_session WHERE id = $1', [
    scene.sessions[0],
  ])) as [{ day: number }];
  const [{ id }] = (await door.rows(
    `INSERT INTO event_session (day_id, title, starts_at, ends_at)
     VALUES ($1, 'Malam', '2026-03-20T11:00Z', '2026-03-20T13:00Z') RETURNING id`,
    [day],
  )) as [{ id: number }];
  await tap(scene, 0);
  door.app.clock.set('2026-03-20T10:55:00Z');
  for (const delegate of scene.delegates)
    await door.secretary.post(`${scene.list}/sessions/${id}/delegates/${delegate.id}/marks`, {}, scene.list);
  const event = { id: scene.eventId, lateAfterMinutes: 15 };
  const sheet = await sheetOf(door.app.db.manager, event, '2026-03-20', 'filled');
  expect([sheet.delegates, sheet.institutions, sheet.guests, sheet.session]).toEqual([2, 2, 0, undefined]);
  const came = sheet.rows.map(({ name, arrivedAt }) => [name, arrivedAt?.toISOString().slice(11, 16)]);
  expect(came.sort(byName)).toEqual([
    ['Ketua 1', '00:50'],
    ['Ketua 2', '10:55'],
  ]);
});

test('a PDF comes under a name of its day, and texts that look like formulas or markup stay texts', async () => {
  const scene = await door.scene();
  await door.rows(`UPDATE delegate SET name = '=HYPERLINK("http://x")' WHERE id = $1`, [
    scene.delegates[0]!.id,
  ]);
  await door.rows(`UPDATE delegate SET name = '<b>Tebal</b> [link](x)' WHERE id = $1`, [
    scene.delegates[1]!.id,
  ]);
  const paper = { of: '2026-03-20', form: 'blank', file: 'pdf' };
  const pdf = await ask(scene, paper);
  expect([pdf.status, pdf.type]).toEqual([200, 'application/pdf']);
  expect(pdf.headers['content-disposition']).toBe('attachment; filename="Daftar hadir 2026-03-20.pdf"');
  expect((await download(scene, paper)).subarray(0, 5).toString()).toBe('%PDF-');
  const rows = await read(await download(scene, { of: '2026-03-20', form: 'blank' }));
  expect(rows.map(([name]) => name)).toContain(`'=HYPERLINK("http://x")`);
});

test('another event’s session, a day that is none, and a leader get no list', async () => {
  const scene = await door.scene();
  const other = await door.scene();
  for (const which of [String(other.sessions[0]), '2026-03-25'])
    expect((await ask(scene, { of: which })).status).toBe(404);
  for (const fields of <Record<string, string>[]>[
    { of: 'x' },
    { of: '2026-03-20', form: 'x' },
    { of: '2026-03-20', rows: '9999' },
  ])
    expect((await ask(scene, fields)).status).toBe(422);
  const leader = await door.browserOf('leader');
  expect(
    (await leader.post(`${scene.list}/sheets`, { of: '2026-03-20', form: 'blank' }, '/account')).status,
  ).toBe(403);
});

test('guests are no people of LKS: list, path, overview and minutes count them apart', async () => {
  const scene = await door.scene();
  const from = `${scene.session}/walk-in`;
  for (const n of [0, 1]) await tap(scene, n);
  for (const name of ['Camat', 'Kapolsek', 'Wartawan'])
    await door.secretary.post(`${scene.session}/guests`, { name, kind: 'guest' }, from);
  const counted = '2 delegasi dari 2 LKS, serta 3 tamu dan narasumber';

  const paper = await download(scene, { of: String(scene.sessions[0]), file: 'pdf' });
  const list = await readPdf(paper);
  expect(list.map(({ text }) => text).join('\n')).toContain(`Hadir: ${counted}.`);
  expect((await door.secretary.get(scene.list)).text).toContain(counted);
  door.app.clock.set(lateThen);
  await advanceEvents(door.app.deps);
  const overview = (await door.secretary.get(`/events/${scene.eventId}`)).text;
  expect(overview.replace(/<[^>]+>/g, '')).toMatch(
    /2 delegasi hadir\s*dari 2 LKS; 2 LKS diundang\s*3 tamu dan narasumber/,
  );

  const minutes = `/events/${scene.eventId}/minutes`;
  await door.secretary.post(minutes, {}, minutes);
  expect((await door.secretary.get(minutes)).text).toContain(counted);
  const notula = await readPdf(await door.secretary.getBytes(`${minutes}/notula.pdf`));
  expect(notula.map(({ text }) => text).join(' ')).toContain(`${counted} (daftar terlampir)`);
});
