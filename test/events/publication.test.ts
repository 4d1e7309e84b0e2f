import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import { advanceEvents } from '../../src/features/events/publication.service.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { answer, makeInvitations, makeSeats } from '../factories/invitations.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let actor: OfficeActor;
let organizer: Visitor;
let email: string;

beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
  const user = await makeUser(app.db, office);
  actor = { userId: user.id, office: { ...office, roles: ['organizer'] } } as unknown as OfficeActor;
  email = user.email;
});
beforeEach(async () => {
  app.clock.set('2026-03-02T02:00:00Z');
  organizer = await new Visitor(app.app).signIn(email);
});
afterAll(() => app.close());

const one = async <T>(sql: string, values: unknown[]): Promise<T> =>
  ((await app.db.query(sql, values)) as [T])[0];
const eventRow = (id: number) => one<Record<string, unknown>>('SELECT * FROM event WHERE id = $1', [id]);
const stateOf = async (id: number) => (await eventRow(id)).state;
const invitationStates = async (id: number) =>
  (
    (await app.db.query('SELECT state FROM invitation WHERE event_id = $1 ORDER BY id', [id])) as {
      state: string;
    }[]
  ).map(({ state }) => state);
const sessionOf = (id: number) =>
  one<{ id: number }>(
    'SELECT s.id FROM event_session s JOIN event_day d ON d.id = s.day_id WHERE d.event_id = $1 ORDER BY s.id LIMIT 1',
    [id],
  );
const publish = (id: number) => organizer.post(`/events/${id}/publication`, {}, `/events/${id}`);

/** A draft with place, seats and two institutions on its list. */
async function completeDraft(given: Parameters<typeof makeEvent>[2] = {}): Promise<number> {
  const id = await makeEvent(app.db, office, { state: 'draft', ...given });
  await app.db.query(`UPDATE event SET venue_name = 'Aula' WHERE id = $1`, [id]);
  await makeSeats(app, actor, id, 10);
  await makeInvitations(app, actor, id, [
    await makeInstitution(app.db, office),
    await makeInstitution(app.db, office),
  ]);
  return id;
}

async function publishedEvent(): Promise<number> {
  const id = await completeDraft();
  expect((await publish(id)).status).toBe(303);
  return id;
}

test('what is missing for publication is said plainly, and nothing is published', async () => {
  const id = await makeEvent(app.db, office, { state: 'draft', answerBy: '2026-03-01T15:59:00Z' });
  const page = await organizer.get(`/events/${id}`);
  for (const missing of ['tempat atau tautan daring', 'batas jawaban yang baru', 'jumlah kursi pada kuota'])
    expect(page.text).toContain(missing);
  const refused = await publish(id);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Kegiatan belum lengkap untuk diterbitkan.');
  expect(await stateOf(id)).toBe('draft');
});

test('publishing opens the invitations in the same breath, once', async () => {
  const id = await completeDraft();
  expect(await invitationStates(id)).toEqual(['draft', 'draft']);
  expect((await publish(id)).status).toBe(303);
  expect(await invitationStates(id)).toEqual(['open', 'open']);
  expect(await eventRow(id)).toMatchObject({ state: 'published', version: 2 });
  expect((await publish(id)).status).toBe(409);
  const { count } = await one<{ count: number }>(
    `SELECT count(*) FROM audit_entry WHERE subject_type = 'event' AND subject_id = $1 AND action = 'event.published'`,
    [id],
  );
  expect(count).toBe(1);
});

