import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eraseRepresentatives } from '../../src/features/institutions/retention.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const people = (institution: number) =>
  app.db.query('SELECT name, phone, email, sex FROM representative WHERE institution_id = $1 ORDER BY id', [
    institution,
  ]) as Promise<unknown[]>;

test('contacts of who stepped down, or whose LKS is archived, end with the office’s retention; names stay', async () => {
  const office = await makeOffice(app.db, { retentionMonths: 6 });
  const patient = await makeOffice(app.db, { retentionMonths: 120 });
  const leader = { name: 'Siti', phone: '+6281200000001' };
  const [left, archived, present, elsewhere] = await Promise.all([
    makeInstitution(app.db, office, { leader }),
    makeInstitution(app.db, office, { leader }),
    makeInstitution(app.db, office, { leader }),
    makeInstitution(app.db, patient, { leader }),
  ]);
  await app.db.query(`UPDATE representative SET email = 'siti@contoh.id', sex = 'P'`);
  await app.db.query(`UPDATE representative SET ended_at = '2026-03-02' WHERE institution_id = ANY ($1)`, [
    [left, elsewhere],
  ]);
  await app.db.query(`UPDATE institution SET archived_at = '2026-03-02' WHERE id = $1`, [archived]);
  const whole = [{ name: 'Siti', phone: '+6281200000001', email: 'siti@contoh.id', sex: 'P' }];
  const erased = [{ name: 'Siti', phone: null, email: null, sex: null }];

  app.clock.set('2026-09-01T00:00:00Z');
  expect(await eraseRepresentatives(app.deps)).toBe(0);
  app.clock.set('2026-09-03T00:00:00Z');
  expect(await eraseRepresentatives(app.deps)).toBe(2);
  expect([await people(left), await people(archived)]).toEqual([erased, erased]);
  expect([await people(present), await people(elsewhere)]).toEqual([whole, whole]);
  expect(await eraseRepresentatives(app.deps)).toBe(0);
  expect(
    await app.db.query(
      `SELECT subject_id AS id, office_id AS office, way, fields, detail FROM audit_entry
       WHERE action = 'persons.erased' ORDER BY subject_id`,
    ),
  ).toEqual(
    [left, archived]
      .sort((a, b) => a - b)
      .map((id) => ({
        ...{ id, office: office.id, way: 'clock' },
        ...{ fields: ['phone', 'email', 'sex'], detail: { count: 1 } },
      })),
  );
});

test('the record of an LKS tells in words that contacts were erased', async () => {
  const office = await makeOffice(app.db, { retentionMonths: 1 });
  const id = await makeInstitution(app.db, office, { leader: { name: 'Budi', phone: '+6281200000002' } });
  await app.db.query(`UPDATE representative SET ended_at = '2026-03-02' WHERE institution_id = $1`, [id]);
  await eraseRepresentatives(app.deps);
  const reader = await new Visitor(app.app).signIn((await makeUser(app.db, office)).email);
  const { text } = await reader.get(`/institutions/${id}`);
  expect(text).toContain('Kontak lama dihapus');
});
