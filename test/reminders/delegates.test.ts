import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import { installationUid } from '../../src/database/installation.js';
import { changeDays } from '../../src/features/events/days.service.js';
import { cancelEvent } from '../../src/features/events/publication.service.js';
import { accept, confirm, decline } from '../../src/features/invitations/answering.js';
import { calendarFilesFor } from '../../src/features/invitations/calendar-files.service.js';
import { revoke } from '../../src/features/invitations/invitations.service.js';
import { correctDelegate, replaceDelegate } from '../../src/features/invitations/naming.js';
import { Message } from '../../src/features/messages/message.entity.js';
import { recordStatements } from '../../bench/record.js';
import { dayFromNow, type Scene } from '../factories/scenes.js';
import { openWatch, people, zone, type Watch } from './support.js';

let watch: Watch;
let installation: string;
beforeAll(async () => {
  watch = await openWatch();
  installation = await installationUid(watch.app.db);
});
afterAll(() => watch.app.close());
beforeEach(() => watch.app.clock.set(new Date().toISOString()));

const where = { base: 'https://rembuk.contoh.id', sender: 'rembuk@contoh.id' };

/** An institution whose leader has an e-mail address, and which has accepted. */
async function accepted(given = {}): Promise<Scene & { invitation: number; delegate: number }> {
  const scene = await watch.told({
    institutions: people(1, { leader: { name: 'Siti Rahmah', phone: '+6281234567890' } }),
    ...given,
  });
  const [invitation] = scene.invitations as [number];
  await watch.query(
    `UPDATE representative SET email = 'siti@contoh.id'
     WHERE institution_id = (SELECT institution_id FROM invitation WHERE id = $1)`,
    [invitation],
  );
  await watch.byLink(scene.eventId, (book) => accept(book, invitation, 1));
  const [row] = await watch.query<{ id: number }>(
    `SELECT id FROM delegate WHERE invitation_id = $1 AND state = 'active'`,
    [invitation],
  );
  return { ...scene, invitation, delegate: row?.id ?? 0 };
}

/** The mail job has been there. */
const sendMail = (eventId: number) =>
  watch.query(
    `UPDATE message SET state = 'sent', sent_at = now() WHERE event_id = $1 AND channel = 'email' AND state = 'queued'`,
    [eventId],
  );

const toDelegates = async (eventId: number) =>
  (
    await watch.query<{ delegate: number; purpose: string }>(
      `SELECT delegate_id AS delegate, purpose FROM message
       WHERE event_id = $1 AND delegate_id IS NOT NULL AND state = 'queued' AND channel = 'email' ORDER BY id`,
      [eventId],
    )
  ).map(({ delegate, purpose }) => [delegate, purpose]);

interface Sent {
  method: string;
  uid: string;
  sequence: number;
  status: string | null;
  to: string;
  type: string;
}

/** What goes out with the messages to delegates that wait to be sent. */
async function files(eventId: number): Promise<Sent[]> {
  const messages = await watch.app.db
    .getRepository(Message)
    .createQueryBuilder('m')
    .where(`m.event_id = :eventId AND m.delegate_id IS NOT NULL AND m.state = 'queued'`, { eventId })
    .orderBy('m.id')
    .getMany();
  const found = await calendarFilesFor(watch.app.deps, messages, where);
  return messages.flatMap(({ id }) =>
    (found.get(id) ?? []).map(({ content, contentType }) => {
      const calendar = new ICAL.Component(ICAL.parse(content) as unknown[]);
      const [entry] = calendar.getAllSubcomponents('vevent');
      return {
        method: String(calendar.getFirstPropertyValue('method')),
        uid: String(entry?.getFirstPropertyValue('uid')),
        sequence: Number(entry?.getFirstPropertyValue('sequence')),
        status: entry?.getFirstPropertyValue('status') as string | null,
        to: String(entry?.getFirstPropertyValue('attendee')),
        type: contentType,
      };
    }),
  );
}

