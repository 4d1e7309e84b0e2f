import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Response } from 'supertest';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let visitor: Visitor;
let userId: number;
beforeAll(async () => {
  app = await startTestApp();
  const user = await makeUser(app.db, await makeOffice(app.db));
  userId = user.id;
  visitor = await new Visitor(app.app).signIn(user.email);
});
afterAll(() => app.close());

const refresh = (path: string): Promise<Response> => visitor.get(path, { 'X-Background': 'refresh' });

/** How long the session lasts from now on, and all that is in it. */
const session = (): Promise<unknown> =>
  app.db.query(`SELECT sid, sess, expire FROM session WHERE sess ->> 'userId' = $1`, [String(userId)]);

/** As if the person had done nothing for a while. */
const letTimePass = () => app.db.query(`UPDATE session SET expire = expire - interval '10 minutes'`);

test('a page that refreshes itself does not keep its session from idling out', async () => {
  await letTimePass();
  const before = await session();
  const reply = await refresh('/events');
  expect([reply.status, reply.headers['set-cookie']]).toEqual([200, undefined]);
  expect(await session()).toEqual(before);
  await visitor.get('/events');
  expect(await session()).not.toEqual(before);
});

test('it reads the page alone, without what stands around it, and uses up no message', async () => {
  await visitor.post('/account', { name: 'Nama Baru', email: `baru${userId}@contoh.id`, language: 'id' });
  const reply = await refresh('/account');
  expect(reply.text).not.toContain('<html');
  expect(reply.text).not.toContain('role="status"');
  expect((await visitor.get('/account')).text).toContain('role="status"');
});

test('a form is never taken for one: it counts as activity whatever it says of itself', async () => {
  await letTimePass();
  const before = await session();
  await visitor.post('/account/office', { officeId: '0' });
  expect(await session()).not.toEqual(before);
});

test('when the session is over it is told so, and no new one begins', async () => {
  await app.db.query(`UPDATE session SET expire = now() - interval '1 minute'`);
  const reply = await refresh('/events');
  expect([reply.status, reply.headers['set-cookie'], reply.text]).toEqual([401, undefined, '']);
  expect((await app.db.query(`SELECT 1 FROM session WHERE expire > now()`)) as unknown[]).toEqual([]);
});
