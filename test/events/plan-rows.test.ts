import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeEvent } from '../factories/events.js';
import { makeOffice } from '../factories/people.js';
import { openDesk, type Desk } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.app.close());

test('rows of sessions are changed, added and removed in one form; the agenda moves with its session', async () => {
  const id = await desk.draft({ days: ['2026-03-20', '2026-03-21'] });
  const [first, second] = await desk.sessionRows(id);
  await desk.change(id, 'agenda', {
    version: 1,
    'rows.0.sessionId': first?.id,
    'rows.0.from': '09:30',
    'rows.0.to': '10:00',
    'rows.0.title': 'Pembukaan',
    'rows.1.sessionId': second?.id,
    'rows.1.from': '',
    'rows.1.title': '',
  });
  const saved = await desk.change(id, 'days', {
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
  const after = await desk.sessionRows(id);
  expect(after.map(({ date }) => date)).toEqual(['2026-03-22', '2026-03-23']);
  expect(after[0]).toMatchObject({ id: first?.id, day: first?.day });
  const item = await desk.one<{ at: Date }>('SELECT starts_at AS at FROM agenda_item WHERE session_id = $1', [
    first?.id,
  ]);
  expect(item.at.toISOString()).toBe('2026-03-22T02:30:00.000Z');
  expect(await desk.eventRow(id)).toMatchObject({ first_day: '2026-03-22', calendar_sequence: 0 });
});

test('a row that cannot be says so at that row', async () => {
  const id = await desk.draft();
  const [session] = await desk.sessionRows(id);
  const answer = await desk.change(id, 'days', {
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
  const outside = await desk.change(id, 'agenda', {
    version: 1,
    'rows.0.sessionId': session?.id,
    'rows.0.from': '07:00',
    'rows.0.title': 'Terlalu pagi',
  });
  expect(outside.text).toMatch(/id="field-rows-0-from-error">Jam ini di luar jam sesinya/);
  expect(outside.text).toContain('value="Terlalu pagi"');
});

test('a row of another event is never touched', async () => {
  const mine = await desk.draft();
  const [foreign] = await desk.sessionRows(
    await makeEvent(desk.app.db, await makeOffice(desk.app.db), { state: 'draft' }),
  );
  await desk.change(mine, 'days', {
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
  expect(await desk.one('SELECT id FROM event_session WHERE id = $1', [foreign?.id])).toEqual({
    id: foreign?.id,
  });
});

test('in another zone the hours on the wall stay and the instants move', async () => {
  const id = await desk.draft();
  const [session] = await desk.sessionRows(id);
  await desk.change(id, 'days', {
    version: 1,
    zone: 'Asia/Jakarta',
    'rows.0.id': session?.id,
    'rows.0.date': '2026-03-20',
    'rows.0.from': '09:00',
    'rows.0.to': '15:00',
  });
  const row = await desk.eventRow(id);
  expect((row.starts_at as Date).toISOString()).toBe('2026-03-20T02:00:00.000Z');
  expect((row.answer_by as Date).toISOString()).toBe('2026-03-13T16:59:00.000Z');
  expect(row.names_until).toEqual(row.starts_at);
});

test('a draft may move before its deadline; it is told before publication, and not while days are typed', async () => {
  const id = await desk.draft();
  const [session] = await desk.sessionRows(id);
  const saved = await desk.change(id, 'days', {
    version: 1,
    zone: 'Asia/Makassar',
    'rows.0.id': session?.id,
    'rows.0.date': '2026-03-10',
    'rows.0.from': '09:00',
  });
  expect(saved.status).toBe(303);
  const plan = await desk.organizer.get(`/events/${id}/plan`);
  expect(plan.text).toContain('batas jawaban sebelum kegiatan mulai');
});

test('speakers have names in three parts, and keep their place in the agenda when they change', async () => {
  const id = await desk.draft();
  const [session] = await desk.sessionRows(id);
  const speaker = { role: 'speaker', position: 'Kepala Bidang', origin: 'Dinas Sosial' };
  const row = (n: number, fields: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [`rows.${n}.${name}`, value]));
  await desk.change(id, 'speakers', {
    version: 1,
    ...row(0, { ...speaker, nameBefore: 'Dr.', name: 'Contoh', nameAfter: 'M.Si.' }),
    ...row(1, { name: '', role: 'speaker' }),
  });
  const saved = await desk.one<{ id: number }>('SELECT id FROM speaker WHERE event_id = $1', [id]);
  await desk.change(id, 'agenda', {
    version: 2,
    ...row(0, {
      sessionId: session?.id,
      from: '09:00',
      to: '10:00',
      title: 'Kebijakan',
      speakerId: saved.id,
    }),
  });
  await desk.change(id, 'speakers', { version: 3, ...row(0, { ...speaker, id: saved.id, name: 'Rahmah' }) });
  const plan = await desk.organizer.get(`/events/${id}/plan`);
  expect(plan.text).toContain('Kebijakan');
  expect(plan.text.match(/Rahmah/g)).toHaveLength(2);
  await desk.change(id, 'speakers', {
    version: 4,
    ...row(0, { ...speaker, id: saved.id, name: 'Rahmah', remove: '1' }),
  });
  expect(
    (await desk.app.db.query('SELECT 1 FROM speaker WHERE event_id = $1', [id])) as unknown[],
  ).toHaveLength(0);
});
