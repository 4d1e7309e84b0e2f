import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let organizer: Visitor;
let secretary: Visitor;
let stranger: Visitor;

async function signedIn(roles: ('organizer' | 'secretary')[], of: Office): Promise<Visitor> {
  const user = await makeUser(app.db, of, roles);
  return new Visitor(app.app).signIn(user.email);
}

beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
  organizer = await signedIn(['organizer'], office);
  secretary = await signedIn(['secretary'], office);
  stranger = await signedIn(['organizer'], await makeOffice(app.db));
});
afterAll(() => app.close());

const one = async <T>(sql: string, values: unknown[]): Promise<T> =>
  ((await app.db.query(sql, values)) as [T])[0];
const eventRow = (id: number) => one<Record<string, unknown>>('SELECT * FROM event WHERE id = $1', [id]);
const sessionRows = (id: number) =>
  app.db.query(
    `SELECT s.id, d.id AS day, d.date, s.starts_at AS at, s.ends_at AS until FROM event_day d
     JOIN event_session s ON s.day_id = d.id WHERE d.event_id = $1 ORDER BY d.date, s.starts_at`,
    [id],
  ) as Promise<{ id: number; day: number; date: string; at: Date; until: Date | null }[]>;
const change = (id: number, part: string, fields: Record<string, unknown>, visitor = organizer) =>
  visitor.post(`/events/${id}/plan/${part}`, fields, `/events/${id}/plan/${part}`);
const draft = (given = {}) => makeEvent(app.db, office, { state: 'draft', ...given });

test('the short form makes a draft with its days, hours and a quota, and leads to the plan', async () => {
  const answer = await organizer.post(
    '/events',
    {
      kind: 'other',
      kindLabel: 'Penguatan kelembagaan',
      title: 'Penguatan LKS 2026',
      firstDay: '2026-04-06',
      from: '09:00',
      to: '',
      days: '3',
      venueName: 'Aula',
    },
    '/events/new',
  );
  expect(answer.status).toBe(303);
  const id = Number(/\/events\/(\d+)\/plan/.exec(answer.headers.location ?? '')?.[1]);
  const row = await eventRow(id);
  expect(row).toMatchObject({
    state: 'draft',
    office_id: office.id,
    kind_label: 'Penguatan kelembagaan',
    first_day: '2026-04-06',
  });
  expect(row.names_until).toEqual(row.starts_at);
  const sessions = await sessionRows(id);
  expect(sessions.map(({ date }) => date)).toEqual(['2026-04-06', '2026-04-07', '2026-04-08']);
  expect(sessions[0]?.at.toISOString()).toBe('2026-04-06T01:00:00.000Z');
  expect((row.ends_at as Date).toISOString()).toBe('2026-04-08T15:59:00.000Z');
  await one('SELECT 1 FROM event_quota WHERE event_id = $1', [id]);
  const audit = await one<{ action: string }>(
    `SELECT action FROM audit_entry WHERE subject_type = 'event' AND subject_id = $1`,
    [id],
  );
  expect(audit.action).toBe('event.created');
  const page = await organizer.get(`/events/${id}/plan`);
  expect(page.text).toContain('Senin, 6 April 2026');
  expect(page.text).toContain('09.00 WITA s.d. selesai');
});

test('the short form keeps what was typed and says at the field what is wrong', async () => {
  const answer = await organizer.post(
    '/events',
    {
      kind: 'other',
      kindLabel: '',
      title: 'Tanpa nama jenis',
      firstDay: '2026-02-30',
      from: '09:00',
      to: '08:00',
      days: '1',
    },
    '/events/new',
  );
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('value="Tanpa nama jenis"');
  expect(answer.text).toMatch(/id="field-firstDay-error">Tulis tanggal/);
});

test('another office finds nothing, and a secretary may look but not change', async () => {
  const id = await draft();
  for (const path of ['', '/plan', '/plan/days', '/clone', '/calendar.ics'])
    expect((await stranger.get(`/events/${id}${path}`)).status).toBe(404);
  expect((await stranger.post(`/events/${id}/publication`)).status).toBe(404);
  expect((await change(id, 'facts', { version: 1, kind: 'rakor', title: 'X' }, stranger)).status).toBe(404);
  expect((await secretary.get(`/events/${id}/plan`)).status).toBe(200);
  expect((await secretary.get(`/events/${id}/plan/facts`)).status).toBe(403);
  expect((await secretary.post(`/events/${id}/cancellation`, { reason: 'x' })).status).toBe(403);
});