test('cancelling needs a reason, tells those invited, and ends all editing', async () => {
  const id = await publishedEvent();
  const without = await organizer.post(`/events/${id}/cancellation`, { reason: ' ' }, `/events/${id}`);
  expect(without.status).toBe(422);
  expect(await stateOf(id)).toBe('published');
  await organizer.post(`/events/${id}/cancellation`, { reason: 'Gedung terendam banjir' }, `/events/${id}`);
  expect(await eventRow(id)).toMatchObject({ state: 'cancelled', cancel_reason: 'Gedung terendam banjir' });
  const { count } = await one<{ count: number }>(
    `SELECT count(*) FROM message WHERE event_id = $1 AND purpose = 'cancellation'`,
    [id],
  );
  expect(count).toBe(2);
  const { text } = await organizer.get(`/events/${id}`);
  expect(text).toContain('Kegiatan ini dibatalkan: Gedung terendam banjir');
  // Nothing goes out by itself: the page says who does it, and where.
  expect(text).toContain('Kabari LKS yang sudah diundang');
  const edit = await organizer.post(`/events/${id}/plan/facts`, { version: 3, kind: 'rakor', title: 'X' });
  expect(edit.status).toBe(409);
  expect((await organizer.post(`/events/${id}/cancellation`, { reason: 'lagi' })).status).toBe(409);
});

test('a changed day asks for a new answer-by date and asks those who accepted again', async () => {
  const id = await publishedEvent();
  const [first] = (await app.db.query('SELECT id FROM invitation WHERE event_id = $1 ORDER BY id', [id])) as [
    { id: number },
  ];
  await answer(app, id, first.id, 'accepts');
  const session = await sessionOf(id);
  const days = {
    version: 2,
    zone: 'Asia/Makassar',
    'rows.0.id': session.id,
    'rows.0.date': '2026-03-25',
    'rows.0.from': '09:00',
    'rows.0.to': '15:00',
  };
  const from = `/events/${id}/plan/days`;
  const refused = await organizer.post(from, days, from);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Hari berubah: tentukan batas jawaban baru.');
  expect(await invitationStates(id)).toEqual(['accepted', 'open']);
  expect((await eventRow(id)).first_day).toBe('2026-03-20');

  expect((await organizer.post(from, { ...days, answerByDate: '2026-03-18' }, from)).status).toBe(303);
  expect(await invitationStates(id)).toEqual(['reconfirm', 'open']);
  const row = await eventRow(id);
  expect((row.answer_by as Date).toISOString()).toBe('2026-03-18T15:59:00.000Z');
  expect(row).toMatchObject({ first_day: '2026-03-25', calendar_sequence: 1 });
  const seat = await one<{ state: string }>('SELECT state FROM seat WHERE invitation_id = $1', [first.id]);
  expect(seat.state).toBe('held');
  expect((await organizer.get(`/events/${id}/plan`)).text).toContain('perlu konfirmasi ulang; kabari mereka');
});

test('a changed hour asks nobody again, but renews the calendar entry', async () => {
  const id = await publishedEvent();
  const session = await sessionOf(id);
  const before = await organizer.get(`/events/${id}/calendar.ics`);
  const changed = await organizer.post(`/events/${id}/plan/days`, {
    version: 2,
    zone: 'Asia/Makassar',
    'rows.0.id': session.id,
    'rows.0.date': '2026-03-20',
    'rows.0.from': '10:00',
    'rows.0.to': '15:00',
  });
  expect(changed.status).toBe(303);
  expect(await invitationStates(id)).toEqual(['open', 'open']);
  const after = await organizer.get(`/events/${id}/calendar.ics`);
  expect(after.headers['content-type']).toContain('text/calendar');
  const [old, renewed] = [before, after].map(({ text }) =>
    new ICAL.Component(ICAL.parse(text) as unknown[]).getFirstSubcomponent('vevent'),
  );
  expect(renewed?.getFirstPropertyValue('uid')).toBe(old?.getFirstPropertyValue('uid'));
  expect(old?.getFirstPropertyValue('sequence')).toBe(0);
  expect(renewed?.getFirstPropertyValue('sequence')).toBe(1);
  expect(after.text).toContain('DTSTART;TZID=Asia/Makassar:20260320T100000');
});

test('a published event cannot lose its place, its deadline or its last session', async () => {
  const id = await publishedEvent();
  const session = await sessionOf(id);
  const parts: [string, Record<string, unknown>][] = [
    ['place', { version: 2, venueName: '' }],
    ['deadlines', { version: 2, answerByDate: '' }],
    ['deadlines', { version: 2, answerByDate: '2026-03-01' }],
    ['deadlines', { version: 2, answerByDate: '2026-03-10', filling: 'selection' }],
    [
      'days',
      {
        version: 2,
        zone: 'Asia/Makassar',
        'rows.0.id': session.id,
        'rows.0.remove': '1',
        answerByDate: '2026-03-10',
      },
    ],
  ];
  for (const [part, fields] of parts)
    expect((await organizer.post(`/events/${id}/plan/${part}`, fields)).status).toBe(422);
  expect((await eventRow(id)).version).toBe(2);
});

