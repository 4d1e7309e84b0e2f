import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import request, { type Response } from 'supertest';
import sharp from 'sharp';
import { eraseLetters } from '../../src/features/assignment-letters/retention.js';
import { removeLetter } from '../../src/features/assignment-letters/letters.service.js';
import { dropForgottenFiles } from '../../src/storage/stored-files.js';
import { openDesk, type Desk } from '../answers/support.js';
import { makeHost } from '../factories/scenes.js';
import { makeUser } from '../factories/people.js';
import { Visitor } from '../support/visitor.js';

let desk: Desk;
let organizer: Visitor;
let event: Awaited<ReturnType<Desk['scene']>>;
let path: string;
beforeAll(async () => {
  desk = await openDesk();
  organizer = await new Visitor(desk.app.app).signIn(desk.host.email);
});
afterAll(() => desk.app.close());
beforeEach(async () => {
  event = await desk.scene();
  ({ path } = event.invitations[0]!);
  await desk.accept(path);
});

const pdf = (words: string) => Buffer.from(`%PDF-1.4\n% ${words}\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n`);
const photo = () =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#a33' } })
    .withExif({ IFD0: { Make: 'Kamera Rahasia' } })
    .jpeg()
    .toBuffer();

/** As the form sends it, also where the page no longer shows one. */
const send = (content: Buffer, name: string, at = path): Promise<Response> =>
  request(desk.app.app)
    .post(`${at}/letter`)
    .set('Accept', 'text/html')
    .field('_csrf', desk.app.deps.links.formToken(at))
    .attach('file', content, name) as unknown as Promise<Response>;
const kept = () =>
  desk.app.db.query(
    `SELECT a.id, a.invitation_id AS invitation, a.file_name AS name, f.media_type AS type, f.sha256
     FROM assignment_letter a JOIN stored_file f ON f.id = a.stored_file_id
     WHERE a.invitation_id = $1`,
    [event.invitations[0]!.id],
  ) as Promise<{ id: number; invitation: number; name: string; type: string; sha256: string }[]>;
const log = async () =>
  (
    (await desk.app.db.query(
      `SELECT action FROM audit_entry WHERE subject_type = 'invitation' AND subject_id = $1 AND action LIKE 'letter.%'
       ORDER BY id`,
      [event.invitations[0]!.id],
    )) as { action: string }[]
  ).map(({ action }) => action);
const drafts = () => readdirSync(desk.app.deps.files.root).filter((name) => name.startsWith('.part-')).length;

test('a letter is handed in, seen, opened, replaced and taken back, on a page without script', async () => {
  expect((await desk.get(path)).text).toContain('Kirim surat tugas');
  const sent = await send(pdf('satu'), 'Surat tugas kami.pdf');
  expect([sent.status, sent.headers.location]).toEqual([303, `${path}?done=letter_sent#surat-tugas`]);
  const page = (await desk.get(`${path}?done=letter_sent`)).text;
  for (const words of ['Surat tugas sudah kami terima', 'Buka surat tugas', 'Ganti surat tugas'])
    expect(page).toContain(words);
  const opened = await desk.get(`${path}/letter/file`);
  expect([opened.status, opened.type]).toEqual([200, 'application/pdf']);
  expect(opened.headers['content-security-policy']).toContain('sandbox');
  const [first] = await kept();
  await send(pdf('satu'), 'sekali lagi.pdf');
  await send(pdf('dua'), 'Surat kedua.pdf');
  expect(await kept()).toMatchObject([{ id: first!.id, name: 'Surat kedua.pdf' }]);
  expect(desk.app.deps.files.has(first!.sha256)).toBe(false);
  const [second] = await kept();
  await desk.visitor.post(`${path}/letter/removal`, {}, path);
  expect(await kept()).toEqual([]);
  expect(desk.app.deps.files.has(second!.sha256)).toBe(false);
  expect((await desk.get(`${path}/letter/file`)).status).toBe(404);
  expect(await log()).toEqual(['letter.handed_in', 'letter.replaced', 'letter.removed']);
});

test('a photo is drawn anew: what the camera wrote into it is gone', async () => {
  await send(await photo(), 'IMG_1.png');
  const [letter] = await kept();
  expect(letter).toMatchObject({ name: 'IMG_1.jpg', type: 'image/jpeg' });
  const stored = await sharp(desk.app.deps.files.pathOf(letter!.sha256)).metadata();
  expect(stored.exif).toBeUndefined();
});

test('what is no PDF, JPG or PNG by its content, broken or too large is told at its field, and nothing is kept', async () => {
  const webp = await sharp(await photo())
    .webp()
    .toBuffer();
  const wrong: [Buffer, string, string][] = [
    [Buffer.from('<script>alert(1)</script>'), 'surat.pdf', 'Jenis berkas ini tidak diterima'],
    [webp, 'surat.jpg', 'Jenis berkas ini tidak diterima'],
    [(await photo()).subarray(0, 200), 'surat.jpg', 'Foto ini tidak dapat dibaca'],
    [Buffer.alloc(0), 'kosong.pdf', 'Pilih foto atau PDF'],
    [Buffer.concat([pdf('besar'), Buffer.alloc(10_100_000)]), 'besar.pdf', 'paling besar 10 MB'],
  ];
  const before = (await desk.app.db.query('SELECT count(*)::int AS count FROM stored_file')) as unknown;
  for (const [content, name, words] of wrong) {
    const { status, text } = await send(content, name);
    expect([name, status]).toEqual([name, 422]);
    expect(text).toContain(words);
    expect(text).toContain('id="field-file-error"');
  }
  expect(await kept()).toEqual([]);
  expect(await desk.app.db.query('SELECT count(*)::int AS count FROM stored_file')).toEqual(before);
  await new Promise((done) => setTimeout(done, 100));
  expect(drafts()).toBe(0);
});

