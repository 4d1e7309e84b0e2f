import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { deliverDue } from '../../src/features/messages/delivery.js';
import { mails } from '../../src/mails.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { setMailServer } from '../factories/mails.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openSink, type Sink } from '../support/smtp.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let sink: Sink;
beforeAll(async () => {
  app = await startTestApp({ BASE_URL: 'http://rembuk.example' });
  office = await makeOffice(app.db, { name: 'Dinas Sosial Contoh' });
  sink = await openSink();
});
afterAll(async () => {
  await sink.close();
  await app.close();
});
beforeEach(async () => {
  sink.received.length = 0;
  await app.db.query('DELETE FROM failed_attempt');
  await setMailServer(app.deps, sink.port);
});

const page = '/session/forgotten';
const ask = (email: string) => new Visitor(app.app).post(page, { email }, page);
async function deliver(): Promise<void> {
  await app.deps.background.finished();
  await deliverDue(app.deps, mails);
}
const linkIn = (raw: string) => /\/access\/[\w-]{43}/.exec(raw.replace(/=\r\n/g, ''))?.[0] ?? 'no link';
const password = 'gerobak hijau di pasar';

test('whoever forgot their password gets a link by e-mail, which works once', async () => {
  const user = await makeUser(app.db, office, ['organizer'], { name: 'Siti Contoh' });
  expect((await ask(user.email)).headers.location).toBe('/session');
  await deliver();
  expect(sink.received.map(({ to }) => to)).toEqual([user.email]);
  const link = linkIn(sink.received[0]?.raw ?? '');
  const visitor = new Visitor(app.app);
  expect((await visitor.post(link, { password, passwordAgain: password }, link)).headers.location).toBe('/');
  expect((await new Visitor(app.app).get(link)).status).toBe(410);
  await new Visitor(app.app).signIn(user.email, password);
});

test('the answer is the same for an address that nobody has, and nothing is mailed', async () => {
  const user = await makeUser(app.db, office);
  const [known, unknown] = [await ask(user.email), await ask('siapa@contoh.example')];
  expect([unknown.status, unknown.headers.location, unknown.text]).toEqual([
    known.status,
    known.headers.location,
    known.text,
  ]);
  await deliver();
  expect(sink.received.map(({ to }) => to)).toEqual([user.email]);
});

test('somebody who left, or asks in bad faith, gets nothing; too many questions are slowed down', async () => {
  const gone = await makeUser(app.db, office, ['organizer'], { deactivatedAt: new Date() });
  await ask(gone.email);
  const statuses: number[] = [];
  for (let i = 0; i < 6; i += 1) statuses.push((await ask('sama@contoh.example')).status);
  expect(statuses).toEqual([303, 303, 303, 303, 429, 429]);
  await deliver();
  expect(sink.received).toEqual([]);
});

test('no token of a mail is in the database, before it is sent or afterwards', async () => {
  const user = await makeUser(app.db, office);
  await ask(user.email);
  await app.deps.background.finished();
  const dump = async () =>
    JSON.stringify([
      await app.db.query('SELECT * FROM message'),
      await app.db.query('SELECT * FROM access_link'),
    ]);
  const before = await dump();
  await deliver();
  const token = linkIn(sink.received[0]?.raw ?? '').split('/')[2] ?? '-';
  expect(token).toHaveLength(43);
  for (const rows of [before, await dump()]) expect(rows).not.toContain(token);
});

test('a newer link overtakes the mail that waits, and a mail whose link ended meanwhile is not sent', async () => {
  const user = await makeUser(app.db, office);
  await ask(user.email);
  await app.deps.background.finished();
  await ask(user.email);
  await app.deps.background.finished();
  app.clock.forward(25);
  await deliver();
  const rows = (await app.db.query('SELECT state FROM message WHERE user_id = $1 ORDER BY id', [
    user.id,
  ])) as unknown[];
  expect([rows, sink.received]).toEqual([[{ state: 'cancelled' }, { state: 'cancelled' }], []]);
});

test('a new colleague is mailed the very link that is handed over, in their language', async () => {
  const admin = await new Visitor(app.app).signIn((await makeUser(app.db, office, ['administrator'])).email);
  const made = await admin.post('/settings/colleagues', {
    name: 'Budi',
    email: 'budi.baru@contoh.example',
    roles: ['secretary'],
  });
  expect(made.text).toContain('juga dikirim ke budi.baru@contoh.example');
  await deliver();
  const mail = await sink.parsed();
  expect(mail.subject).toBe('Akun Anda di Rembuk: Dinas Sosial Contoh');
  expect(linkIn(sink.received[0]?.raw ?? '')).toBe(linkIn(made.text));
  await app.db.query(`UPDATE app_user SET language = 'en' WHERE email = 'budi.baru@contoh.example'`);
  await ask('budi.baru@contoh.example');
  await deliver();
  expect((await sink.parsed(1)).subject).toBe('Your account in Rembuk: Rembuk');
});

test('where no mail leaves, no form promises one, and the hand-over works as before', async () => {
  await app.db.query('DELETE FROM mail_settings');
  const { text } = await new Visitor(app.app).get(page);
  expect([text.includes('action="/session/forgotten"'), text.includes('Hubungi administrator')]).toEqual([
    false,
    true,
  ]);
  const admin = await new Visitor(app.app).signIn((await makeUser(app.db, office, ['administrator'])).email);
  const user = await makeUser(app.db, office, ['secretary']);
  const made = await admin.post(`/settings/colleagues/${user.id}/link`);
  expect(made.text).not.toContain('juga dikirim');
  const link = linkIn(made.text);
  expect((await new Visitor(app.app).post(link, { password, passwordAgain: password }, link)).status).toBe(
    303,
  );
});
