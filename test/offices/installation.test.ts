import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let installer: Visitor;
beforeAll(async () => {
  app = await startTestApp();
  const user = await makeUser(app.db, undefined, [], { isInstallationAdmin: true });
  installer = await new Visitor(app.app).signIn(user.email);
});
afterAll(() => app.close());

const form = {
  officeName: 'LKKS Kota Malang',
  shortName: 'LKKS Malang',
  regionCode: '35.73',
  name: 'Sari',
  email: 'sari@contoh.id',
};

test('a new office gets its first administrator, who gets a link', async () => {
  const made = await installer.post('/installation/offices', form);
  expect(made.status).toBe(201);
  expect(made.text).toMatch(/\/access\/[\w-]{43}/);
  const rows = (await app.db.query(
    `SELECT o.name, o.zone, m.roles FROM office o JOIN membership m ON m.office_id = o.id`,
  )) as unknown[];
  expect(rows).toEqual([
    { name: 'LKKS Kota Malang', zone: 'Asia/Jakarta', roles: ['administrator', 'organizer'] },
  ]);
  const page = await installer.get('/installation');
  expect(page.text).toContain('LKKS Kota Malang');
  expect(page.text).toMatch(/Versi PostgreSQL<\/dt><dd class="numeric">1\d/);
});

test('a region that does not exist is refused, and nothing is made', async () => {
  const wrong = await installer.post('/installation/offices', {
    ...form,
    regionCode: '99.99',
    email: 'lain@contoh.id',
  });
  expect(wrong.status).toBe(422);
  expect(await app.db.query(`SELECT 1 FROM app_user WHERE email = 'lain@contoh.id'`)).toEqual([]);
});

test('the installation makes a link for somebody of several offices, and each of them can read of it', async () => {
  const [one, two] = [await makeOffice(app.db), await makeOffice(app.db)];
  const user = await makeUser(app.db, one);
  await app.db.query(`INSERT INTO membership (office_id, user_id, roles) VALUES ($1, $2, '{leader}')`, [
    two.id,
    user.id,
  ]);
  expect((await installer.post('/installation/links', { email: user.email })).status).toBe(201);
  const rows = (await app.db.query(
    `SELECT office_id FROM audit_entry WHERE action = 'colleague.reset_link_made' ORDER BY office_id`,
  )) as unknown[];
  expect(rows).toEqual([{ office_id: one.id }, { office_id: two.id }]);
  expect((await installer.post('/installation/links', { email: 'siapa@contoh.id' })).text).toContain(
    'Tidak ada akun',
  );
});
