import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eraseOwnerPhones } from '../../src/features/actions/retention.js';
import { makeAction, makeOwner } from '../factories/actions.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const phone = '+6281200000001';

const phonesOf = async (ids: number[]): Promise<(string | null)[]> => {
  const rows = (await app.db.query('SELECT phone FROM action_owner WHERE id = ANY($1) ORDER BY id', [
    ids,
  ])) as { phone: string | null }[];
  return rows.map((row) => row.phone);
};

async function closeAt(action: number, at: string): Promise<void> {
  await app.db.query(`UPDATE action_item SET state = 'verified', closed_at = $2 WHERE id = $1`, [action, at]);
}

test('the phone of an owner ends when all that it owed has been closed for as long as the office keeps phones', async () => {
  const office = await makeOffice(app.db, { retentionMonths: 6 });
  const patient = await makeOffice(app.db, { retentionMonths: 120 });
  const owner = (of = office) => makeOwner(app.db, of, { phone });
  const owners = [await owner(), await owner(), await owner(), await owner(patient), await owner()];
  const [done = 0, owing = 0, unused = 0, elsewhere = 0, later = 0] = owners;
  await app.db.query(`UPDATE action_owner SET created_at = '2026-03-02' WHERE id = ANY($1)`, [owners]);
  for (const id of [done, owing, later])
    await closeAt(await makeAction(app.db, office, { ownerId: id }), '2026-03-02');
  await closeAt(await makeAction(app.db, patient, { ownerId: elsewhere }), '2026-03-02');
  await makeAction(app.db, office, { ownerId: owing, state: 'returned' });
  await closeAt(await makeAction(app.db, office, { ownerId: later }), '2026-03-10');

  app.clock.set('2026-09-01T00:00:00Z');
  expect(await eraseOwnerPhones(app.deps)).toBe(0);
  app.clock.set('2026-09-03T00:00:00Z');
  expect(await eraseOwnerPhones(app.deps)).toBe(2);
  expect(await phonesOf([done, unused])).toEqual([null, null]);
  expect(await phonesOf([owing, elsewhere, later])).toEqual([phone, phone, phone]);
  expect(await eraseOwnerPhones(app.deps)).toBe(0);
  app.clock.set('2026-09-11T00:00:00Z');
  expect(await eraseOwnerPhones(app.deps)).toBe(1);
  expect(await phonesOf([owing, later])).toEqual([phone, null]);
  const entry = { office: office.id, way: 'clock', fields: ['phone'], detail: { count: 1 } };
  expect(
    await app.db.query(
      `SELECT subject_type AS type, subject_id AS id, office_id AS office, way, fields, detail FROM audit_entry
       WHERE action = 'persons.erased' ORDER BY subject_id`,
    ),
  ).toEqual([done, unused, later].map((id) => ({ type: 'action_owner', id, ...entry })));
});

test('a promise that is written down while the clock waits keeps the phone', async () => {
  const office = await makeOffice(app.db, { retentionMonths: 1 });
  const id = await makeOwner(app.db, office, { phone });
  await app.db.query(`UPDATE action_owner SET created_at = '2026-01-02' WHERE id = $1`, [id]);
  app.clock.set('2026-09-03T00:00:00Z');
  const runner = app.db.createQueryRunner();
  await runner.startTransaction();
  try {
    // As the form does it: the owner first, and then what it owes.
    await runner.query(`UPDATE action_owner SET phone = '+6281200000009' WHERE id = $1`, [id]);
    await runner.query(`INSERT INTO action_item (office_id, title, owner_id) VALUES ($1, 'Baru', $2)`, [
      office.id,
      id,
    ]);
    expect(await eraseOwnerPhones(app.deps)).toBe(0);
    await runner.commitTransaction();
  } finally {
    await runner.release();
  }
  expect(await eraseOwnerPhones(app.deps)).toBe(0);
  expect(await phonesOf([id])).toEqual(['+6281200000009']);
});

test('the log tells in words that the phone of an owner was erased, and the page of the owner still opens', async () => {
  const office = await makeOffice(app.db, { retentionMonths: 1 });
  const ownerId = await makeOwner(app.db, office, { name: 'Dinas Pendidikan', phone });
  await app.db.query(`UPDATE action_owner SET created_at = '2026-01-02' WHERE id = $1`, [ownerId]);
  await closeAt(await makeAction(app.db, office, { ownerId }), '2026-03-02');
  app.clock.set('2026-09-03T00:00:00Z');
  expect(await eraseOwnerPhones(app.deps)).toBe(1);
  const reader = await new Visitor(app.app).signIn(
    (await makeUser(app.db, office, ['administrator', 'organizer'])).email,
  );
  expect((await reader.get('/settings/audit')).text).toContain('Kontak lama dihapus');
  const { status, text } = await reader.get(`/actions/owners/${ownerId}`);
  expect(status).toBe(200);
  expect(text).not.toContain(phone);
});
