import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { answer } from '../factories/invitations.js';
import { look, openQueueRoom, tap, type Colleague, type QueuedEvent, type QueueRoom } from './support.js';

let room: QueueRoom;
let siti: Colleague;
let budi: Colleague;
beforeAll(async () => {
  room = await openQueueRoom();
  siti = await room.colleague('Siti');
  budi = await room.colleague('Budi');
});
afterAll(() => room.app.close());

/** Everybody was told of the invitation, so that nothing waits. */
async function toldEvent(count: number): Promise<QueuedEvent> {
  const event = await room.event(count);
  await room.query(`UPDATE message SET state = 'sent', sent_at = now() WHERE event_id = $1`, [event.id]);
  return event;
}

const start = (who: Colleague, { path }: QueuedEvent, fields: Record<string, string>) =>
  who.visitor.post(`${path}/rounds`, { changes: '', clientId: randomUUID(), ...fields }, `${path}/rounds`);

const written = ({ id }: QueuedEvent) =>
  room.query<{ invitation: number; purpose: string }>(
    `SELECT invitation_id AS invitation, purpose FROM message WHERE event_id = $1 AND round_id IS NOT NULL
     ORDER BY invitation_id`,
    [id],
  );

test('a preview says whom it reaches and with what; nothing is written until it is confirmed', async () => {
  const event = await toldEvent(3);
  const [first = 0, , third = 0] = event.invitations;
  await answer(room.app, event.id, first, 'accepts');
  const { text } = await siti.visitor.get(`${event.path}/rounds?purpose=reminder_answer&answer=unanswered`);
  expect(text).toContain('2 LKS akan dikirimi');
  expect(text).toContain('Kami menunggu jawaban Panti');
  expect(await written(event)).toEqual([]);
  const reply = await start(siti, event, { purpose: 'reminder_answer', answer: 'unanswered' });
  expect(reply.status).toBe(303);
  expect((await written(event)).map(({ invitation }) => invitation)).toEqual(event.invitations.slice(1));
  const card = await tap(siti.visitor, event.path, 'claim');
  expect(card.text).toContain('Kami menunggu jawaban');
  expect(card.html).toContain('0 dari 2 LKS sudah dikirimi');
  // Who answers meanwhile is not reminded any more.
  await answer(room.app, event.id, third, 'declines');
  expect((await look(siti.visitor, event.path)).html).toContain('0 dari 1 LKS sudah dikirimi');
});

test('a second tap on the same preview starts nothing, and two rounds at once tell nobody twice', async () => {
  const event = await toldEvent(4);
  const same = { purpose: 'reminder_answer', answer: 'unanswered', clientId: randomUUID() };
  const taps = await Promise.all([start(siti, event, same), start(siti, event, same)]);
  expect(taps.map(({ status }) => status)).toEqual([303, 303]);
  expect(await written(event)).toHaveLength(4);
  await room.query('DELETE FROM message WHERE event_id = $1 AND round_id IS NOT NULL', [event.id]);
  const both = await Promise.all(
    [siti, budi].map((who) => start(who, event, { purpose: 'reminder_answer', answer: 'unanswered' })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([303, 422]);
  expect(await written(event)).toHaveLength(4);
});

test('who has a message in the queue already is left out, and the preview says so', async () => {
  const event = await room.event(2);
  await room.query(`UPDATE message SET state = 'sent', sent_at = now() WHERE invitation_id = $1`, [
    event.invitations[0],
  ]);
  const { text } = await siti.visitor.get(`${event.path}/rounds`);
  expect(text).toContain('1 LKS akan dikirimi');
  expect(text).toContain('1 LKS tidak ikut');
});

test('what waits there and no longer applies keeps nobody out', async () => {
  const event = await room.event(1);
  await answer(room.app, event.id, event.invitations[0] ?? 0, 'accepts');
  await room.query(`UPDATE message SET purpose = 'reminder_answer', state = 'queued' WHERE event_id = $1`, [
    event.id,
  ]);
  const { text } = await siti.visitor.get(`${event.path}/rounds?purpose=reminder_day&answer=accepted`);
  expect(text).toContain('1 LKS akan dikirimi');
});

test('a change says what has changed, and cannot do without', async () => {
  const event = await toldEvent(1);
  const change = { purpose: 'changed', answer: 'all' };
  const refused = await start(siti, event, change);
  expect(refused.status).toBe(422);
  expect(await written(event)).toEqual([]);
  await start(siti, event, { ...change, changes: 'Tempat: Aula Baru' });
  const card = await tap(siti.visitor, event.path, 'claim');
  expect(card.text).toContain('Ada perubahan pada');
  expect(card.text).toContain('Tempat: Aula Baru');
});

test('thanks go to those who came, also when the event is over; a reminder does not', async () => {
  const event = await toldEvent(2);
  const [came = 0] = event.invitations;
  await answer(room.app, event.id, came, 'accepts');
  await room.query(
    `WITH s AS (SELECT x.id FROM event_session x JOIN event_day y ON y.id = x.day_id WHERE y.event_id = $1),
       d AS (SELECT id FROM delegate WHERE invitation_id = $2),
       m AS (INSERT INTO attendance_mark (client_id, event_id, session_id, delegate_id, kind, device_at, happened_at,
           recorded_at, way, user_id)
         SELECT gen_random_uuid(), $1, s.id, d.id, 'in', now(), now(), now(), 'list', $3::int FROM s, d RETURNING id)
     INSERT INTO attendance (event_id, session_id, delegate_id, state, arrived_at, last_mark_id)
     SELECT $1, s.id, d.id, 'present', now(), m.id FROM s, d, m`,
    [event.id, came, siti.userId],
  );
  await room.query(`UPDATE event SET state = 'finished' WHERE id = $1`, [event.id]);
  expect((await start(siti, event, { purpose: 'reminder_day', answer: 'accepted' })).status).toBe(409);
  expect((await start(siti, event, { purpose: 'thanks', answer: 'attended' })).status).toBe(303);
  expect(await written(event)).toEqual([{ invitation: came, purpose: 'thanks' }]);
  expect((await tap(siti.visitor, event.path, 'claim')).text).toContain('Terima kasih atas kehadiran');
});

test.each([
  ['draft', 0],
  ['published', 1],
  ['finished', 1],
] as const)('an empty queue of an event that is %s leads to a round %d times', async (state, times) => {
  const event = await toldEvent(1);
  await room.query('UPDATE event SET state = $2 WHERE id = $1', [event.id, state]);
  const { html } = await look(siti.visitor, event.path);
  expect(html).toContain('Tidak ada pesan yang menunggu dikirim');
  expect(html.match(/whatsapp\/rounds"/g) ?? []).toHaveLength(times);
  expect(html.includes('menulis putaran baru')).toBe(times > 0);
});

test('a purpose goes only to whom it makes sense', async () => {
  const event = await toldEvent(1);
  for (const fields of [
    { purpose: 'thanks', answer: 'unanswered' },
    { purpose: 'offer', answer: 'all' },
    { purpose: 'thanks', answer: 'attended' },
  ])
    expect((await start(siti, event, fields)).status).toBe(422);
  expect(await written(event)).toEqual([]);
});
