import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Membership } from '../../src/features/accounts/membership.entity.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let second: Office;
beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
  second = await makeOffice(app.db);
});
afterAll(() => app.close());

const sessionsOf = (userId: number): Promise<{ sid: string; sess: object; expire: Date }[]> =>
  app.db.query(`SELECT * FROM session WHERE sess ->> 'userId' = $1`, [String(userId)]);

test('a request in flight cannot bring a session back that was signed out everywhere', async () => {
  const user = await makeUser(app.db, office);
  const [phone, desk] = [
    await new Visitor(app.app).signIn(user.email),
    await new Visitor(app.app).signIn(user.email),
  ];
  const rows = await sessionsOf(user.id);
  await desk.post('/account/sessions/end');
  expect(await sessionsOf(user.id)).toEqual([]);
  // What the store does at the end of a request that had read its session before.
  for (const { sid, sess, expire } of rows)
    await app.db.query('INSERT INTO session (sid, sess, expire) VALUES ($1, $2, $3)', [
      sid,
      JSON.stringify(sess),
      expire,
    ]);
  for (const visitor of [phone, desk])
    expect((await visitor.get('/account')).headers.location).toBe('/session');
});

test('the session that changed the password stays, and the others are over', async () => {
  const user = await makeUser(app.db, office);
  const [here, there] = [
    await new Visitor(app.app).signIn(user.email),
    await new Visitor(app.app).signIn(user.email),
  ];
  const fresh = 'perahu kecil di rawa';
  const typed = { current: 'sandi-untuk-uji', password: fresh, passwordAgain: fresh };
  expect((await here.post('/account/password', typed)).status).toBe(303);
  expect((await here.get('/account')).status).toBe(200);
  expect((await there.get('/account')).status).toBe(303);
});

const newEvent = { kind: 'rakor', title: 'Rakor', firstDay: '2026-05-01', from: '09:00', to: '', days: '1' };
const countEvents = async () => ((await app.db.query('SELECT id FROM event')) as unknown[]).length;

test('whoever sends a form after their session has ended is told that it is not saved, once and in words alone', async () => {
  const user = await makeUser(app.db, office);
  const person = await new Visitor(app.app).signIn(user.email);
  const send = await person.prepare('/events', { ...newEvent, title: 'Rakor yang Hilang' }, '/events/new');
  await app.db.query(`DELETE FROM session WHERE sess ->> 'userId' = $1`, [String(user.id)]);
  const sent = await send();
  expect([sent.status, sent.headers.location]).toEqual([303, '/session']);
  const unsaved = 'isian terakhir belum tersimpan';
  expect((await person.get('/session')).text).toContain(unsaved);
  expect((await person.get('/session')).text).not.toContain(unsaved);
  const kept = await app.db.query(`SELECT 1 FROM session WHERE sess::text LIKE '%Rakor yang Hilang%'`);
  expect(kept).toEqual([]);
  // Who only looks has lost nothing, and a script keeps what it could not send.
  const other = new Visitor(app.app);
  await other.get('/events');
  expect((await other.get('/session')).text).not.toContain(unsaved);
  await other.json('POST', '/events', newEvent);
  expect((await other.get('/session')).text).not.toContain(unsaved);
});

test('a form opened for one office is not filed under another one', async () => {
  const user = await makeUser(app.db, office);
  await app.db
    .getRepository(Membership)
    .insert({ officeId: second.id, userId: user.id, roles: ['organizer'] });
  const visitor = await new Visitor(app.app).signIn(user.email);
  const send = await visitor.prepare('/events', newEvent, '/events/new');
  await visitor.post('/account/office', { officeId: String(second.id) });
  expect((await send()).status).toBe(403);
  expect(await countEvents()).toBe(0);
});

test('who loses the office they act for does not go on in another one with the same form', async () => {
  const user = await makeUser(app.db, office);
  await app.db
    .getRepository(Membership)
    .insert({ officeId: second.id, userId: user.id, roles: ['organizer'] });
  const visitor = await new Visitor(app.app).signIn(user.email);
  const send = await visitor.prepare('/events', newEvent, '/events/new');
  await app.db.getRepository(Membership).delete({ officeId: office.id, userId: user.id });
  expect((await send()).status).toBe(403);
  expect(await countEvents()).toBe(0);
  expect((await visitor.get('/events/new')).status).toBe(200);
});
