import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { OfficeActor, Role } from '../../src/features/accounts/permissions.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { answer, makeInvitations, makeSeats } from '../factories/invitations.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let page: string;
let delegate: number;

beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
  const user = await makeUser(app.db, office);
  const actor = { userId: user.id, office: { ...office, roles: ['organizer'] } } as unknown as OfficeActor;
  const eventId = await makeEvent(app.db, office);
  await makeSeats(app, actor, eventId, 5);
  const lks = await makeInstitution(app.db, office, { leader: { name: 'Siti' } });
  const [id = 0] = await makeInvitations(app, actor, eventId, [lks]);
  await answer(app, eventId, id, 'accepts');
  const [row] = (await app.db.query(`UPDATE delegate SET needs = 'kursi roda' RETURNING id`)) as [
    [{ id: number }],
  ];
  delegate = row[0].id;
  page = `/events/${eventId}/invitations/${id}`;
});
afterAll(() => app.close());

const as = async (role: Role) => new Visitor(app.app).signIn((await makeUser(app.db, office, [role])).email);
const stored = async () => ((await app.db.query('SELECT name, needs FROM delegate')) as unknown[])[0];

test.each([
  ['administrator', true],
  ['organizer', true],
  ['secretary', false],
  ['leader', false],
] as const)('what a delegate needs: the %s sees it: %s', async (role, sees) => {
  const { status, text } = await (await as(role)).get(page);
  expect([status, text.includes('Siti'), text.includes('kursi roda')]).toEqual([200, true, sees]);
});

test('a secretary who corrects a name neither sees nor overwrites what the delegate needs', async () => {
  const secretary = await as('secretary');
  const form = `${page}/delegates/${delegate}`;
  await secretary.post(form, { other: 'same', name: 'Siti Aminah', needs: 'ditimpa' });
  expect(await stored()).toEqual({ name: 'Siti Aminah', needs: 'kursi roda' });
  const wrong = await secretary.post(form, { other: 'same', name: 'Siti', phone: 'x' });
  expect([wrong.status, wrong.text.includes('kursi roda')]).toEqual([422, false]);
  await (await as('organizer')).post(form, { other: 'same', name: 'Siti Aminah', needs: 'vegetarian' });
  expect(await stored()).toEqual({ name: 'Siti Aminah', needs: 'vegetarian' });
});

test('more seats than are free cannot be offered: the page says so at the number that was typed', async () => {
  await app.db.query(`UPDATE event SET filling = 'selection'`);
  const lks = await makeInstitution(app.db, office);
  const [eventId] = /\d+/.exec(page) ?? [];
  const user = await makeUser(app.db, office);
  const actor = { userId: user.id, office: { ...office, roles: ['organizer'] } } as unknown as OfficeActor;
  const [id = 0] = await makeInvitations(app, actor, Number(eventId), [lks]);
  await app.db.query(`UPDATE invitation SET state = 'lapsed' WHERE id = $1`, [id]);
  const refused = await (
    await as('organizer')
  ).post(`/events/${eventId}/invitations/${id}/offer`, { seats: '40' });
  expect([refused.status, refused.text.includes('Diperlukan 40 kursi')]).toEqual([422, true]);
});