const dayIds = async (eventId: number) =>
  (
    await watch.query<{ id: number }>('SELECT id FROM event_day WHERE event_id = $1 ORDER BY date', [eventId])
  ).map(({ id }) => id);

test('a delegate with an e-mail address is confirmed with the answer, and asked by a REQUEST for each day', async () => {
  const scene = await accepted({ days: [dayFromNow(30), dayFromNow(31)] });
  expect(await toDelegates(scene.eventId)).toEqual([[scene.delegate, 'confirmation']]);
  const days = await dayIds(scene.eventId);
  expect(await files(scene.eventId)).toEqual(
    days.map((day) => ({
      method: 'REQUEST',
      uid: `event-${scene.eventId}-day-${day}@${installation}.rembuk`,
      sequence: 0,
      status: 'CONFIRMED',
      to: 'mailto:siti@contoh.id'.replace('mailto', 'MAILTO'),
      type: 'text/calendar; charset=utf-8; method=REQUEST',
    })),
  );
});

test('an answer takes as many round trips with a confirmation as without one', async () => {
  const scene = await watch.told({
    institutions: people(2, { leader: { name: 'Siti' } }),
    quota: { seats: 4 },
  });
  const statementsOf = (id: number) =>
    recordStatements(() => watch.byLink(scene.eventId, (book) => accept(book, id, 1)));
  const [without, withEmail] = scene.invitations as [number, number];
  await watch.query(
    `UPDATE representative SET email = 'siti@contoh.id'
     WHERE institution_id = (SELECT institution_id FROM invitation WHERE id = $1)`,
    [withEmail],
  );
  const before = await statementsOf(without);
  expect(await statementsOf(withEmail)).toHaveLength(before.length);
  // BEGIN, lock, quota, standing, seats with delegates and confirmation, the invitation with its history, COMMIT.
  expect(before).toHaveLength(7);
  expect(await toDelegates(scene.eventId)).toHaveLength(1);
});

test('a delegate without one, or a name to follow, is not written to', async () => {
  const scene = await watch.told({ institutions: people(1, { leader: { name: 'Budi' } }) });
  await watch.byLink(scene.eventId, (book) => accept(book, scene.invitations[0]!, 2));
  expect(await toDelegates(scene.eventId)).toEqual([]);
});

test('who is named later, or whose address is corrected, is confirmed then; the first address hears nothing more', async () => {
  const scene = await accepted();
  await watch.byLink(scene.eventId, (book) =>
    correctDelegate(book, scene.invitation, scene.delegate, { email: 'siti.rahmah@contoh.id' }),
  );
  expect(await toDelegates(scene.eventId)).toEqual([[scene.delegate, 'confirmation']]);
  expect((await files(scene.eventId)).map(({ to }) => to)).toEqual(['MAILTO:siti.rahmah@contoh.id']);
  await watch.byLink(scene.eventId, (book) =>
    correctDelegate(book, scene.invitation, scene.delegate, { email: null }),
  );
  expect(await toDelegates(scene.eventId)).toEqual([]);
});

test('who is replaced is taken off by a CANCEL that does not say the event is off, and the new one is asked', async () => {
  const scene = await accepted();
  await sendMail(scene.eventId);
  await watch.byLink(scene.eventId, (book) =>
    replaceDelegate(book, scene.invitation, scene.delegate, { name: 'Ahmad', email: 'ahmad@contoh.id' }),
  );
  expect((await toDelegates(scene.eventId)).map(([, purpose]) => purpose)).toEqual([
    'released',
    'confirmation',
  ]);
  expect((await files(scene.eventId)).map(({ method, status, to }) => [method, status, to])).toEqual([
    ['CANCEL', null, 'MAILTO:siti@contoh.id'],
    ['REQUEST', 'CONFIRMED', 'MAILTO:ahmad@contoh.id'],
  ]);
});