test('a second editor is told, keeps what they typed, and may then save it', async () => {
  const id = await draft();
  const facts = { version: 1, kind: 'rakor', title: 'Judul pertama', series: 'Rakor tahunan' };
  expect((await change(id, 'facts', facts)).status).toBe(303);
  const late = await change(id, 'facts', { ...facts, title: 'Judul kedua' });
  expect(late.status).toBe(422);
  expect(late.text).toContain('value="Judul kedua"');
  expect(late.text).toContain('Orang lain baru saja mengubah rencana ini.');
  expect(late.text).toContain('name="version" value="2"');
  expect((await change(id, 'facts', { ...facts, version: 2, title: 'Judul kedua' })).status).toBe(303);
  expect(await eventRow(id)).toMatchObject({ title: 'Judul kedua', version: 3 });
  const audit = await one<{ fields: string[] }>(
    `SELECT fields FROM audit_entry WHERE subject_id = $1 AND action = 'event.changed' ORDER BY id DESC LIMIT 1`,
    [id],
  );
  expect(audit.fields).toEqual(['title']);
});

test('the plan names whom an LKS may ask, or says that nobody is named yet', async () => {
  const id = await makeEvent(app.db, office, { state: 'draft' });
  const plan = `/events/${id}/plan`;
  expect((await organizer.get(plan)).text).toContain('LKS tidak tahu harus bertanya kepada siapa');
  await app.db.query(
    `UPDATE office SET contact_name = 'Ibu Rina', contact_phone = '+6281326000111' WHERE id = $1`,
    [office.id],
  );
  const { text } = await organizer.get(plan);
  expect(text).toContain('Ibu Rina');
  expect(text).toContain('tel:+6281326000111');
  expect(text).not.toContain('harus bertanya kepada siapa');
});

test('an LKS of the registry becomes the venue by its name, and an unclear name is asked about', async () => {
  const id = await draft();
  const host = await makeInstitution(app.db, office, { name: 'Panti Budi Mulia Satu' });
  await makeInstitution(app.db, office, { name: 'Panti Budi Mulia Dua' });
  const unclear = await change(id, 'place', { version: 1, venueInstitution: 'budi mulia' });
  expect(unclear.status).toBe(422);
  expect(unclear.text).toContain('Panti Budi Mulia Dua (');
  const unknown = await change(id, 'place', { version: 1, venueInstitution: 'tidak ada di sini' });
  expect(unknown.text).toContain('Tidak ada LKS dengan nama itu');
  expect((await change(id, 'place', { version: 1, venueInstitution: 'mulia satu' })).status).toBe(303);
  expect(await eventRow(id)).toMatchObject({
    venue_institution_id: host,
    venue_name: 'Panti Budi Mulia Satu',
  });
});

test('a bare date means 23.59 in the zone of the event, and a deadline lies before the start', async () => {
  const id = await draft();
  const late = await change(id, 'deadlines', {
    version: 1,
    answerByDate: '2026-03-21',
    filling: 'selection',
  });
  expect(late.text).toContain('Batas jawaban harus sebelum kegiatan mulai');
  await change(id, 'deadlines', { version: 1, answerByDate: '2026-03-15', filling: 'selection' });
  const row = await eventRow(id);
  expect((row.answer_by as Date).toISOString()).toBe('2026-03-15T15:59:00.000Z');
  expect(row.names_until).toEqual(row.starts_at);
  expect(row.filling).toBe('selection');
});

test('rows of sessions are changed, added and removed in one form; the agenda moves with its session', async () => {
  const id = await draft({ days: ['2026-03-20', '2026-03-21'] });
  const [first, second] = await sessionRows(id);
  await change(id, 'agenda', {
    version: 1,
    'rows.0.sessionId': first?.id,
    'rows.0.from': '09:30',
    'rows.0.to': '10:00',
    'rows.0.title': 'Pembukaan',
    'rows.1.sessionId': second?.id,
    'rows.1.from': '',
    'rows.1.title': '',
  });
  const saved = await change(id, 'days', {
    version: 2,
    zone: 'Asia/Makassar',
    'rows.0.id': first?.id,
    'rows.0.date': '2026-03-22',
    'rows.0.from': '10:00',
    'rows.0.to': '12:00',
    'rows.1.id': second?.id,
    'rows.1.date': '2026-03-21',
    'rows.1.from': '09:00',
    'rows.1.remove': '1',
    'rows.2.id': '',
    'rows.2.date': '2026-03-23',
    'rows.2.from': '08:00',
    'rows.2.to': '',
    'rows.3.id': '',
    'rows.3.date': '',
    'rows.3.from': '',
  });
  expect(saved.status).toBe(303);
  const after = await sessionRows(id);
  expect(after.map(({ date }) => date)).toEqual(['2026-03-22', '2026-03-23']);
  expect(after[0]).toMatchObject({ id: first?.id, day: first?.day });
  const item = await one<{ at: Date }>('SELECT starts_at AS at FROM agenda_item WHERE session_id = $1', [
    first?.id,
  ]);
  expect(item.at.toISOString()).toBe('2026-03-22T02:30:00.000Z');
  expect(await eventRow(id)).toMatchObject({ first_day: '2026-03-22', calendar_sequence: 0 });
});