test('who has not accepted, or no longer comes, hands in nothing, and what it handed in is nowhere', async () => {
  const other = event.invitations[1]!.path;
  const refused = await send(pdf('x'), 'x.pdf', other);
  expect(refused.status).toBe(409);
  expect(refused.text).toContain('hanya diterima dari LKS yang tercatat hadir');
  expect((await desk.get(other)).text).not.toContain('Kirim surat tugas');
  await send(pdf('tiga'), 'x.pdf');
  const [letter] = await kept();
  await desk.visitor.post(`${path}/answer`, { answer: 'decline' }, path);
  expect((await desk.get(`${path}/letter/file`)).status).toBe(404);
  expect(await eraseLetters(desk.app.deps)).toBe(1);
  expect(desk.app.deps.files.has(letter!.sha256)).toBe(false);
});

test('the office finds who has one, opens it, and the log keeps who did; nobody else reaches it', async () => {
  await send(pdf('empat'), 'x.pdf');
  const [letter] = await kept();
  const list = `/events/${event.eventId}/invitations`;
  expect((await organizer.get(list)).text).toContain('Ada surat tugas');
  await desk.accept(event.invitations[1]!.path);
  const without = (await organizer.get(`${list}?filter=no_letter`)).text;
  expect(without).toContain(`undangan-${event.invitations[1]!.id}"`);
  expect(without).not.toContain(`undangan-${event.invitations[0]!.id}"`);
  const one = `${list}/${event.invitations[0]!.id}`;
  expect((await organizer.get(one)).text).toContain(`${one}/letters/${letter!.id}`);
  expect((await organizer.get(`${one}/letters/${letter!.id}`)).status).toBe(200);
  expect(await log()).toEqual(['letter.handed_in', 'letter.read']);
  const far = await makeHost(desk.app.deps);
  const stranger = await new Visitor(desk.app.app).signIn(far.email);
  expect((await stranger.get(`${one}/letters/${letter!.id}`)).status).toBe(404);
  const elsewhere = `${list}/${event.invitations[1]!.id}/letters/${letter!.id}`;
  expect((await organizer.get(elsewhere)).status).toBe(404);
  expect((await desk.get(`${event.invitations[1]!.path}/letter/file`)).status).toBe(404);
  const secretary = await makeUser(desk.app.db, desk.host.office, ['secretary']);
  const colleague = await new Visitor(desk.app.app).signIn(secretary.email);
  expect((await colleague.get(`${one}/letters/${letter!.id}`)).status).toBe(200);
  expect(await log()).toHaveLength(3);
});

test('letters are erased with the contacts, also by two processes at once, and no longer taken', async () => {
  await send(pdf('lima'), 'x.pdf');
  const [letter] = await kept();
  await desk.app.db.query(
    `UPDATE event SET starts_at = now() - interval '20 months', ends_at = now() - interval '20 months', state = 'finished'
     WHERE id = $1`,
    [event.eventId],
  );
  expect(await eraseLetters(desk.app.deps)).toBe(0);
  // After the event it is still taken: offices collect missing ones for their papers.
  expect((await send(pdf('lima baru'), 'y.pdf')).status).toBe(303);
  await desk.app.db.query(`UPDATE event SET ends_at = now() - interval '25 months' WHERE id = $1`, [
    event.eventId,
  ]);
  const erased = await Promise.all([eraseLetters(desk.app.deps), eraseLetters(desk.app.deps)]);
  expect(erased.reduce((sum, one) => sum + one)).toBe(1);
  expect(await kept()).toEqual([]);
  expect(desk.app.deps.files.has(letter!.sha256)).toBe(false);
  expect((await log()).at(-1)).toBe('letter.erased');
  expect((await send(pdf('enam'), 'x.pdf')).status).toBe(409);
});

test('two letters at once leave one, and one file', async () => {
  await Promise.all(['tujuh', 'delapan', 'sembilan'].map((words) => send(pdf(words), `${words}.pdf`)));
  const letters = await kept();
  expect(letters).toHaveLength(1);
  expect(desk.app.deps.files.has(letters[0]!.sha256)).toBe(true);
  await removeLetter(desk.app.deps, event.invitations[0]!.id);
  expect(await dropForgottenFiles(desk.app.db, desk.app.deps.files)).toBe(0);
});

test('a content that a killed process forgot is swept up; one that is used is left alone', async () => {
  await send(pdf('sepuluh'), 'x.pdf');
  const [letter] = await kept();
  const forgotten = await desk.app.deps.files.put(Buffer.from('terlupa'));
  await desk.app.db.query(
    `INSERT INTO stored_file (sha256, size, media_type) VALUES ($1, 7, 'application/pdf')`,
    [forgotten],
  );
  expect(await dropForgottenFiles(desk.app.db, desk.app.deps.files)).toBe(1);
  expect(desk.app.deps.files.has(forgotten)).toBe(false);
  expect(desk.app.deps.files.has(letter!.sha256)).toBe(true);
});

test('a form without its token, or with another page’s, is refused before anything is kept', async () => {
  const agent = request(desk.app.app);
  const { status } = await agent.post(`${path}/letter`).attach('file', pdf('x'), 'x.pdf');
  expect(status).toBe(403);
  expect(await kept()).toEqual([]);
});