test('the clock moves events by their days, once, and leaves those set by hand alone', async () => {
  const [plain, byHand] = [await publishedEvent(), await publishedEvent()];
  await organizer.post(`/events/${byHand}/state`, { state: 'published' }, `/events/${byHand}`);
  await advanceEvents(app.deps);
  expect(await stateOf(plain)).toBe('published');
  app.clock.set('2026-03-20T02:00:00Z');
  const moved = await Promise.all([advanceEvents(app.deps), advanceEvents(app.deps)]);
  expect(moved[0] + moved[1]).toBeGreaterThan(0);
  expect(await advanceEvents(app.deps)).toBe(0);
  expect([await stateOf(plain), await stateOf(byHand)]).toEqual(['running', 'published']);
  app.clock.set('2026-03-20T07:00:00Z');
  await advanceEvents(app.deps);
  expect(await stateOf(plain)).toBe('finished');
  const { steps } = await one<{ steps: string[] }>(
    `SELECT array_agg(detail->>'to' ORDER BY id) AS steps FROM audit_entry
     WHERE subject_id = $1 AND action = 'event.advanced' AND way = 'clock'`,
    [plain],
  );
  expect(steps).toEqual(['running', 'finished']);
  organizer = await new Visitor(app.app).signIn(email);
  await organizer.post(`/events/${byHand}/state`, { state: 'clock' }, `/events/${byHand}`);
  expect(await eventRow(byHand)).toMatchObject({ state: 'finished', state_by_hand: false });
});

test('a copy is a draft on new days with the same hours, agenda, speakers and seats, and nobody invited', async () => {
  const id = await completeDraft({ days: ['2026-03-20', '2026-03-21'] });
  const session = await sessionOf(id);
  await organizer.post(`/events/${id}/plan/speakers`, {
    version: 1,
    'rows.0.name': 'Rahmah',
    'rows.0.role': 'chair',
  });
  const speaker = await one<{ id: number }>('SELECT id FROM speaker WHERE event_id = $1', [id]);
  await organizer.post(`/events/${id}/plan/agenda`, {
    version: 2,
    'rows.0.sessionId': session.id,
    'rows.0.from': '09:00',
    'rows.0.title': 'Pembukaan',
    'rows.0.speakerId': speaker.id,
  });
  await publish(id);
  const made = await organizer.post(
    `/events/${id}/clone`,
    { title: 'Angkatan II', firstDay: '2026-05-04' },
    `/events/${id}/clone`,
  );
  const copy = Number(/\/events\/(\d+)\/plan/.exec(made.headers.location ?? '')?.[1]);
  const row = await eventRow(copy);
  expect(row).toMatchObject({
    title: 'Angkatan II',
    state: 'draft',
    first_day: '2026-05-04',
    cloned_from_id: id,
    published_at: null,
  });
  expect((row.starts_at as Date).toISOString()).toBe('2026-05-04T01:00:00.000Z');
  expect((row.ends_at as Date).toISOString()).toBe('2026-05-05T07:00:00.000Z');
  expect((row.answer_by as Date).toISOString()).toBe('2026-04-27T15:59:00.000Z');
  const item = await one<{ name: string; at: Date }>(
    `SELECT p.name, a.starts_at AS at FROM agenda_item a JOIN speaker p ON p.id = a.speaker_id WHERE p.event_id = $1`,
    [copy],
  );
  expect(item).toEqual({ name: 'Rahmah', at: new Date('2026-05-04T01:00:00Z') });
  expect(await one('SELECT seats FROM event_quota WHERE event_id = $1', [copy])).toEqual({ seats: 10 });
  expect(await invitationStates(copy)).toEqual([]);
});
