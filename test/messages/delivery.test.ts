import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { inTransaction } from '../../src/database/data-source.js';
import { deliverDue, type DeliveryOptions } from '../../src/features/messages/delivery.js';
import { requeue } from '../../src/features/messages/outbox.repository.js';
import type { Mails } from '../../src/features/messages/mails.js';
import { mails } from '../../src/mails.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeMailScene, messageStates, setMailServer } from '../factories/mails.js';
import { makeOffice } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openSink, type Sink } from '../support/smtp.js';

let app: TestApp;
let office: Office;
let sink: Sink;

beforeAll(async () => {
  app = await startTestApp({ BASE_URL: 'https://rembuk.example' });
  office = await makeOffice(app.db, { name: 'Dinas Sosial Contoh', email: 'kantor@dinsos.example' });
});
afterAll(() => app.close());
beforeEach(async () => {
  sink = await openSink();
  await app.db.query('DELETE FROM message');
  await setMailServer(app.deps, sink.port);
});
afterEach(() => sink.close());

const quick = { greeting: 500, silence: 300, mail: 2_000 };
const deliver = (options: DeliveryOptions = {}, brought: Mails = mails) =>
  deliverDue(app.deps, brought, { patience: quick, ...options });
const statesOf = async (ids: number[]) => (await messageStates(app.db, ids)).map(({ state }) => state);
const whatsappOf = async (invitationId: number | undefined) =>
  (await app.db.query(
    `SELECT purpose, state FROM message WHERE invitation_id = $1 AND channel = 'whatsapp'`,
    [invitationId],
  )) as unknown[];
const isMarked = async (address: string | undefined) => {
  const fingerprint = createHash('sha256')
    .update(address ?? '')
    .digest('hex');
  const rows = (await app.db.query('SELECT reply FROM refused_address WHERE fingerprint = $1', [
    fingerprint,
  ])) as unknown[];
  return rows.length > 0;
};

test('what is due arrives once each, over no more connections than the settings allow, and is recorded', async () => {
  const scene = await makeMailScene(app.db, office, 120);
  expect(await deliver()).toBe(false);
  expect(sink.received.map(({ to }) => to).sort()).toEqual([...scene.addresses].sort());
  expect(sink.peak()).toBe(3);
  const states = await messageStates(app.db, scene.messages);
  expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['sent']));
  expect(states[0]).toMatchObject({ reply: '250 queued as 4711', address: scene.addresses[0] });
  expect(await deliver()).toBe(false);
  expect(sink.received).toHaveLength(120);
});

test('a mail comes from the office in its sender’s name, with a link that opens and the Message-ID of its row', async () => {
  const scene = await makeMailScene(app.db, office, 1);
  await deliver();
  const mail = await sink.parsed();
  expect(mail.from?.value).toEqual([{ name: 'Dinas Sosial Contoh', address: 'rembuk@dinsos.example' }]);
  expect(mail.replyTo?.value[0]?.address).toBe('kantor@dinsos.example');
  expect(mail.subject).toBe('Undangan: Bimbingan Teknis Pengelolaan LKS Anak');
  const link = `https://rembuk.example/u/${app.deps.links.token('invitation', scene.invitations[0] ?? 0, 1)}`;
  expect(mail.text).toContain(link);
  expect(mail.html).toContain(`href="${link}"`);
  expect(mail.messageId).toBe(
    `<${scene.messages[0]}.${app.deps.links.messageTag(scene.messages[0] ?? 0)}@rembuk.example>`,
  );
});

test('without a server or a public address nothing leaves and nothing is lost', async () => {
  const scene = await makeMailScene(app.db, office, 2);
  await app.db.query('DELETE FROM mail_settings');
  await deliver();
  await setMailServer(app.deps, sink.port);
  const { baseUrl, ...config } = app.deps.config;
  expect(baseUrl).toBeDefined();
  await deliverDue({ ...app.deps, config: { ...config, baseUrl: undefined } }, mails);
  expect([sink.received.length, await statesOf(scene.messages)]).toEqual([0, ['queued', 'queued']]);
});

