import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { deliverDue } from '../../src/features/messages/delivery.js';
import { eraseMessageAddresses } from '../../src/features/messages/retention.js';
import { mails } from '../../src/mails.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeMailScene, messageStates, setMailServer, type MailScene } from '../factories/mails.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openSink, type Sink } from '../support/smtp.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let sink: Sink;
let scene: MailScene;
let organizer: Visitor;
beforeAll(async () => {
  app = await startTestApp({ BASE_URL: 'http://rembuk.example' });
  office = await makeOffice(app.db);
  sink = await openSink();
  scene = await makeMailScene(app.db, office, 3);
  const user = await makeUser(app.db, office, ['organizer']);
  organizer = await new Visitor(app.app).signIn(user.email);
});
afterAll(async () => {
  await sink.close();
  await app.close();
});

const at = (index: number) => `/settings/outbox/${scene.messages[index]}`;
const stateOf = async (index: number) => (await messageStates(app.db, scene.messages))[index];

test('without a server every mail stands in the outbox, says that it was not sent and why, and can be read', async () => {
  const { text } = await organizer.get('/settings/outbox');
  expect(text).toContain('Surel belum dikirim; 3 menunggu');
  expect(text).toContain('Server surel belum diatur');
  expect(text).toContain('LKSA Contoh 1');
  const one = await organizer.get(at(0));
  expect(one.text).toContain('Belum dikirim');
  expect(one.text).toContain(scene.addresses[0]);
  const mail = await organizer.get(`${at(0)}/mail`);
  expect(mail.headers['content-security-policy']).toContain('sandbox');
  expect(mail.text).toContain('Bimbingan Teknis Pengelolaan LKS Anak');
  const plain = await organizer.get(`${at(0)}/mail?as=text`);
  expect([plain.type, plain.text.includes('Yth. Pengurus LKSA Contoh 1')]).toEqual(['text/plain', true]);
});

test('what is shown holds neither link nor code, and reading it is in the audit log without the person', async () => {
  const token = app.deps.links.token('invitation', scene.invitations[0] ?? 0, 1);
  const code = app.deps.links.code(scene.invitations[0] ?? 0, 1);
  const seen = [
    await organizer.get(at(0)),
    await organizer.get(`${at(0)}/mail`),
    await organizer.get(`${at(0)}/mail?as=text`),
  ];
  for (const { text } of seen)
    expect([text.includes(token), text.includes(code.slice(0, 5))]).toEqual([false, false]);
  const [entry] = (await app.db.query(
    `SELECT action, detail::text FROM audit_entry WHERE subject_type = 'message' AND subject_id = $1 LIMIT 1`,
    [scene.messages[0]],
  )) as unknown[];
  expect(entry).toEqual({ action: 'persons.read', detail: '{}' });
});

test('the list is filtered by state, channel, purpose and event, and paged by key', async () => {
  const many = await makeMailScene(app.db, office, 60, { title: 'Rapat Besar' });
  const first = await organizer.get(`/settings/outbox?event=${many.eventId}&state=queued&channel=email`);
  expect(first.text.match(/class="table__main"/g)).toHaveLength(50);
  const older =
    /href="(\/settings\/outbox\?[^"]*before=\d+)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect((await organizer.get(older)).text.match(/class="table__main"/g)).toHaveLength(10);
  expect((await organizer.get('/settings/outbox?purpose=reset')).text).toContain('Belum ada pesan');
  await app.db.query('DELETE FROM message WHERE event_id = $1', [many.eventId]);
});

test('a mail can be called off, and then is never sent', async () => {
  expect((await organizer.post(`${at(2)}/cancellation`)).headers.location).toBe(at(2));
  await setMailServer(app.deps, sink.port);
  await deliverDue(app.deps, mails);
  expect((await messageStates(app.db, scene.messages)).map(({ state }) => state)).toEqual([
    'sent',
    'sent',
    'cancelled',
  ]);
  expect((await organizer.post(`${at(2)}/cancellation`)).status).toBe(409);
  expect((await organizer.post(`${at(0)}/attempt`)).status).toBe(409);
});

test('an institution that was mailed counts as told', async () => {
  const { text } = await organizer.get(`/events/${scene.eventId}/invitations?filter=unsent`);
  expect(text).not.toContain('LKSA Contoh 1<');
  expect(text).toContain('LKSA Contoh 3');
});

test('a refused mail shows the server’s words; a person may try it again, and the address is believed again', async () => {
  const other = await makeMailScene(app.db, office, 1);
  sink.moods.set(other.addresses[0] ?? '', 'unknown');
  await deliverDue(app.deps, mails);
  const page = `/settings/outbox/${other.messages[0]}`;
  expect((await organizer.get(page)).text).toContain('550 5.1.1 &lt;…&gt; no such person here');
  sink.moods.clear();
  await organizer.post(`${page}/attempt`);
  await deliverDue(app.deps, mails);
  expect((await messageStates(app.db, other.messages))[0]?.state).toBe('sent');
});

