import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { noteVisit } from '../../src/features/answers/answers.repository.js';
import { linkAuthor, withBook } from '../../src/features/invitations/book.js';
import { correctDelegate, replaceDelegate } from '../../src/features/invitations/naming.js';
import { timelineOf } from '../../src/features/invitations/timeline.repository.js';
import { answer } from '../factories/invitations.js';
import { makeUser } from '../factories/people.js';
import { Visitor } from '../support/visitor.js';
import { openQueueRoom, tap, type Colleague, type QueueRoom } from '../whatsapp/support.js';

let room: QueueRoom;
let siti: Colleague;
beforeAll(async () => {
  room = await openQueueRoom();
  siti = await room.colleague('Siti');
});
afterAll(() => room.app.close());

const person = (name: string) => ({ name, nameBefore: '', nameAfter: '', position: '' });

test('one line says what was written, sent, visited, answered, replaced and told by phone, and by whom', async () => {
  const { id: eventId, path, invitations } = await room.event(1);
  const [id = 0] = invitations;
  const page = `/events/${eventId}/invitations/${id}`;
  const later = () => room.app.clock.forward(0.1);
  later();
  const card = await tap(siti.visitor, path, 'claim');
  await tap(siti.visitor, path, `${card.id}/sent`);
  later();
  await noteVisit(room.app.db, id, room.app.clock.now());
  later();
  const called = { outcome: 'will_answer', text: 'Menunggu rapat' };
  expect((await siti.visitor.post(`${page}/calls`, called, page)).headers.location).toBe(page);
  later();
  await answer(room.app, eventId, id, 'accepts');
  const [delegate] = await room.query<{ id: number }>('SELECT id FROM delegate WHERE invitation_id = $1', [
    id,
  ]);
  later();
  await withBook(room.app.deps, eventId, linkAuthor, async (book) => {
    await correctDelegate(book, id, delegate?.id ?? 0, person('Aminah'));
    await replaceDelegate(book, id, delegate?.id ?? 0, person('Fatimah'));
  });
  const lines = await timelineOf(room.app.db, id);
  expect(lines.map(({ kind, who }) => [kind, who])).toEqual([
    ['replaced', null],
    ['change', null],
    ['call', 'Siti'],
    ['visit', null],
    ['message', 'Siti'],
    ['change', expect.stringContaining('Orang Uji')],
  ]);
  const { text } = await siti.visitor.get(page);
  for (const words of [
    'Delegasi diganti: Aminah → Fatimah',
    'Menyatakan hadir',
    'Ditelepon: akan menjawab',
    'Menunggu rapat',
    'Tautan pertama kali dibuka',
    'perkiraan',
    'Dikirim lewat WhatsApp: undangan',
  ])
    expect(text).toContain(words);
  expect(text.match(/Tautan pertama kali dibuka/g)).toHaveLength(1);
});

test('what the mail server said stands where an e-mail was refused', async () => {
  const { id: eventId, invitations } = await room.event(1);
  await room.query(
    `INSERT INTO message (office_id, event_id, invitation_id, purpose, channel, state, dedupe_key, reply)
     VALUES ($1, $2, $3, 'invitation', 'email', 'refused', 'uji-tolak', '550 5.1.1 <no such> user')`,
    [room.office.id, eventId, invitations[0]],
  );
  const { text } = await siti.visitor.get(`/events/${eventId}/invitations/${invitations[0]}`);
  expect(text).toContain('Surel ditolak: undangan');
  expect(text).toContain('550 5.1.1 &lt;no such&gt; user');
  expect(text).toContain('Ditulis untuk WhatsApp: undangan');
});

test('a call needs an outcome; what was noted can never be changed, and stays out of the audit log', async () => {
  const { id: eventId, invitations } = await room.event(1);
  const page = `/events/${eventId}/invitations/${invitations[0]}`;
  const refused = await siti.visitor.post(`${page}/calls`, { outcome: '', text: 'Rahasia' }, page);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Rahasia');
  expect(refused.text).toContain('id="call-outcome-error"');
  await siti.visitor.post(`${page}/calls`, { outcome: 'other', text: 'Rahasia' }, page);
  await expect(
    room.query(`UPDATE phone_call SET text = 'lain' WHERE invitation_id = $1`, invitations),
  ).rejects.toThrow();
  await expect(room.query('DELETE FROM phone_call WHERE invitation_id = $1', invitations)).rejects.toThrow();
  const [entry] = await room.query<{ detail: object }>(
    `SELECT * FROM audit_entry WHERE action = 'invitation.called' AND subject_id = $1`,
    invitations,
  );
  expect(entry?.detail).toEqual({ event: eventId, outcome: 'other' });
  expect(JSON.stringify(entry)).not.toContain('Rahasia');
});

test('a leader reads what happened, and notes no calls', async () => {
  const { id: eventId, invitations } = await room.event(1);
  const page = `/events/${eventId}/invitations/${invitations[0]}`;
  const { email } = await makeUser(room.app.db, room.office, ['leader']);
  const leader = await new Visitor(room.app.app).signIn(email);
  const { text } = await leader.get(page);
  expect(text).toContain('Yang sudah terjadi');
  expect(text).not.toContain('Catat telepon');
});