test('what is held, called off, not due yet or meant for WhatsApp is never sent', async () => {
  const { messages } = await makeMailScene(app.db, office, 5);
  const set = (index: number, change: string) =>
    app.db.query(`UPDATE message SET ${change} WHERE id = $1`, [messages[index]]);
  // Held by a person: what waits for its letter goes on by itself (letters.test.ts beside this one).
  await set(0, `state = 'held', purpose = 'reminder_answer'`);
  await set(1, `state = 'cancelled'`);
  await set(2, `due_at = '2027-01-01'`);
  await set(3, `channel = 'whatsapp'`);
  await deliver();
  expect(await statesOf(messages)).toEqual(['held', 'cancelled', 'queued', 'queued', 'sent']);
});

test('nobody is invited by mail who has declined meanwhile, or to what is over', async () => {
  const { messages, invitations } = await makeMailScene(app.db, office, 2);
  await app.db.query(`UPDATE invitation SET state = 'declined' WHERE id = $1`, [invitations[0]]);
  await deliver();
  expect(await statesOf(messages)).toEqual(['cancelled', 'sent']);
  const over = await makeMailScene(app.db, office, 1);
  await app.db.query(`UPDATE event SET state = 'finished' WHERE id = $1`, [over.eventId]);
  await deliver();
  expect(await statesOf(over.messages)).toEqual(['cancelled']);
});

test('a refusal for now is tried again with growing delays, with the same Message-ID, and given up after three days', async () => {
  const { messages, addresses, invitations } = await makeMailScene(app.db, office, 1);
  sink.moods.set(addresses[0] ?? '', 'later');
  const delays: number[] = [];
  for (;;) {
    await deliver();
    const [row] = await messageStates(app.db, messages);
    if (row?.state !== 'queued') break;
    expect(row.reply).toBe('451 4.2.0 busy, try later');
    delays.push(Math.round((row.dueAt.getTime() - app.clock.now().getTime()) / 60_000));
    app.clock.set(row.dueAt.toISOString());
  }
  expect(delays).toEqual([1, 5, 15, 60, 180, ...Array.from({ length: 11 }, () => 360)]);
  const days = delays.reduce((sum, minutes) => sum + minutes, 0) / 60 / 24;
  expect(days).toBeGreaterThan(2.9);
  expect(await statesOf(messages)).toEqual(['refused']);
  expect(await isMarked(addresses[0])).toBe(false);
  expect(await whatsappOf(invitations[0])).toEqual([{ purpose: 'invitation', state: 'queued' }]);
});

test('a message that was refused for now arrives later under the same Message-ID', async () => {
  const { messages, addresses } = await makeMailScene(app.db, office, 1);
  sink.moods.set(addresses[0] ?? '', 'later');
  await deliver();
  sink.moods.clear();
  app.clock.forward(1);
  await deliver();
  expect(await statesOf(messages)).toEqual(['sent']);
  expect(sink.received[0]?.messageId).toContain(`<${messages[0]}.`);
});

test('an address that the server does not know is marked by its fingerprint, and WhatsApp is proposed once', async () => {
  const { messages, addresses, invitations } = await makeMailScene(app.db, office, 2);
  sink.moods.set(addresses[0] ?? '', 'unknown');
  await deliver();
  const [first, second] = await messageStates(app.db, messages);
  // The server repeats the address; what is kept does not.
  expect(first).toMatchObject({ state: 'refused', reply: '550 5.1.1 <…> no such person here' });
  expect(second?.state).toBe('sent');
  expect([await isMarked(addresses[0]), await isMarked(addresses[1])]).toEqual([true, false]);
  expect(await whatsappOf(invitations[0])).toEqual([{ purpose: 'invitation', state: 'queued' }]);
  expect(await whatsappOf(invitations[1])).toEqual([]);
});