test('a refusal stands where and when it happened, however long the mail had been waiting', async () => {
  const other = await makeMailScene(app.db, office, 1);
  sink.moods.set(other.addresses[0] ?? '', 'unknown');
  await app.db.query(`UPDATE message SET created_at = '2026-01-05', due_at = '2026-01-05' WHERE id = $1`, [
    other.messages[0],
  ]);
  await deliverDue(app.deps, mails);
  const history = await organizer.get(`/events/${other.eventId}/invitations/${other.invitations[0]}`);
  expect(history.text).toMatch(
    /Surel ditolak: undangan<\/span><br><[^>]*>2 Mar 2026, 10\.00 · ditulis 5 Jan 2026/,
  );
  const { text } = await organizer.get(`/settings/outbox/${other.messages[0]}`);
  expect(text).toMatch(/Ditolak<\/span>\s*<br><[^>]*>2 Mar 2026, /);
});

test('what was mailed can be read also when its address is of no use any more, and where it waits instead', async () => {
  const other = await makeMailScene(app.db, office, 1);
  await deliverDue(app.deps, mails);
  const [invitation, [address = '']] = [other.invitations[0] ?? 0, other.addresses];
  const [later] = (await app.db.query(
    `INSERT INTO message (office_id, event_id, invitation_id, purpose, channel, dedupe_key, due_at)
     SELECT office_id, event_id, invitation_id, 'reminder_answer', 'email', 'uji:' || id || ':email', due_at
     FROM message WHERE id = $1 RETURNING id`,
    [other.messages[0]],
  )) as [{ id: number }];
  sink.moods.set(address, 'unknown');
  await deliverDue(app.deps, mails);
  const [sent, refused] = [other.messages[0], later.id].map((id) => `/settings/outbox/${id}`) as [
    string,
    string,
  ];
  for (const page of [sent, refused]) {
    const { text } = await organizer.get(page);
    expect(text).toContain(`&lt;${address}&gt;`);
    expect(text).toContain('Begini surelnya tiba');
    expect((await organizer.get(`${page}/mail?as=text`)).text).toContain('Yth. Pengurus LKSA Contoh 1');
  }
  const queue = `<a href="/events/${other.eventId}/invitations/whatsapp">Antrean WhatsApp</a>`;
  const waits = 'Menunggu diteruskan lewat WhatsApp sebagai gantinya.';
  expect((await organizer.get(refused)).text).toContain(`${waits} ${queue}`);
  expect((await organizer.get(sent)).text).not.toContain(queue);
  await app.db.query(`UPDATE message SET state = 'sent' WHERE invitation_id = $1 AND channel = 'whatsapp'`, [
    invitation,
  ]);
  expect((await organizer.get(refused)).text).toContain('Sudah diteruskan lewat WhatsApp sebagai gantinya.');
  sink.moods.clear();
});

test('another office finds none of it, and a secretary may not look', async () => {
  const neighbour = await makeOffice(app.db, { regionCode: '33' });
  const stranger = await new Visitor(app.app).signIn(
    (await makeUser(app.db, neighbour, ['administrator'])).email,
  );
  expect((await stranger.get(at(0))).status).toBe(404);
  expect((await stranger.get(`${at(0)}/mail`)).status).toBe(404);
  const secretary = await new Visitor(app.app).signIn((await makeUser(app.db, office, ['secretary'])).email);
  expect((await secretary.get('/settings/outbox')).status).toBe(403);
});

test('where a mail went is erased when the office’s retention time is over', async () => {
  expect((await stateOf(0))?.address).toBe(scene.addresses[0]);
  expect(await eraseMessageAddresses(app.deps)).toBe(0);
  app.clock.forward(24 * 365 * 2.2);
  expect(await eraseMessageAddresses(app.deps)).toBeGreaterThan(0);
  expect((await stateOf(0))?.address).toBeNull();
});

test('an institution that reads its page in English is mailed in English from then on', async () => {
  const { invitations, messages } = await makeMailScene(app.db, office, 1);
  const page = `/u/${app.deps.links.token('invitation', invitations[0] ?? 0, 1)}`;
  const person = { 'User-Agent': 'Mozilla/5.0 (Linux; Android 11)' };
  await new Visitor(app.app).get(page, person);
  await new Visitor(app.app, { language: 'en' }).get(page, person);
  const language = async () =>
    ((await app.db.query('SELECT language FROM invitation WHERE id = $1', [invitations[0]])) as unknown[])[0];
  // Noted after the answer.
  while (JSON.stringify(await language()) !== '{"language":"en"}') await new Promise(setImmediate);
  sink.received.length = 0;
  await deliverDue(app.deps, mails);
  const at = sink.received.findIndex(({ messageId }) => messageId.startsWith(`<${messages[0]}.`));
  expect((await sink.parsed(at)).subject).toBe('Invitation: Bimbingan Teknis Pengelolaan LKS Anak');
});
