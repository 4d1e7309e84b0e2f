import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openSink, type Sink } from '../support/smtp.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let admin: Visitor;
let address: string;
const sinks: Sink[] = [];
beforeAll(async () => {
  app = await startTestApp({ BASE_URL: 'http://rembuk.example' });
  const user = await makeUser(app.db, await makeOffice(app.db), ['administrator'], {
    isInstallationAdmin: true,
  });
  address = user.email;
  admin = await new Visitor(app.app).signIn(user.email);
});
afterAll(() => app.close());
afterEach(async () => {
  await Promise.all(sinks.splice(0).map((sink) => sink.close()));
  await app.db.query('DELETE FROM mail_settings');
});

const page = '/installation/mail';
const secret = 'rahasia-server-surel';

async function openServer(): Promise<Sink> {
  const sink = await openSink({
    authOptional: false,
    onAuth: ({ username, password }, _session, done) =>
      username === 'rembuk' && password === secret
        ? done(null, { user: 'rembuk' })
        : done(new Error('Authentication credentials invalid')),
  });
  sinks.push(sink);
  return sink;
}

const formFor = (port: number, given: Record<string, string> = {}) => ({
  ...{
    version: '0',
    host: '127.0.0.1',
    port: String(port),
    security: 'none',
    username: 'rembuk',
    password: secret,
  },
  ...{ fromAddress: 'rembuk@dinsos.example', connections: '5' },
  ...given,
});
const save = (port: number, given: Record<string, string> = {}) =>
  admin.post(page, formFor(port, given), page);

test('until a server is set the page says so clearly', async () => {
  const { text } = await admin.get(page);
  expect(text).toContain('Belum diatur');
  expect((await admin.post(`${page}/test`, {}, page)).status).toBe(404);
});

test('a test mail goes to the administrator’s own address and shows the server’s own words', async () => {
  const sink = await openServer();
  expect((await save(sink.port)).headers.location).toBe(page);
  await admin.post(`${page}/test`, {}, page);
  const { text } = await admin.get(page);
  expect(text).toContain('250 queued as 4711');
  expect(sink.received.map(({ to }) => to)).toEqual([address]);
  expect((await sink.parsed()).subject).toBe('Surel uji dari Rembuk');
});

test('a server that does not let us in is quoted too', async () => {
  const sink = await openServer();
  await save(sink.port, { password: 'salah' });
  await admin.post(`${page}/test`, {}, page);
  expect((await admin.get(page)).text).toContain('Authentication credentials invalid');
  expect(sink.received).toEqual([]);
});

test('the password is sealed in the database and never shown again', async () => {
  const sink = await openServer();
  await save(sink.port);
  const rows = JSON.stringify(await app.db.query('SELECT * FROM mail_settings'));
  const audit = JSON.stringify(await app.db.query(`SELECT * FROM audit_entry WHERE action LIKE 'mail.%'`));
  const { text } = await admin.get(page);
  for (const shown of [rows, audit, text]) expect(shown).not.toContain(secret);
  expect(text).toContain('Sudah tersimpan');
  const sealed = /"password_sealed":"([^"]+)"/.exec(rows)?.[1] ?? '-';
  expect(text).not.toContain(sealed);
});

test('an empty password keeps the old one, but not for another server or name', async () => {
  const [sink, other] = [await openServer(), await openServer()];
  await save(sink.port);
  expect((await save(sink.port, { version: '1', password: '', connections: '2' })).status).toBe(303);
  await admin.post(`${page}/test`, {}, page);
  expect(sink.received).toHaveLength(1);
  const stolen = await save(other.port, { version: '2', password: '' });
  expect([stolen.status, stolen.text.includes('isi kata sandinya sekali lagi')]).toEqual([422, true]);
});

test('of two who save at once the second is told', async () => {
  const sink = await openServer();
  await save(sink.port);
  await save(sink.port, { version: '1', connections: '3' });
  const second = await save(sink.port, { version: '1', connections: '4' });
  expect([second.status, second.text.includes('Orang lain menyimpan')]).toEqual([422, true]);
});

test('mistakes are told by the page in its own words, not by the browser', async () => {
  for (const address of [page, '/settings/message-templates/text?purpose=thanks']) {
    const [form] =
      /<form[^>]*method="post"[^>]*class="[^"]*stack[^>]*>/.exec((await admin.get(address)).text) ?? [];
    expect(form).toContain(' novalidate');
  }
});

test('what was typed wrong stands at its field, with the rest kept', async () => {
  const { status, text } = await save(70_000, {
    host: 'https://smtp.contoh.id',
    fromAddress: 'bukan alamat',
  });
  expect(status).toBe(422);
  expect(text).toContain('Tulis nama server saja');
  expect(text).toContain('value="bukan alamat"');
});

test('a removed server takes its password along', async () => {
  await save((await openServer()).port);
  await admin.post(`${page}/removal`, {}, page);
  expect(await app.db.query('SELECT 1 FROM mail_settings')).toEqual([]);
  expect((await admin.post(`${page}/removal`, {}, page)).status).toBe(404);
});
