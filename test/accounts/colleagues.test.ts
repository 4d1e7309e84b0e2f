import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { User } from '../../src/features/accounts/user.entity.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let neighbour: Office;
let administrator: User;
let admin: Visitor;
beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
  neighbour = await makeOffice(app.db, { regionCode: '33' });
  administrator = await makeUser(app.db, office, ['administrator']);
  admin = await new Visitor(app.app).signIn(administrator.email);
});
afterAll(() => app.close());

const password = 'gerobak hijau di pasar';
const linkIn = (text: string) => /\/access\/[\w-]{43}/.exec(text)?.[0] ?? 'no link';
const choose = (link: string, visitor = new Visitor(app.app)) =>
  visitor.post(link, { password, passwordAgain: password }, link);
const invite = (fields: Record<string, unknown>) =>
  admin.post('/settings/colleagues', { name: 'Budi', roles: ['secretary', 'leader'], ...fields });
const actionsOn = async (userId: number) =>
  (
    (await app.db.query(
      `SELECT action FROM audit_entry WHERE subject_id = $1 AND subject_type = 'user' ORDER BY id`,
      [userId],
    )) as { action: string }[]
  ).map((row) => row.action);

test('a new colleague gets a link once, sets a password with it and is in, with all their roles', async () => {
  const response = await invite({ email: 'budi@contoh.id', nameBefore: 'Drs.' });
  expect(response.status).toBe(201);
  expect(response.text).toContain('https://wa.me/?text=Yth.%20Drs.%20Budi');
  const link = linkIn(response.text);
  expect((await admin.get('/settings/colleagues')).text).not.toContain(link);
  const budi = new Visitor(app.app);
  const done = await choose(link, budi);
  expect(done.headers.location).toBe('/');
  expect((await budi.get('/settings')).status).toBe(200);
  const [{ id, roles }] = (await app.db.query(
    `SELECT u.id, m.roles FROM app_user u JOIN membership m ON m.user_id = u.id WHERE u.email = 'budi@contoh.id'`,
  )) as [{ id: number; roles: string[] }];
  expect(roles).toEqual(['secretary', 'leader']);
  expect(await actionsOn(id)).toEqual(['colleague.invited', 'account.password_set']);
  expect((await new Visitor(app.app).get(link)).status).toBe(410);
  await new Visitor(app.app).signIn('budi@contoh.id', password);
});

test('looking at a link does not use it up, and its token is not in the database', async () => {
  const link = linkIn((await invite({ email: 'cici@contoh.id' })).text);
  for (let i = 0; i < 3; i += 1) expect((await new Visitor(app.app).get(link)).status).toBe(200);
  const rows = JSON.stringify(await app.db.query('SELECT * FROM access_link'));
  expect(rows).not.toContain(link.split('/')[2]);
  expect((await choose(link)).status).toBe(303);
});

test('a newer link ends the older one, a link ends after its time, and a weak password is refused', async () => {
  const user = await makeUser(app.db, office, ['secretary']);
  const make = async () => linkIn((await admin.post(`/settings/colleagues/${user.id}/link`)).text);
  const [older, newer] = [await make(), await make()];
  expect((await new Visitor(app.app).get(older)).text).toContain('tidak berlaku lagi');
  const weak = await new Visitor(app.app).post(
    newer,
    { password: '12345678901', passwordAgain: '12345678901' },
    newer,
  );
  expect([weak.status, weak.text.includes('mudah ditebak')]).toEqual([422, true]);
  app.clock.forward(25);
  expect((await new Visitor(app.app).get(newer)).status).toBe(410);
});

test('setting a password by link signs the person out everywhere else', async () => {
  const user = await makeUser(app.db, office, ['secretary']);
  const old = await new Visitor(app.app).signIn(user.email);
  const link = linkIn((await admin.post(`/settings/colleagues/${user.id}/link`)).text);
  expect((await old.get('/')).status).toBe(200);
  await choose(link);
  expect((await old.get('/')).headers.location).toBe('/session');
});

test('someone with an account just gets the membership, and can switch between their offices', async () => {
  const user = await makeUser(app.db, neighbour, ['organizer']);
  const response = await invite({ email: user.email, name: 'Nama lain' });
  expect([response.status, response.headers.location]).toEqual([303, '/settings/colleagues']);
  const visitor = await new Visitor(app.app).signIn(user.email);
  expect((await visitor.get('/')).text).toContain(neighbour.name);
  await visitor.post('/account/office', { officeId: office.id });
  expect((await visitor.get('/')).text).toContain(office.name);
  const foreign = await makeOffice(app.db);
  expect((await visitor.post('/account/office', { officeId: foreign.id })).status).toBe(404);
  expect((await invite({ email: user.email })).text).toContain('sudah menjadi rekan');
});

test('an administrator cannot take over somebody who reaches beyond the office', async () => {
  const elsewhere = await makeUser(app.db, neighbour, ['administrator']);
  const installer = await makeUser(app.db, undefined, [], { isInstallationAdmin: true });
  for (const user of [elsewhere, installer]) {
    await invite({ email: user.email });
    expect((await admin.post(`/settings/colleagues/${user.id}/link`)).status).toBe(403);
    expect((await admin.get(`/settings/colleagues/${user.id}`)).text).toContain('di luar instansi ini');
  }
});

test('the last administrator can neither leave nor give up the role', async () => {
  const own = `/settings/colleagues/${administrator.id}`;
  const roles = await admin.post(`${own}/roles`, { roles: 'organizer' });
  expect([roles.status, roles.text.includes('administrator terakhir')]).toEqual([422, true]);
  expect((await admin.post(`${own}/removal`)).status).toBe(422);
  expect((await admin.get('/settings/office')).status).toBe(200);
});

test('of two administrators who remove each other at the same time, one stays', async () => {
  const place = await makeOffice(app.db);
  const pair = [
    await makeUser(app.db, place, ['administrator']),
    await makeUser(app.db, place, ['administrator']),
  ];
  const [one, two] = await Promise.all(pair.map((user) => new Visitor(app.app).signIn(user.email)));
  await Promise.all([
    one?.post(`/settings/colleagues/${pair[1]?.id}/removal`),
    two?.post(`/settings/colleagues/${pair[0]?.id}/removal`),
  ]);
  const [{ count }] = (await app.db.query('SELECT count(*)::int FROM membership WHERE office_id = $1', [
    place.id,
  ])) as [{ count: number }];
  expect(count).toBe(1);
});

test('roles change, a colleague is removed, and both are written down', async () => {
  const user = await makeUser(app.db, office, ['secretary']);
  const visitor = await new Visitor(app.app).signIn(user.email);
  expect((await visitor.get('/settings/audit')).status).toBe(403);
  expect((await admin.post(`/settings/colleagues/${user.id}/roles`, {})).status).toBe(422);
  await admin.post(`/settings/colleagues/${user.id}/roles`, { roles: ['leader'] });
  expect((await visitor.get('/settings/audit')).status).toBe(200);
  await admin.post(`/settings/colleagues/${user.id}/removal`);
  expect((await visitor.get('/settings/audit')).status).toBe(403);
  const actions = await actionsOn(user.id);
  expect(actions.slice(-2)).toEqual(['colleague.roles_changed', 'colleague.removed']);
});