test('a refused mail that leaves after all takes its proposal for WhatsApp back; what went both ways stays', async () => {
  const { messages, addresses, invitations } = await makeMailScene(app.db, office, 2);
  const [[first, second], [refused, both]] = [addresses, invitations] as [[string, string], [number, number]];
  await app.db.query(
    `INSERT INTO message (office_id, event_id, invitation_id, purpose, channel, dedupe_key, created_at)
     SELECT office_id, event_id, invitation_id, purpose, 'whatsapp', replace(dedupe_key, ':email', ':whatsapp'), created_at
     FROM message WHERE id = $1`,
    [messages[1]],
  );
  for (const address of [first, second]) sink.moods.set(address, 'policy');
  await deliver();
  for (const id of [refused, both])
    expect(await whatsappOf(id)).toEqual([{ purpose: 'invitation', state: 'queued' }]);
  sink.moods.clear();
  await inTransaction(app.db, async (tx) => {
    for (const id of messages) await requeue(tx, id, app.clock.now());
  });
  await deliver();
  expect(await statesOf(messages)).toEqual(['sent', 'sent']);
  expect(await whatsappOf(refused)).toEqual([{ purpose: 'invitation', state: 'cancelled' }]);
  expect(await whatsappOf(both)).toEqual([{ purpose: 'invitation', state: 'queued' }]);
});

test('what a server says about us or about the text is no word against the address', async () => {
  const { messages, addresses } = await makeMailScene(app.db, office, 2);
  sink.moods.set(addresses[0] ?? '', 'policy');
  sink.moods.set(addresses[1] ?? '', 'content');
  await deliver();
  expect(await statesOf(messages)).toEqual(['refused', 'refused']);
  expect([await isMarked(addresses[0]), await isMarked(addresses[1])]).toEqual([false, false]);
});

test.each(['stall', 'drop'] as const)(
  'a server that may %s in the middle of a text costs that mail a minute, and no other anything',
  async (mood) => {
    const { messages, addresses } = await makeMailScene(app.db, office, 6);
    sink.moods.set(addresses[2] ?? '', mood);
    await deliver();
    const rows = await messageStates(app.db, messages);
    expect(rows.map(({ state }) => state)).toEqual(['sent', 'sent', 'queued', 'sent', 'sent', 'sent']);
    expect(rows[2]).toMatchObject({ attempts: 1 });
    expect(await isMarked(addresses[2])).toBe(false);
    sink.moods.clear();
    app.clock.forward(1);
    await deliver();
    expect(await statesOf(messages)).toEqual(Array.from({ length: 6 }, () => 'sent'));
  },
);

const troubleOf = async () => {
  const [row] = (await app.db.query('SELECT trouble, retry_at AS "retryAt" FROM mail_settings')) as [
    { trouble: string; retryAt: Date | null },
  ];
  return row;
};

test('a server that does not let us in is left alone for a while; no message is tried and no address marked', async () => {
  await sink.close();
  sink = await openSink({
    authOptional: false,
    onAuth: ({ password }, _session, done) =>
      password === 'benar' ? done(null, { user: 'rembuk' }) : done(new Error('Invalid username or password')),
  });
  await setMailServer(app.deps, sink.port, { username: 'rembuk', password: 'salah' });
  const { messages, addresses } = await makeMailScene(app.db, office, 4);
  await deliver();
  const rows = await messageStates(app.db, messages);
  expect(rows.map(({ state, attempts }) => [state, attempts])).toEqual(rows.map(() => ['queued', 0]));
  expect(await isMarked(addresses[0])).toBe(false);
  expect((await troubleOf()).trouble).toContain('Invalid username or password');
  // Nobody asks it before the time.
  const asked = sink.peak();
  await deliver();
  expect(sink.peak()).toBe(asked);
  await setMailServer(app.deps, sink.port, { username: 'rembuk', password: 'benar' });
  await deliver();
  expect(await statesOf(messages)).toEqual(rows.map(() => 'sent'));
});

test('a server that is away is asked again by itself, and everything arrives when it is back', async () => {
  const { port } = sink;
  await setMailServer(app.deps, 1);
  const { messages } = await makeMailScene(app.db, office, 3);
  await deliver();
  expect(await statesOf(messages)).toEqual(['queued', 'queued', 'queued']);
  const { trouble, retryAt } = await troubleOf();
  expect(trouble).toContain('ECONNREFUSED');
  app.clock.set((retryAt ?? new Date()).toISOString());
  await app.db.query('UPDATE mail_settings SET port = $1', [port]);
  await deliver();
  expect(await statesOf(messages)).toEqual(['sent', 'sent', 'sent']);
  expect((await troubleOf()).trouble).toBe('');
});