test('a row that cannot be says so at that row', async () => {
  const id = await draft();
  const [session] = await sessionRows(id);
  const answer = await change(id, 'days', {
    version: 1,
    zone: 'Asia/Makassar',
    'rows.0.id': session?.id,
    'rows.0.date': '2026-03-20',
    'rows.0.from': '10:00',
    'rows.0.to': '09:00',
    'rows.1.id': '',
    'rows.1.date': '2026-03-21',
    'rows.1.from': '',
  });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('href="#field-rows-1-from"');
  expect(answer.text).toMatch(/id="field-rows-1-from-error">Tulis jam/);
  const outside = await change(id, 'agenda', {
    version: 1,
    'rows.0.sessionId': session?.id,
    'rows.0.from': '07:00',
    'rows.0.title': 'Terlalu pagi',
  });
  expect(outside.text).toMatch(/id="field-rows-0-from-error">Jam ini di luar jam sesinya/);
  expect(outside.text).toContain('value="Terlalu pagi"');
});

test('a row of another event is never touched', async () => {
  const mine = await draft();
  const [foreign] = await sessionRows(await makeEvent(app.db, await makeOffice(app.db), { state: 'draft' }));
  await change(mine, 'days', {
    version: 1,
    zone: 'Asia/Makassar',
    'rows.0.id': foreign?.id,
    'rows.0.date': '2026-03-25',
    'rows.0.from': '10:00',
    'rows.0.remove': '1',
    'rows.1.id': '',
    'rows.1.date': '2026-03-26',
    'rows.1.from': '10:00',
  });
  expect(await one('SELECT id FROM event_session WHERE id = $1', [foreign?.id])).toEqual({ id: foreign?.id });
});

test('in another zone the hours on the wall stay and the instants move', async () => {
  const id = await draft();
  const [session] = await sessionRows(id);
  await change(id, 'days', {
    version: 1,
    zone: 'Asia/Jakarta',
    'rows.0.id': session?.id,
    'rows.0.date': '2026-03-20',
    'rows.0.from': '09:00',
    'rows.0.to': '15:00',
  });
  const row = await eventRow(id);
  expect((row.starts_at as Date).toISOString()).toBe('2026-03-20T02:00:00.000Z');
  expect((row.answer_by as Date).toISOString()).toBe('2026-03-13T16:59:00.000Z');
  expect(row.names_until).toEqual(row.starts_at);
});

test('a draft may move before its deadline; it is told before publication, and not while days are typed', async () => {
  const id = await draft();
  const [session] = await sessionRows(id);
  const saved = await change(id, 'days', {
    version: 1,
    zone: 'Asia/Makassar',
    'rows.0.id': session?.id,
    'rows.0.date': '2026-03-10',
    'rows.0.from': '09:00',
  });
  expect(saved.status).toBe(303);
  const plan = await organizer.get(`/events/${id}/plan`);
  expect(plan.text).toContain('batas jawaban sebelum kegiatan mulai');
});

test('speakers have names in three parts, and keep their place in the agenda when they change', async () => {
  const id = await draft();
  const [session] = await sessionRows(id);
  const speaker = { role: 'speaker', position: 'Kepala Bidang', origin: 'Dinas Sosial' };
  const row = (n: number, fields: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [`rows.${n}.${name}`, value]));
  await change(id, 'speakers', {
    version: 1,
    ...row(0, { ...speaker, nameBefore: 'Dr.', name: 'Contoh', nameAfter: 'M.Si.' }),
    ...row(1, { name: '', role: 'speaker' }),
  });
  const saved = await one<{ id: number }>('SELECT id FROM speaker WHERE event_id = $1', [id]);
  await change(id, 'agenda', {
    version: 2,
    ...row(0, {
      sessionId: session?.id,
      from: '09:00',
      to: '10:00',
      title: 'Kebijakan',
      speakerId: saved.id,
    }),
  });
  await change(id, 'speakers', { version: 3, ...row(0, { ...speaker, id: saved.id, name: 'Rahmah' }) });
  const plan = await organizer.get(`/events/${id}/plan`);
  expect(plan.text).toContain('Kebijakan');
  expect(plan.text.match(/Rahmah/g)).toHaveLength(2);
  await change(id, 'speakers', {
    version: 4,
    ...row(0, { ...speaker, id: saved.id, name: 'Rahmah', remove: '1' }),
  });
  expect((await app.db.query('SELECT 1 FROM speaker WHERE event_id = $1', [id])) as unknown[]).toHaveLength(
    0,
  );
});
