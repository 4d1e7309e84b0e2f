import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { answer, makeInvitations, makeSeats } from '../factories/invitations.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { inTransaction } from '../../src/database/data-source.js';
import { confirm } from '../../src/features/invitations/answering.js';
import { linkAuthor, withBook } from '../../src/features/invitations/book.js';
import { askReconfirmation, offerByHand, officeAuthor } from '../../src/features/invitations/invitations.service.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { brokenRules } from '../support/invariants.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let actor: OfficeActor;
let organizer: Visitor;

beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
});
beforeEach(async () => {
  app.clock.set('2026-03-02T02:00:00Z');
  const user = await makeUser(app.db, office);
  actor = { userId: user.id, office: { ...office, roles: ['organizer'] } } as unknown as OfficeActor;
  organizer = await new Visitor(app.app).signIn(user.email);
});
afterAll(() => app.close());

interface Row {
  state: string;
  token_version: number;
  code_hash: string | null;
}
const invitation = async (id: number): Promise<Row> => {
  const [row] = (await app.db.query('SELECT * FROM invitation WHERE id = $1', [id])) as [Row];
  return row;
};

/** An event with so many seats, and so many institutions on its list. */
async function scene(given: Parameters<typeof makeEvent>[2], seats: number, count: number, by = actor) {
  const eventId = await makeEvent(app.db, by.office, given);
  await makeSeats(app, by, eventId, seats);
  const ids: number[] = [];
  for (let n = 0; n < count; n += 1) ids.push(await makeInstitution(app.db, by.office));
  return { eventId, invitations: await makeInvitations(app, by, eventId, ids) };
}

test('a new link through an own event leaves the invitation of another office alone', async () => {
  const neighbour = await makeOffice(app.db);
  const user = await makeUser(app.db, neighbour);
  const other = { userId: user.id, office: { ...neighbour, roles: ['organizer'] } } as unknown as OfficeActor;
  const theirs = await scene({}, 5, 1, other);
  const own = await scene({}, 5, 1);
  const [foreign = 0] = theirs.invitations;
  const before = await invitation(foreign);
  const reply = await organizer.post(`/events/${own.eventId}/invitations/${foreign}/link`);
  expect(reply.status).toBe(404);
  expect(await invitation(foreign)).toEqual(before);
});

test('a seat number of another event cannot be named as a reserved seat', async () => {
  const { eventId } = await scene({}, 5, 0);
  expect((await organizer.post(`/events/${eventId}/quota/reserved/999999`, { holderName: 'X' })).status).toBe(404);
});

test('nobody is invited to a draft, and nobody after answer-by', async () => {
  const draft = await scene({ state: 'draft' }, 5, 1);
  const refused = await organizer.post(`/events/${draft.eventId}/invitations/opening`);
  expect(refused.status).toBe(409);
  expect((await invitation(draft.invitations[0] ?? 0)).state).toBe('draft');

  app.clock.set('2026-03-14T00:00:00Z');
  const late = await scene({}, 5, 1);
  expect((await invitation(late.invitations[0] ?? 0)).state).toBe('draft');
});

test('an offer of an event that was cancelled cannot be taken, nor a day confirmed', async () => {
  const { eventId, invitations } = await scene({ filling: 'selection' }, 5, 2);
  const [offered = 0, other = 0] = invitations;
  await organizer.post(`/events/${eventId}/invitations/opening`);
  await answer(app, eventId, other, 'accepts');
  await inTransaction(app.db, (tx) =>
    askReconfirmation(tx, app.clock, actor, eventId, new Date('2026-03-10T00:00:00Z')),
  );
  await organizer.post(`/events/${eventId}/cancellation`, { reason: 'banjir' });
  await expect(answer(app, eventId, offered, 'accepts')).rejects.toThrow('answer.closed_cancelled');
  await expect(withBook(app.deps, eventId, linkAuthor, (book) => confirm(book, other))).rejects.toThrow(
    'answer.closed_cancelled',
  );
  expect((await invitation(offered)).state).toBe('offered');
});

test('what the office does after cancelling tells nobody that an offer ended', async () => {
  const { eventId, invitations } = await scene({ filling: 'selection' }, 5, 2);
  await organizer.post(`/events/${eventId}/invitations/opening`);
  await organizer.post(`/events/${eventId}/cancellation`, { reason: 'banjir' });
  app.clock.set('2026-03-30T00:00:00Z');
  await organizer.post(`/events/${eventId}/invitations/${invitations[0]}/revocation`, { reason: 'keliru' });
  const [message] = (await app.db.query(
    `SELECT purpose FROM message WHERE invitation_id = $1 AND state = 'queued'`,
    [invitations[1]],
  )) as [{ purpose: string }];
  expect(message.purpose).toBe('cancellation');
});

test('a moved day gives further seats on offer back, and asks again who had not confirmed the last move', async () => {
  const { eventId, invitations } = await scene({}, 3, 1);
  const [id = 0] = invitations;
  await answer(app, eventId, id, 'accepts');
  await withBook(app.deps, eventId, officeAuthor(actor), (book) => offerByHand(book, id, 1));
  const move = (iso: string) =>
    inTransaction(app.db, (tx) => askReconfirmation(tx, app.clock, actor, eventId, new Date(iso)));
  await move('2026-03-10T00:00:00Z');
  await move('2026-03-12T00:00:00Z');
  const [held] = (await app.db.query('SELECT hold_until AS until FROM invitation WHERE id = $1', [id])) as [
    { until: Date },
  ];
  expect(held.until.toISOString()).toBe('2026-03-12T00:00:00.000Z');
  await withBook(app.deps, eventId, linkAuthor, (book) => confirm(book, id));
  expect(await brokenRules(app.db, eventId)).toEqual([]);
  const seats = await app.db.query(`SELECT 1 FROM seat WHERE event_id = $1 AND state = 'free'`, [eventId]);
  expect(seats).toHaveLength(2);
});
