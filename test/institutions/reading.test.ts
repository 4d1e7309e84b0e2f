import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeInstitution } from '../factories/institutions.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

test('who looks at the people of an LKS is kept in the log, and is no change of its record', async () => {
  const office = await makeOffice(app.db);
  const browser = await new Visitor(app.app).signIn((await makeUser(app.db, office, ['leader'])).email);
  const withPeople = await makeInstitution(app.db, office, {
    leader: { name: 'Siti', phone: '+6281200000001' },
  });
  const withNobody = await makeInstitution(app.db, office);
  const page = await browser.get(`/institutions/${withPeople}`);
  await browser.get(`/institutions/${withNobody}`);
  const log = (await app.db.query(
    `SELECT subject_id FROM audit_entry WHERE action = 'persons.read'`,
  )) as unknown[];
  expect(log).toEqual([{ subject_id: withPeople }]);
  const again = await browser.get(`/institutions/${withPeople}`);
  expect(again.text.length).toBe(page.text.length);
});