test('a message in the hands of somebody who died is taken up again after its lease, not before', async () => {
  const { messages } = await makeMailScene(app.db, office, 1);
  const until = new Date(app.clock.now().getTime() + 60_000);
  await app.db.query(`UPDATE message SET state = 'sending', claimed_until = $1`, [until]);
  await deliver();
  expect(await statesOf(messages)).toEqual(['sending']);
  app.clock.forward(1);
  await deliver();
  expect(await statesOf(messages)).toEqual(['sent']);
});

test('an offer that ended while it was in the hands of somebody who died is not sent afterwards', async () => {
  const { messages, invitations } = await makeMailScene(app.db, office, 1);
  await app.db.query(
    `UPDATE message SET state = 'sending', claimed_until = $1, purpose = 'offer' WHERE id = $2`,
    [app.clock.now(), messages[0]],
  );
  await app.db.query(
    `INSERT INTO message (office_id, event_id, invitation_id, purpose, channel, dedupe_key, due_at)
     SELECT office_id, event_id, invitation_id, 'offer_ended', 'email', 'ended', due_at FROM message WHERE id = $1`,
    [messages[0]],
  );
  await deliver();
  expect(await statesOf(messages)).toEqual(['cancelled']);
  expect(sink.received.map(({ raw }) => /Subject: .*/.exec(raw)?.[0]).length).toBe(1);
  expect(invitations).toHaveLength(1);
});

test('stopping finishes what is under way and gives the rest back', async () => {
  const { messages } = await makeMailScene(app.db, office, 60);
  sink.slowness = 20;
  const stopping = new AbortController();
  const round = deliver({ signal: stopping.signal });
  while (sink.received.length < 6) await new Promise((resolve) => setTimeout(resolve, 5));
  stopping.abort();
  await round;
  const states = await statesOf(messages);
  expect(new Set(states)).toEqual(new Set(['sent', 'queued']));
  expect(states.filter((state) => state === 'sent')).toHaveLength(sink.received.length);
});

test('files of several providers go along, and a calendar entry is one that calendars understand', async () => {
  const { messages } = await makeMailScene(app.db, office, 2);
  const letter = (id: number) => ({
    filename: `surat-${id}.pdf`,
    contentType: 'application/pdf',
    content: Buffer.from(`%PDF ${id}`),
  });
  const entry = {
    filename: 'kegiatan.ics',
    contentType: 'text/calendar; method=REQUEST',
    content: Buffer.from('BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n'),
  };
  await deliver(
    {},
    {
      ...mails,
      attachments: [
        async (_deps, some) => new Map(some.map(({ id }) => [id, [letter(id)]])),
        async (_deps, some) => new Map(some.slice(0, 1).map(({ id }) => [id, [entry]])),
      ],
    },
  );
  const first = sink.received.findIndex(({ messageId }) => messageId.startsWith(`<${messages[0]}.`));
  const mail = await sink.parsed(first);
  expect(mail.attachments.map(({ filename }) => filename).sort()).toContain(`surat-${messages[0]}.pdf`);
  expect(sink.received[first]?.raw).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/);
  const other = await sink.parsed(1 - first);
  expect(other.attachments.map(({ filename }) => filename)).toEqual([`surat-${messages[1]}.pdf`]);
});

test('a mail whose file cannot be made waits alone; the others of its batch leave', async () => {
  const { messages } = await makeMailScene(app.db, office, 4);
  const broken: Mails = {
    ...mails,
    attachments: [
      (_deps, some) =>
        some.some(({ id }) => id === messages[1])
          ? Promise.reject(new Error('no such file'))
          : Promise.resolve(new Map()),
    ],
  };
  await deliver({}, broken);
  expect(await statesOf(messages)).toEqual(['sent', 'queued', 'sent', 'sent']);
  expect(sink.received).toHaveLength(3);
});
