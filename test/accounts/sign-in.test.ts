import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { User } from '../../src/features/accounts/user.entity.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let user: User;
beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
  user = await makeUser(app.db, office);
});
afterAll(() => app.close());

const visitor = () => new Visitor(app.app);
const tryIn = (who: Visitor, email: string, password: string) =>
  who.post('/session', { email, password }, '/session');

test('whoever signs in gets to the page they wanted', async () => {
  const person = visitor();
  expect((await person.get('/?dari=surat')).headers.location).toBe('/session');
  const response = await tryIn(person, ` ${user.email.toUpperCase()} `, factoryPassword);
  expect(response.status).toBe(303);
  expect(response.headers.location).toBe('/?dari=surat');
  expect((await person.get('/session')).headers.location).toBe('/');
});

test('a wrong password and an unknown address get the same answer, and the address stays typed', async () => {
  const known = await tryIn(visitor(), user.email, 'salah-sekali');
  const unknown = await tryIn(visitor(), 'tidak.ada@contoh.id', 'salah-sekali');
  for (const response of [known, unknown]) {
    expect(response.status).toBe(422);
    expect(response.text).toContain('Surel atau kata sandi tidak cocok.');
  }
  expect(known.text).toContain(`value="${user.email}"`);
  expect(known.text).not.toContain('salah-sekali');
});

test('the session gets a new id when someone signs in, so that a planted one is worth nothing', async () => {
  const person = visitor();
  const before = (await person.get('/session')).headers['set-cookie']?.[0];
  const after = (await tryIn(person, user.email, factoryPassword)).headers['set-cookie']?.[0];
  const idOf = (cookie = '') => /rembuk=([^;]+)/.exec(cookie)?.[1];
  expect(idOf(after)).toBeDefined();
  expect(idOf(after)).not.toBe(idOf(before));
});

test('signing out ends the session', async () => {
  const person = await visitor().signIn(user.email);
  expect((await person.get('/')).status).toBe(200);
  expect((await person.post('/session/end', {}, '/')).headers.location).toBe('/session');
  expect((await person.get('/')).headers.location).toBe('/session');
});

test('signing in is written down without the address', async () => {
  const person = await makeUser(app.db, office);
  await visitor().signIn(person.email);
  const rows = (await app.db.query(
    `SELECT action, office_id, detail::text, fields FROM audit_entry WHERE subject_type = 'user' AND subject_id = $1`,
    [person.id],
  )) as unknown[];
  expect(rows).toEqual([{ action: 'account.signed_in', office_id: office.id, detail: '{}', fields: [] }]);
});

test('someone who was deactivated cannot sign in, and is out with the next click', async () => {
  const person = await makeUser(app.db, office);
  const browser = await visitor().signIn(person.email);
  await app.db.query('UPDATE app_user SET deactivated_at = now() WHERE id = $1', [person.id]);
  expect((await browser.get('/')).headers.location).toBe('/session');
  expect((await tryIn(visitor(), person.email, factoryPassword)).status).toBe(422);
});

test('a session ends after its absolute lifetime, however busy it was', async () => {
  const person = await visitor().signIn(user.email);
  app.clock.forward(13 * 24);
  expect((await person.get('/')).status).toBe(200);
  app.clock.forward(2 * 24);
  expect((await person.get('/')).headers.location).toBe('/session');
});

test('after ten failures an account is closed for a while, even for the right password', async () => {
  const person = await makeUser(app.db, office);
  for (let i = 0; i < 10; i += 1) {
    // As if each came from another network address.
    await app.db.query(`DELETE FROM failed_attempt WHERE key LIKE '%from:%'`);
    expect((await tryIn(visitor(), person.email, `salah-${i}`)).status).toBe(422);
  }
  const refused = await tryIn(visitor(), person.email, factoryPassword);
  expect(refused.status).toBe(429);
  expect(refused.text).toMatch(/Coba lagi \d+ menit lagi/);
  await app.db.query('DELETE FROM failed_attempt');
  await visitor().signIn(person.email);
});

test('guesses sent at once are not judged more often than guesses one after another', async () => {
  const person = await makeUser(app.db, office);
  await app.db.query('DELETE FROM failed_attempt');
  const guesses = await Promise.all(
    Array.from({ length: 20 }, (_, i) => tryIn(visitor(), person.email, `salah-${i}`)),
  );
  const judged = guesses.filter(({ status }) => status === 422);
  expect(judged).toHaveLength(10);
  await app.db.query('DELETE FROM failed_attempt');
});

test('successes are never counted', async () => {
  for (let i = 0; i < 12; i += 1) await visitor().signIn(user.email);
});

test('a form without its token is refused', async () => {
  const response = await visitor().post('/session', { email: user.email, _csrf: 'palsu' }, '/session');
  expect(response.status).toBe(403);
  expect(response.text).toContain('kedaluwarsa');
});
