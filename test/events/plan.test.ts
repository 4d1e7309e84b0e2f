import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeInstitution } from '../factories/institutions.js';
import { openDesk, type Desk } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.app.close());

test('the short form makes a draft with its days, hours and a quota, and leads to the plan', async () => {
  const answer = await desk.organizer.post(
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
  const row = await desk.eventRow(id);
  expect(row).toMatchObject({
    state: 'draft',
    office_id: desk.office.id,
    kind_label: 'Penguatan kelembagaan',
    first_day: '2026-04-06',
  });
  expect(row.names_until).toEqual(row.starts_at);
  const sessions = await desk.sessionRows(id);
  expect(sessions.map(({ date }) => date)).toEqual(['2026-04-06', '2026-04-07', '2026-04-08']);
  expect(sessions[0]?.at.toISOString()).toBe('2026-04-06T01:00:00.000Z');
  expect((row.ends_at as Date).toISOString()).toBe('2026-04-08T15:59:00.000Z');
  await desk.one('SELECT 1 FROM event_quota WHERE event_id = $1', [id]);
  const audit = await desk.one<{ action: string }>(
    `SELECT action FROM audit_entry WHERE subject_type = 'event' AND subject_id = $1`,
    [id],
  );
  expect(audit.action).toBe('event.created');
  const page = await desk.organizer.get(`/events/${id}/plan`);
  expect(page.text).toContain('Senin, 6 April 2026');
  expect(page.text).toContain('09.00 WITA s.d. selesai');
});

test('the short form keeps what was typed and says at the field what is wrong', async () => {
  const answer = await desk.organizer.post(
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
  const id = await desk.draft();
  for (const path of ['', '/plan', '/plan/days', '/clone', '/calendar.ics'])
    expect((await desk.stranger.get(`/events/${id}${path}`)).status).toBe(404);
  expect((await desk.stranger.post(`/events/${id}/publication`)).status).toBe(404);
  expect(
    (await desk.change(id, 'facts', { version: 1, kind: 'rakor', title: 'X' }, desk.stranger)).status,
  ).toBe(404);
  expect((await desk.secretary.get(`/events/${id}/plan`)).status).toBe(200);
  expect((await desk.secretary.get(`/events/${id}/plan/facts`)).status).toBe(403);
  expect((await desk.secretary.post(`/events/${id}/cancellation`, { reason: 'x' })).status).toBe(403);
});

test('a second editor is told, keeps what they typed, and may then save it', async () => {
  const id = await desk.draft();
  const facts = { version: 1, kind: 'rakor', title: 'Judul pertama', series: 'Rakor tahunan' };
  expect((await desk.change(id, 'facts', facts)).status).toBe(303);
  const late = await desk.change(id, 'facts', { ...facts, title: 'Judul kedua' });
  expect(late.status).toBe(422);
  expect(late.text).toContain('value="Judul kedua"');
  expect(late.text).toContain('Orang lain baru saja mengubah rencana ini.');
  expect(late.text).toContain('name="version" value="2"');
  expect((await desk.change(id, 'facts', { ...facts, version: 2, title: 'Judul kedua' })).status).toBe(303);
  expect(await desk.eventRow(id)).toMatchObject({ title: 'Judul kedua', version: 3 });
  const audit = await desk.one<{ fields: string[] }>(
    `SELECT fields FROM audit_entry WHERE subject_id = $1 AND action = 'event.changed' ORDER BY id DESC LIMIT 1`,
    [id],
  );
  expect(audit.fields).toEqual(['title']);
});

test('the plan names whom an LKS may ask, or says that nobody is named yet', async () => {
  const id = await desk.draft();
  const plan = `/events/${id}/plan`;
  expect((await desk.organizer.get(plan)).text).toContain('LKS tidak tahu harus bertanya kepada siapa');
  await desk.app.db.query(
    `UPDATE office SET contact_name = 'Ibu Rina', contact_phone = '+6281326000111' WHERE id = $1`,
    [desk.office.id],
  );
  const { text } = await desk.organizer.get(plan);
  expect(text).toContain('Ibu Rina');
  expect(text).toContain('tel:+6281326000111');
  expect(text).not.toContain('harus bertanya kepada siapa');
});

test('an LKS of the registry becomes the venue by its name, and an unclear name is asked about', async () => {
  const id = await desk.draft();
  const host = await makeInstitution(desk.app.db, desk.office, { name: 'Panti Budi Mulia Satu' });
  await makeInstitution(desk.app.db, desk.office, { name: 'Panti Budi Mulia Dua' });
  const unclear = await desk.change(id, 'place', { version: 1, venueInstitution: 'budi mulia' });
  expect(unclear.status).toBe(422);
  expect(unclear.text).toContain('Panti Budi Mulia Dua (');
  const unknown = await desk.change(id, 'place', { version: 1, venueInstitution: 'tidak ada di sini' });
  expect(unknown.text).toContain('Tidak ada LKS dengan nama itu');
  expect((await desk.change(id, 'place', { version: 1, venueInstitution: 'mulia satu' })).status).toBe(303);
  expect(await desk.eventRow(id)).toMatchObject({
    venue_institution_id: host,
    venue_name: 'Panti Budi Mulia Satu',
  });
});

test('a bare date means 23.59 in the zone of the event, and a deadline lies before the start', async () => {
  const id = await desk.draft();
  const late = await desk.change(id, 'deadlines', {
    version: 1,
    answerByDate: '2026-03-21',
    filling: 'selection',
  });
  expect(late.text).toContain('Batas jawaban harus sebelum kegiatan mulai');
  await desk.change(id, 'deadlines', { version: 1, answerByDate: '2026-03-15', filling: 'selection' });
  const row = await desk.eventRow(id);
  expect((row.answer_by as Date).toISOString()).toBe('2026-03-15T15:59:00.000Z');
  expect(row.names_until).toEqual(row.starts_at);
  expect(row.filling).toBe('selection');
});

test('venues are suggested from all that the office sees, however many there are, and from no other', async () => {
  await desk.app.db.query(
    `INSERT INTO institution (name, name_normalised, search_text, region_code, managing_office_id)
     SELECT 'Panti Banyak ' || n, 'panti banyak ' || n, 'panti banyak ' || n, '63.71', $1
     FROM generate_series(1000, 1600) AS n`,
    [desk.office.id],
  );
  await makeInstitution(desk.app.db, desk.office, { name: 'Zamrud Kasih', regionCode: '63.72' });
  await makeInstitution(desk.app.db, desk.office, { name: 'Zamrud Jauh', regionCode: '33.10' });
  const page = await desk.organizer.get(`/events/${await desk.draft()}/plan/place`);
  expect(page.text).toContain('data-suggest="/events/venues"');
  expect(page.text).not.toContain('Zamrud Kasih');
  const found = await desk.organizer.get('/events/venues?q=zamrud');
  expect(found.body).toEqual(['Zamrud Kasih (Kota Banjarbaru)']);
  expect((await desk.organizer.get('/events/venues?q=panti%20banyak')).body).toHaveLength(20);
  expect((await desk.secretary.get('/events/venues?q=zamrud')).status).toBe(403);
});

test('a draft whose answer-by has passed says at the publish button what to change, and leads there', async () => {
  const id = await desk.draft({ answerBy: '2026-03-01T15:59:00Z' });
  const page = await desk.organizer.get(`/events/${id}`);
  expect(page.text).toContain('sudah lewat, pilih waktu yang akan datang');
  expect(page.text).toContain(`href="/events/${id}/plan/deadlines"`);
  const refused = await desk.organizer.post(`/events/${id}/publication`);
  expect([refused.status, refused.text.includes('sudah lewat, pilih waktu')]).toEqual([422, true]);
});
