import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inTransaction } from '../../src/database/data-source.js';
import { recordAudit } from '../../src/features/audit/audit.service.js';
import type { User } from '../../src/features/accounts/user.entity.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { transitions } from '../../src/features/invitations/invitation.machine.js';
import { texts } from '../../src/texts.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let user: User;
let leader: Visitor;
beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
  user = await makeUser(app.db, office, ['organizer'], { name: 'Penulis Catatan' });
  leader = await new Visitor(app.app).signIn((await makeUser(app.db, office, ['leader'])).email);
  await write(office, 60, 'office.changed');
  await write(office, 1, 'sesuatu.yang_lama');
  await write(await makeOffice(app.db), 1, 'signatory.removed');
});
afterAll(() => app.close());

const write = (place: Office, times: number, action: string) =>
  inTransaction(app.db, async (tx) => {
    const author = { officeId: place.id, userId: user.id, way: 'office' } as const;
    for (let i = 0; i < times; i += 1)
      await recordAudit(tx, author, { action, subject: ['office', place.id], fields: ['phone'] });
  });
const rowsOf = (text: string) => text.match(/<th scope="row">/g)?.length ?? 0;

test('the log tells in words who did what, and falls back to the raw word where a feature has none', async () => {
  const { text } = await leader.get('/settings/audit');
  expect(text).toContain('Mengubah data instansi');
  expect(text).toContain('Penulis Catatan');
  expect(text).toContain('telepon');
  expect(text).toContain('sesuatu.yang_lama');
});

test('it pages by key, newest first, and shows nothing of other offices', async () => {
  const first = await leader.get('/settings/audit');
  expect(rowsOf(first.text)).toBe(50);
  const older = /href="(\/settings\/audit\?before=\d+)"/.exec(first.text)?.[1] ?? '';
  const second = await leader.get(older);
  expect(rowsOf(second.text)).toBe(12);
  expect(first.text + second.text).not.toContain('Menghapus penanda tangan');
});

test('it filters by person, action and day, and a senseless filter filters nothing', async () => {
  const shown = async (query: string) => rowsOf((await leader.get(`/settings/audit?${query}`)).text);
  expect(await shown('action=sesuatu.yang_lama')).toBe(1);
  expect(await shown(`person=${user.id}&action=account.signed_in`)).toBe(0);
  expect(await shown('action=account.signed_in')).toBe(1);
  expect(await shown('until=2001-01-01')).toBe(0);
  expect(await shown('from=2001-01-01')).toBe(50);
  expect(await shown('from=kemarin&person=abc&before=-1')).toBe(50);
});

test('reading the log writes nothing into it', async () => {
  const count = async () =>
    ((await app.db.query('SELECT count(*)::int AS count FROM audit_entry')) as [{ count: number }])[0].count;
  const before = await count();
  await leader.get('/settings/audit');
  expect(await count()).toBe(before);
});

test('an entry can be neither changed nor deleted', async () => {
  await expect(app.db.query('DELETE FROM audit_entry')).rejects.toThrow('append only');
});

test('everything that can happen to an invitation has words in the log', () => {
  const verbs = [...Object.keys(transitions), 'choose', 'remove', 'renew_link', 'sent'];
  expect(verbs.filter((verb) => !(`audit.invitation.${verb}` in texts))).toEqual([]);
});

test('names of fields keep the capitals of LKS', async () => {
  await inTransaction(app.db, async (tx) => {
    const author = { officeId: office.id, userId: user.id, way: 'office' } as const;
    const subject: [string, number] = ['office', office.id];
    await recordAudit(tx, author, { action: 'event.changed', subject, fields: ['recordCheck'] });
  });
  expect((await leader.get('/settings/audit?action=event.changed')).text).toContain('pemeriksaan data LKS');
});
