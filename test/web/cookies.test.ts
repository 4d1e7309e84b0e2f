import { afterEach, expect, test } from '@jest/globals';
import request from 'supertest';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
afterEach(() => app.close());

const cookieOf = async (headers: Record<string, string> = {}) => {
  const reply = await request(app.app)
    .get('/session')
    .set({ accept: 'text/html', ...headers });
  const cookies = (reply.headers['set-cookie'] ?? []) as unknown as string[];
  return cookies.find((cookie) => cookie.startsWith('rembuk=')) ?? '';
};

async function open(settings: NodeJS.ProcessEnv = {}): Promise<void> {
  app = await startTestApp(settings);
  await makeUser(app.db, await makeOffice(app.db), ['administrator']);
}

test('the cookie of a session is for the server alone, and no other site makes a browser send it', async () => {
  await open();
  expect(await cookieOf()).toMatch(/; HttpOnly; SameSite=Lax$/);
});

test('behind https it travels encrypted only', async () => {
  await open({ BASE_URL: 'https://rembuk.example', TRUST_PROXY: '1' });
  expect(await cookieOf({ 'x-forwarded-proto': 'https' })).toMatch(/; HttpOnly; Secure; SameSite=Lax$/);
});

test('who does nothing for the idle time is out; a form of someone unknown is good for an hour', async () => {
  await open();
  const user = await makeUser(app.db, await makeOffice(app.db));
  const hoursLeft = async () => {
    const rows = (await app.db.query(
      `SELECT round(extract(epoch FROM expire - now()) / 3600) AS hours FROM session ORDER BY expire`,
    )) as { hours: string }[];
    return rows.map(({ hours }) => Number(hours));
  };
  await cookieOf();
  expect(await hoursLeft()).toEqual([1]);
  const browser = await new Visitor(app.app).signIn(user.email);
  await browser.get('/');
  expect(await hoursLeft()).toEqual([1, app.deps.config.sessionIdleMs / 3_600_000]);
});
