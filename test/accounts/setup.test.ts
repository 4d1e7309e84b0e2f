import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { prepareSetup } from '../../src/features/accounts/setup.service.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let code: string;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const filled = {
  officeName: 'Dinas Sosial Kabupaten Klaten',
  shortName: 'Dinsos Klaten',
  regionCode: '33.10',
  nameBefore: 'Dra.',
  name: 'Wulan Contoh',
  nameAfter: 'M.Si.',
  email: 'Wulan@contoh.id',
  password: 'payung biru di teras',
  passwordAgain: 'payung biru di teras',
};
const send = (fields: Record<string, string>) => new Visitor(app.app).post('/setup', fields, '/setup');

test('while nobody can sign in, every page leads to the first run', async () => {
  for (const path of ['/', '/session', '/settings', '/tidak-ada'])
    expect((await new Visitor(app.app).get(path)).headers.location).toBe('/setup');
});

test('each start makes a new code, and only the newest one works', async () => {
  const old = String(await prepareSetup(app.deps));
  code = String(await prepareSetup(app.deps));
  expect(code).toMatch(/^[2-9A-Z]{5}-[2-9A-Z]{5}$/);
  const response = await send({ ...filled, code: old });
  expect(response.status).toBe(422);
  expect(response.text).toContain('Kode ini tidak cocok');
  expect(response.text).toContain('value="Dinas Sosial Kabupaten Klaten"');
  expect(response.text).toContain('<option value="33.10" selected>');
});

test('the code itself is not in the database', async () => {
  const rows = JSON.stringify(await app.db.query('SELECT * FROM setup_code'));
  expect(rows).not.toContain(code);
  expect(rows).not.toContain(code.replace('-', ''));
});

test('a weak, short or differing password is refused at its field', async () => {
  const weak = await send({ ...filled, code, password: 'Password123', passwordAgain: 'Password123' });
  expect(weak.text).toContain('mudah ditebak');
  const short = await send({ ...filled, code, password: 'pendek', passwordAgain: 'pendek' });
  expect(short.text).toContain('Paling sedikit 10 huruf.');
  const differs = await send({ ...filled, code, passwordAgain: 'payung merah di teras' });
  expect(differs.text).toContain('Kedua kata sandi tidak sama.');
  for (const response of [weak, short, differs]) expect(response.status).toBe(422);
});

test('a setting gives the code beforehand, for tests and the demo', async () => {
  const config = { ...app.deps.config, setupCode: 'kode-uji-saja' };
  expect(await prepareSetup({ ...app.deps, config })).toBe('kode-uji-saja');
  code = String(await prepareSetup(app.deps));
});

test('of two people with the code exactly one becomes the administrator, and is signed in', async () => {
  const first = new Visitor(app.app);
  const second = new Visitor(app.app);
  const typed = code.toLowerCase().replace('-', ' ');
  const responses = await Promise.all([
    first.post('/setup', { ...filled, code: typed }, '/setup'),
    second.post('/setup', { ...filled, code: typed, email: 'lain@contoh.id' }, '/setup'),
  ]);
  expect(responses.map((response) => response.status).sort()).toEqual([303, 404]);
  const winner = responses[0].status === 303 ? first : second;
  const home = await winner.get('/');
  expect(home.text).toContain('Dinas Sosial Kabupaten Klaten');
  expect(home.text).toContain('Dra. Wulan Contoh, M.Si.');
  const rows = (await app.db.query(
    `SELECT o.zone, o.region_code, m.roles, u.is_installation_admin FROM app_user u
     JOIN membership m ON m.user_id = u.id JOIN office o ON o.id = m.office_id`,
  )) as unknown[];
  expect(rows).toEqual([
    {
      zone: 'Asia/Jakarta',
      region_code: '33.10',
      roles: ['administrator', 'organizer'],
      is_installation_admin: true,
    },
  ]);
});

test('afterwards the first run does not exist any more', async () => {
  expect((await new Visitor(app.app).get('/setup')).status).toBe(404);
  expect((await new Visitor(app.app).get('/')).headers.location).toBe('/session');
  expect(await prepareSetup(app.deps)).toBeUndefined();
  const rows = (await app.db.query(`SELECT action FROM audit_entry`)) as unknown[];
  expect(rows).toEqual([{ action: 'office.set_up' }]);
});
