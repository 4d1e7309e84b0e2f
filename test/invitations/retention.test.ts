import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eraseCallNotes, erasePersonalData } from '../../src/features/invitations/retention.js';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { answer, makeInvitations, makeSeats } from '../factories/invitations.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

test('needs end with the event, phone and sex after the office’s retention time, names and counts stay', async () => {
  const office = await makeOffice(app.db, { retentionMonths: 6 });
  const user = await makeUser(app.db, office);
  const actor = { userId: user.id, office: { ...office, roles: ['organizer'] } } as unknown as OfficeActor;
  const eventId = await makeEvent(app.db, office);
  await makeSeats(app, actor, eventId, 5);
  const lks = await makeInstitution(app.db, office, { leader: { name: 'Siti', phone: '+6281200000001' } });
  const [invitation = 0] = await makeInvitations(app, actor, eventId, [lks]);
  await answer(app, eventId, invitation, 'accepts');
  await app.db.query(`UPDATE delegate SET needs = 'kursi roda', sex = 'P'`);
  const delegate = async () =>
    ((await app.db.query('SELECT name, sex, phone, needs FROM delegate')) as unknown[])[0];

  expect(await erasePersonalData(app.deps)).toBe(0);
  app.clock.set('2026-03-21T00:00:00Z');
  expect(await erasePersonalData(app.deps)).toBe(1);
  expect(await delegate()).toEqual({ name: 'Siti', sex: 'P', phone: '+6281200000001', needs: '' });
  app.clock.set('2026-09-21T00:00:00Z');
  expect(await erasePersonalData(app.deps)).toBe(1);
  expect(await delegate()).toEqual({ name: 'Siti', sex: null, phone: null, needs: '' });
  expect(await erasePersonalData(app.deps)).toBe(0);
  const entries = (await app.db.query(
    `SELECT detail FROM audit_entry WHERE action = 'persons.erased' ORDER BY id`,
  )) as unknown[];
  expect(entries).toEqual([
    { detail: { count: 1, male: 0, female: 0 } },
    { detail: { count: 1, male: 0, female: 1 } },
  ]);
});

test('what was said on the phone ends with the contacts; that there was a call stays as it was noted', async () => {
  const office = await makeOffice(app.db, { retentionMonths: 6 });
  const user = await makeUser(app.db, office);
  const actor = { userId: user.id, office: { ...office, roles: ['organizer'] } } as unknown as OfficeActor;
  const eventId = await makeEvent(app.db, office);
  await makeSeats(app, actor, eventId, 5);
  const [invitation] = await makeInvitations(app, actor, eventId, [await makeInstitution(app.db, office)]);
  const [{ id }] = (await app.db.query(
    `INSERT INTO phone_call (invitation_id, event_id, at, user_id, outcome, text)
     VALUES ($1, $2, '2026-03-10T02:00Z', $3, 'other', 'Ketua sedang sakit') RETURNING id`,
    [invitation, eventId, user.id],
  )) as [{ id: number }];
  const text = async () =>
    ((await app.db.query('SELECT text FROM phone_call WHERE id = $1', [id])) as [{ text: string }])[0].text;
  app.clock.set('2026-09-19T00:00:00Z');
  expect(await eraseCallNotes(app.deps)).toBe(0);
  app.clock.set('2026-09-21T00:00:00Z');
  expect([await eraseCallNotes(app.deps), await text()]).toEqual([1, '']);
  expect(await eraseCallNotes(app.deps)).toBe(0);
  for (const change of [`text = 'lain'`, `outcome = 'no_answer'`, `at = now()`])
    await expect(app.db.query(`UPDATE phone_call SET ${change} WHERE id = $1`, [id])).rejects.toThrow();
  await expect(app.db.query('DELETE FROM phone_call WHERE id = $1', [id])).rejects.toThrow();
});