test('who was never told of a seat is not told that it is gone', async () => {
  const scene = await accepted();
  await watch.byLink(scene.eventId, (book) => decline(book, scene.invitation));
  expect(await toDelegates(scene.eventId)).toEqual([]);
});

test.each(['decline', 'revoke'] as const)('after a %s the calendar loses the entry', async (verb) => {
  const scene = await accepted();
  await sendMail(scene.eventId);
  if (verb === 'decline') await watch.byLink(scene.eventId, (book) => decline(book, scene.invitation));
  else await watch.byOffice(scene.eventId, (book) => revoke(book, scene.invitation, 'Keliru'));
  const purpose = verb === 'decline' ? 'released' : 'revocation';
  expect(await toDelegates(scene.eventId)).toEqual([[scene.delegate, purpose]]);
  expect((await files(scene.eventId)).map(({ method, status }) => [method, status])).toEqual([
    ['CANCEL', null],
  ]);
});

test('a cancelled event is taken back with a higher edition and said to be off', async () => {
  const scene = await accepted();
  await sendMail(scene.eventId);
  await cancelEvent(watch.app.deps, watch.host.actor, scene.eventId, 'Banjir');
  expect(await toDelegates(scene.eventId)).toEqual([[scene.delegate, 'cancellation']]);
  expect(
    (await files(scene.eventId)).map(({ method, status, sequence }) => [method, status, sequence]),
  ).toEqual([['CANCEL', 'CANCELLED', 1]]);
});

test('a day that falls away is cancelled and the other asked anew; confirming again says so in the calendar', async () => {
  const scene = await accepted({ days: [dayFromNow(30), dayFromNow(31)] });
  await sendMail(scene.eventId);
  const [first, second] = await dayIds(scene.eventId);
  const sessions = await watch.query<{ id: number }>(
    `SELECT s.id FROM event_session s JOIN event_day d ON d.id = s.day_id WHERE d.event_id = $1 ORDER BY s.starts_at`,
    [scene.eventId],
  );
  await changeDays(watch.app.deps, watch.host.actor, scene.eventId, {
    version: 1,
    zone,
    answerByDate: dayFromNow(25),
    answerByTime: null,
    rows: { 0: { id: sessions[0]!.id, date: dayFromNow(30), title: '', from: '09:00', to: '15:00' } },
    removed: [sessions[1]!.id],
  });
  expect(await toDelegates(scene.eventId)).toEqual([[scene.delegate, 'day_changed']]);
  const uid = (day?: number) => `event-${scene.eventId}-day-${day}@${installation}.rembuk`;
  expect(
    (await files(scene.eventId)).map(({ method, status, uid: id, sequence }) => [
      method,
      status,
      id,
      sequence,
    ]),
  ).toEqual([
    ['REQUEST', 'TENTATIVE', uid(first), 1],
    ['CANCEL', 'CANCELLED', uid(second), 1],
  ]);
  await sendMail(scene.eventId);
  await watch.byLink(scene.eventId, (book) => confirm(book, scene.invitation));
  expect((await files(scene.eventId)).map(({ status }) => status)).toContain('CONFIRMED');
});

test('an institution gets all days as one PUBLISH that names nobody, and only where days are told', async () => {
  const scene = await accepted({ days: [dayFromNow(30), dayFromNow(31)] });
  const messages = await watch.app.db.getRepository(Message).findBy({ eventId: scene.eventId });
  const invitation = messages.find(({ purpose }) => purpose === 'invitation');
  const [file] = (await calendarFilesFor(watch.app.deps, messages, where)).get(invitation?.id ?? 0) ?? [];
  expect(file?.contentType).toBe('text/calendar; charset=utf-8; method=PUBLISH');
  expect(file?.content.match(/BEGIN:VEVENT/g)).toHaveLength(2);
  expect(file?.content).not.toMatch(/ATTENDEE|Siti/);
  expect(file?.content.replaceAll('\r\n ', '')).toContain('mailto:rembuk@contoh.id');
});
