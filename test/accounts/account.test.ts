import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Office } from '../../src/features/offices/office.entity.js';
import { isCommonPassword } from '../../src/features/accounts/passwords.js';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
});
afterAll(() => app.close());

const fresh = 'perahu kecil di rawa';

test('a person changes their name and address, and the log names the fields without their values', async () => {
  const user = await makeUser(app.db, office);
  const visitor = await new Visitor(app.app).signIn(user.email);
  const saved = await visitor.post('/account', {
    language: 'en',
    nameBefore: 'Hj.',
    name: 'Aminah',
    nameAfter: '',
    email: 'aminah@contoh.id',
  });
  expect(saved.status).toBe(303);
  expect((await visitor.get('/account')).text).toContain('Hj. Aminah');
  const [entry] = (await app.db.query(
    `SELECT fields, detail FROM audit_entry WHERE action = 'account.changed'`,
  )) as [{ fields: string[]; detail: object }];
  expect(entry).toEqual({ fields: ['nameBefore', 'name', 'email', 'language'], detail: {} });
});

test('an address that somebody else uses is refused at its field', async () => {
  const [one, two] = [await makeUser(app.db, office), await makeUser(app.db, office)];
  const visitor = await new Visitor(app.app).signIn(one.email);
  const response = await visitor.post('/account', { name: 'Siapa Saja', email: two.email, language: 'id' });
  expect(response.status).toBe(422);
  expect(response.text).toContain('Surel ini sudah dipakai orang lain.');
});

test('a new password needs the old one, and ends the sessions on other devices only', async () => {
  const user = await makeUser(app.db, office);
  const here = await new Visitor(app.app).signIn(user.email);
  const there = await new Visitor(app.app).signIn(user.email);
  const change = (current: string) =>
    here.post('/account/password', { current, password: fresh, passwordAgain: fresh });
  const wrong = await change('bukan ini');
  expect([wrong.status, wrong.text.includes('tidak cocok')]).toEqual([422, true]);
  expect((await there.get('/')).status).toBe(200);
  expect((await change(factoryPassword)).status).toBe(303);
  expect((await here.get('/account')).text).toContain('Kata sandi sudah diganti');
  expect((await there.get('/')).headers.location).toBe('/session');
  await new Visitor(app.app).signIn(user.email, fresh);
});

test('signing out everywhere ends all sessions, this one too', async () => {
  const user = await makeUser(app.db, office);
  const [here, there] = [
    await new Visitor(app.app).signIn(user.email),
    await new Visitor(app.app).signIn(user.email),
  ];
  expect((await here.post('/account/sessions/end')).headers.location).toBe('/session');
  for (const visitor of [here, there]) expect((await visitor.get('/')).headers.location).toBe('/session');
});

test('who belongs to no office is told what to do', async () => {
  const user = await makeUser(app.db, undefined);
  const visitor = await new Visitor(app.app).signIn(user.email);
  expect((await visitor.get('/account/offices')).text).toContain('belum menjadi petugas');
});

test.each([
  'Password123!',
  'rahasia2026',
  '1234567890',
  'aaaaaaaaaaaa',
  'abcdefghijkl',
  'budi.santoso',
  '0812345678',
])('the password %s is one that others would try', (password) =>
  expect(isCommonPassword(password, ['budi.santoso@contoh.id', 'budi.santoso'])).toBe(true),
);

test.each(['payung biru di teras', 'k7#mQz-88-lampu', 'sandiwara-rakyat'])(
  'the password %s is not',
  (password) => expect(isCommonPassword(password, ['budi@contoh.id', 'budi'])).toBe(false),
);
