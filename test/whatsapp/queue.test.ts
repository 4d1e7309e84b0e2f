import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../src/database/data-source.js';
import { markAddress, refuseMessage } from '../../src/features/messages/delivery.repository.js';
import { queueMessages, recallFromDelegate } from '../../src/features/messages/outbox.js';
import { invitationPurposes } from '../../src/features/messages/purposes.js';
import { waitingByPurpose } from '../../src/features/whatsapp/queue.repository.js';
import { answer } from '../factories/invitations.js';
import { leaderPhone, look, openQueueRoom, tap, type Colleague, type QueueRoom } from './support.js';

let room: QueueRoom;
let siti: Colleague;
let budi: Colleague;
beforeAll(async () => {
  room = await openQueueRoom();
  siti = await room.colleague('Siti');
  budi = await room.colleague('Budi');
});
afterAll(() => room.app.close());

/** The event is off, and these are to be told so. */
const tell = (eventId: number, invitations: number[]) =>
  inTransaction(room.app.db, (tx) =>
    queueMessages(
      tx,
      { officeId: room.office.id, eventId, purpose: 'cancellation', cause: 'uji', now: room.app.clock.now() },
      invitations,
    ),
  );

const sentAt = async (id: number | undefined) =>
  (await room.query<{ at: Date | null }>('SELECT sent_at AS at FROM invitation WHERE id = $1', [id]))[0]?.at;

describe('one after the other', () => {
  test('the text and the number stand ready, "Terkirim" brings the next one, and the bar counts', async () => {
    const { path, invitations } = await room.event(3);
    const before = await look(siti.visitor, path);
    expect(before.id).toBeUndefined();
    expect(before.html).toContain('Mulai kirim');
    const first = await tap(siti.visitor, path, 'claim');
    expect(first.invitation).toBe(invitations[0]);
    expect(first.number).toBe('+62 812 0000 0101');
    expect(first.whatsapp).toMatch(/^https:\/\/wa\.me\/6281200000101\?text=Yth/);
    expect(first.text).toMatch(/mengundang Panti .* nomor 01[\s\S]*\/u\/[\w-]{32}/);
    expect(first.html).toContain('0 dari 3 LKS sudah dikirimi');
    const second = await tap(siti.visitor, path, `${first.id}/sent`);
    expect(second.invitation).toBe(invitations[1]);
    expect(second.html).toContain('1 dari 3 LKS sudah dikirimi');
    const third = await tap(siti.visitor, path, `${second.id}/sent`);
    const after = await tap(siti.visitor, path, `${third.id}/sent`);
    expect(after.id).toBeUndefined();
    expect(after.html).toContain('Tidak ada pesan yang menunggu dikirim');
    const states = await room.query(
      'SELECT DISTINCT state, sent_by FROM message WHERE invitation_id = ANY($1)',
      [invitations],
    );
    expect(states).toEqual([{ state: 'sent', sent_by: siti.userId }]);
    const audit = await room.query(
      `SELECT action, count(*)::int AS count FROM audit_entry WHERE user_id = $1 AND subject_id = ANY($2)
       AND action IN ('invitation.sent', 'persons.read') GROUP BY 1 ORDER BY 1`,
      [siti.userId, invitations],
    );
    expect(audit).toEqual([
      { action: 'invitation.sent', count: 3 },
      { action: 'persons.read', count: 3 },
    ]);
  });

  test('each tap moves one message from waiting to sent, also where an LKS is told two things', async () => {
    const { id, path, invitations } = await room.event(3);
    const [first = 0, second = 0] = invitations;
    const one = await tap(siti.visitor, path, 'claim');
    let card = await tap(siti.visitor, path, `${one.id}/sent`);
    expect(card.html).toContain('1 dari 3 LKS sudah dikirimi');
    // Its invitation has been sent; now it is to be told of a change, as another is that was told of nothing so far.
    const change = (invitation: number, cause: string) =>
      room.query(
        `INSERT INTO message (office_id, event_id, invitation_id, purpose, channel, dedupe_key, created_at, due_at)
         VALUES ($1, $2, $3, 'changed', 'whatsapp', $5 || $3::int, $4, $4)`,
        [room.office.id, id, invitation, room.app.clock.now(), cause],
      );
    for (const invitation of [first, second]) await change(invitation, 'uji-ubah:');
    card = await look(siti.visitor, path);
    for (const sent of [1, 2, 3, 4]) {
      expect(card.html).toContain(`${sent} dari 5 pesan sudah dikirim`);
      // The last of the invitations is among these taps.
      room.app.clock.forward(0.01);
      card = await tap(siti.visitor, path, `${card.id}/sent`);
    }
    expect(card.html).toContain('Tidak ada pesan yang menunggu dikirim');
    // What comes after everything was sent begins anew.
    room.app.clock.forward(1);
    await change(first, 'uji-lagi:');
    expect((await look(siti.visitor, path)).html).toContain('0 dari 1 LKS sudah dikirimi');
  });

  test('looking at the queue claims nothing', async () => {
    const { path, invitations } = await room.event(1);
    await look(siti.visitor, path);
    await look(siti.visitor, path);
    const [message] = await room.query(
      'SELECT claimed_by FROM message WHERE invitation_id = $1',
      invitations,
    );
    expect(message).toEqual({ claimed_by: null });
  });

  test('what is skipped comes again after all the others', async () => {
    const { path, invitations } = await room.event(3);
    const first = await tap(siti.visitor, path, 'claim');
    const second = await tap(siti.visitor, path, `${first.id}/skip`);
    expect(second.invitation).toBe(invitations[1]);
    const third = await tap(siti.visitor, path, `${second.id}/sent`);
    const again = await tap(siti.visitor, path, `${third.id}/sent`);
    expect(again.invitation).toBe(invitations[0]);
    expect((await tap(siti.visitor, path, `${again.id}/skip`)).html).toContain('Tinggal ini yang menunggu');
  });

  test('a wrong tap on "Terkirim" is taken back for a short while, with the time it was sent before', async () => {
    const { path, invitations } = await room.event(2);
    const first = await tap(siti.visitor, path, 'claim');
    const next = await tap(siti.visitor, path, `${first.id}/sent`);
    expect(next.html).toContain(`whatsapp/${first.id}/undo`);
    expect(await sentAt(invitations[0])).not.toBeNull();
    const back = await tap(siti.visitor, path, `${first.id}/undo`);
    expect(back.id).toBe(first.id);
    expect(await sentAt(invitations[0])).toBeNull();
    await tap(siti.visitor, path, `${first.id}/sent`);
    room.app.clock.forward(0.2);
    const late = await tap(siti.visitor, path, `${first.id}/undo`);
    expect(late.html).toContain('Tidak dapat dibatalkan lagi');
    expect(await sentAt(invitations[0])).not.toBeNull();
  });

  test('nobody takes back what a colleague has sent', async () => {
    const { path } = await room.event(1);
    const first = await tap(siti.visitor, path, 'claim');
    await tap(siti.visitor, path, `${first.id}/sent`);
    const refused = await tap(budi.visitor, path, `${first.id}/undo`);
    expect(refused.html).toContain('Tidak dapat dibatalkan lagi');
    expect(await room.query('SELECT state FROM message WHERE id = $1', [first.id])).toEqual([
      { state: 'sent' },
    ]);
  });
});

describe('wrong numbers', () => {
  test('the next known number is proposed, then that none is left; other offices and LKS keep theirs', async () => {
    const { path, invitations, institutions } = await room.event(1);
    await room.query(
      `INSERT INTO representative (institution_id, name, position, phone, sort) VALUES ($1, 'Sekretaris Uji', 'Sekretaris', $2, 1)`,
      [institutions[0], leaderPhone(55)],
    );
    const first = await tap(siti.visitor, path, 'claim');
    const second = await tap(siti.visitor, path, `${first.id}/wrong-number`, { phone: leaderPhone(1) });
    expect([second.id, second.number]).toEqual([first.id, '+62 812 0000 0155']);
    expect(second.html).toContain('Nomor Sekretaris Uji (Sekretaris)');
    const none = await tap(siti.visitor, path, `${first.id}/wrong-number`, { phone: leaderPhone(55) });
    expect(none.whatsapp).toContain('https://wa.me/?text=');
    expect(none.html).toContain('Tidak ada nomor lain yang dikenal');
    const kept = await room.query<{ fingerprint: string }>(
      'SELECT fingerprint FROM wrong_number WHERE institution_id = $1',
      institutions,
    );
    expect(kept).toHaveLength(2);
    expect(JSON.stringify(kept)).not.toContain('812');
    // Its page shows them, and one that was right after all is used again.
    const page = `/events/${path.split('/')[2]}/invitations/${invitations[0]}`;
    expect((await siti.visitor.get(page)).text).toContain('ditandai salah');
    await siti.visitor.post(`${page}/right-number`, { phone: leaderPhone(55) }, page);
    expect((await look(siti.visitor, path)).number).toBe('+62 812 0000 0155');
  });

  test('whoever called a number marks it on the page of the invitation too', async () => {
    const { path, invitations } = await room.event(1);
    const page = `/events/${path.split('/')[2]}/invitations/${invitations[0]}`;
    await siti.visitor.post(`${page}/wrong-number`, { phone: leaderPhone(1) }, page);
    expect((await siti.visitor.get(page)).text).toContain('ditandai salah');
    expect((await tap(siti.visitor, path, 'claim')).whatsapp).toContain('https://wa.me/?text=');
  });

  test('only a number that the page showed is marked', async () => {
    const { path, institutions } = await room.event(1);
    const first = await tap(siti.visitor, path, 'claim');
    for (const phone of ['+6281299999999', '', "'; --"])
      await tap(siti.visitor, path, `${first.id}/wrong-number`, { phone });
    expect(await room.query('SELECT 1 FROM wrong_number WHERE institution_id = $1', institutions)).toEqual(
      [],
    );
  });
});

describe('several colleagues', () => {
  test('two who begin at the same moment never get the same LKS', async () => {
    const { path, invitations } = await room.event(6);
    const seen: number[] = [];
    let cards = await Promise.all([siti, budi].map(({ visitor }) => tap(visitor, path, 'claim')));
    while (cards.every(({ id }) => id !== undefined)) {
      seen.push(...cards.map(({ invitation }) => invitation));
      cards = await Promise.all(
        [siti, budi].map(({ visitor }, at) => tap(visitor, path, `${cards[at]?.id}/sent`)),
      );
    }
    expect(seen.sort((a, b) => a - b)).toEqual(invitations);
  });

  test('what a colleague holds is counted and not offered; after ten minutes it comes back', async () => {
    const { path, invitations } = await room.event(1);
    const held = await tap(siti.visitor, path, 'claim');
    const waiting = await tap(budi.visitor, path, 'claim');
    expect(waiting.id).toBeUndefined();
    expect(waiting.html).toContain('1 sedang dipegang rekan');
    room.app.clock.forward(10.1 / 60);
    expect((await look(siti.visitor, path)).id).toBeUndefined();
    const taken = await tap(budi.visitor, path, 'claim');
    expect([taken.id, taken.invitation]).toEqual([held.id, invitations[0]]);
  });

  test('"Terkirim" after the claim has expired still counts, once; the colleague is told by whom', async () => {
    const { path } = await room.event(1);
    const held = await tap(siti.visitor, path, 'claim');
    room.app.clock.forward(10.1 / 60);
    await tap(budi.visitor, path, 'claim');
    await tap(siti.visitor, path, `${held.id}/sent`);
    const late = await tap(budi.visitor, path, `${held.id}/sent`);
    expect(late.html).toContain('sudah ditandai terkirim oleh Siti');
    const entries = await room.query(
      `SELECT a.user_id FROM audit_entry a JOIN message m ON m.invitation_id = a.subject_id
       WHERE m.id = $1 AND a.action = 'invitation.sent'`,
      [held.id],
    );
    expect(entries).toEqual([{ user_id: siti.userId }]);
  });

  test('a double tap on "Terkirim" marks one message, and says nothing', async () => {
    const { path } = await room.event(2);
    const held = await tap(siti.visitor, path, 'claim');
    const next = await tap(siti.visitor, path, `${held.id}/sent`);
    const again = await tap(siti.visitor, path, `${held.id}/sent`);
    expect(again.id).toBe(next.id);
    expect(again.html).toContain('1 dari 2 LKS sudah dikirimi');
    expect(again.html).not.toContain('sudah ditandai terkirim');
  });

  test('who stops gives back at once', async () => {
    const { path } = await room.event(1);
    await tap(siti.visitor, path, 'claim');
    await tap(siti.visitor, path, 'release');
    expect((await tap(budi.visitor, path, 'claim')).id).toBeDefined();
  });
});

describe('what waits', () => {
  test('is narrowed by answer and by purpose, and the filter stays while one goes on', async () => {
    const { id, path, invitations } = await room.event(3);
    const [, second = 0] = invitations;
    await answer(room.app, id, second, 'accepts');
    const only = { answer: 'accepted', purpose: 'invitation' };
    const card = await tap(siti.visitor, path, 'claim', only);
    expect(card.invitation).toBe(second);
    expect(card.html).toContain('0 dari 1 LKS sudah dikirimi');
    const done = await tap(siti.visitor, path, `${card.id}/sent`, only);
    expect(done.id).toBeUndefined();
    expect(done.html).toContain('Tidak ada yang cocok dengan saringan ini');
    const none = await tap(siti.visitor, path, 'claim', { answer: 'all', purpose: 'thanks' });
    expect(none.id).toBeUndefined();
  });

  test('nobody is reminded who has answered, or invited to what is cancelled', async () => {
    const { id, path, invitations } = await room.event(2);
    const [first = 0] = invitations;
    await room.query(`UPDATE message SET purpose = 'reminder_answer' WHERE invitation_id = $1`, [first]);
    await answer(room.app, id, first, 'accepts');
    expect((await look(siti.visitor, path)).html).toContain('0 dari 1 LKS');
    await room.query(`UPDATE event SET state = 'cancelled', cancel_reason = 'Uji' WHERE id = $1`, [id]);
    expect((await look(siti.visitor, path)).html).toContain('Tidak ada pesan yang menunggu dikirim');
  });

  test.each([
    // Whatever an event that is off, or a revoked invitation, makes pointless; that it is off is still told.
    ['cancelled', ['cancellation', 'released', 'revocation']],
    ['finished', ['cancellation', 'follow_up', 'materials', 'released', 'revocation', 'thanks']],
    ['revoked', ['cancellation', 'released', 'revocation']],
    ['revoked, unknown to whom it was for', ['cancellation', 'released']],
  ])('of what waits when it is %s only that is offered which still holds', async (state, left) => {
    const { id, path } = await room.event(1);
    await room.query(
      `INSERT INTO message (office_id, event_id, invitation_id, purpose, channel, dedupe_key)
       SELECT office_id, event_id, invitation_id, p.purpose, 'whatsapp', 'uji:' || m.id || p.purpose
       FROM message m CROSS JOIN unnest($2::text[]) AS p (purpose) WHERE m.event_id = $1`,
      [id, invitationPurposes],
    );
    await room.query(
      state.startsWith('revoked')
        ? `UPDATE invitation SET state = 'revoked', reason = $2 WHERE event_id = $1`
        : `UPDATE event SET state = $2, cancel_reason = CASE $2 WHEN 'cancelled' THEN 'Uji' ELSE '' END WHERE id = $1`,
      [id, state],
    );
    if (!state.includes('unknown'))
      await room.query('UPDATE invitation SET sent_at = now() WHERE event_id = $1', [id]);
    const waiting = await waitingByPurpose(room.app.db, id, new Date());
    expect(waiting.map(({ purpose }) => purpose).sort()).toEqual(left);
    expect((await look(siti.visitor, path)).html).toContain(`0 dari ${left.length} pesan`);
  });

  test('what was overtaken while a colleague held it is not marked as sent', async () => {
    const { id, path, invitations } = await room.event(1);
    const held = await tap(siti.visitor, path, 'claim');
    await tell(id, invitations);
    const next = await tap(siti.visitor, path, `${held.id}/sent`);
    expect(next.html).toContain('sudah diganti yang lebih baru');
    expect(next.text).toContain('dibatalkan');
    expect(await sentAt(invitations[0])).toBeNull();
  });

  test('a tap is not taken back once something newer is to be told', async () => {
    const { id, path, invitations } = await room.event(1);
    const held = await tap(siti.visitor, path, 'claim');
    await tap(siti.visitor, path, `${held.id}/sent`);
    await tell(id, invitations);
    const late = await tap(siti.visitor, path, `${held.id}/undo`);
    expect(late.html).toContain('Tidak dapat dibatalkan lagi');
    expect(await sentAt(invitations[0])).not.toBeNull();
  });

  test('a tap and what overtakes its message at that moment do not wait for each other', async () => {
    const { path, invitations } = await room.event(1);
    const held = await tap(siti.visitor, path, 'claim');
    const send = await siti.visitor.prepare(`${path}/${held.id}/sent`, {}, path);
    const replied = await inTransaction(room.app.db, async (tx) => {
      // As everything does that changes an invitation: first it, then what it overtakes.
      await tx.query('UPDATE invitation SET demand = demand WHERE id = $1', invitations);
      const reply = send();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await tx.query(`UPDATE message SET state = 'cancelled' WHERE invitation_id = $1`, invitations);
      return { reply };
    });
    expect((await replied.reply).status).toBe(303);
    expect(await sentAt(invitations[0])).toBeNull();
  });

  test('messages that are due later wait, and those without a number come last', async () => {
    const { path, invitations, institutions } = await room.event(3);
    await room.query('UPDATE representative SET phone = NULL WHERE institution_id = $1', [institutions[0]]);
    await room.query(`UPDATE message SET due_at = '2027-01-01' WHERE invitation_id = $1`, [invitations[1]]);
    const first = await tap(siti.visitor, path, 'claim');
    expect(first.invitation).toBe(invitations[2]);
    const second = await tap(siti.visitor, path, `${first.id}/sent`);
    expect(second.invitation).toBe(invitations[0]);
    expect(second.html).toContain('Nomor belum ada');
    expect((await tap(siti.visitor, path, `${second.id}/sent`)).id).toBeUndefined();
  });
});

describe('a delegate whose mail was refused', () => {
  const phone = '+6281299990001';

  /** The first LKS comes with somebody whose confirmation never arrived. */
  async function refusedDelegate() {
    const event = await room.event(1);
    const [invitation = 0] = event.invitations;
    await answer(room.app, event.id, invitation, 'accepts');
    await room.query(`UPDATE message SET state = 'cancelled' WHERE event_id = $1`, [event.id]);
    const [row] = await room.query<{ delegate: number; message: number }>(
      `WITH named AS (UPDATE delegate SET name = 'Rahma Contoh', phone = $2, email = 'rahma@lksa.example'
         WHERE invitation_id = $1 RETURNING id)
       INSERT INTO message (office_id, event_id, invitation_id, delegate_id, purpose, channel, dedupe_key)
       SELECT $3, $4, $1, id, 'confirmation', 'email', 'uji:d' || id || ':email' FROM named
       RETURNING id AS message, delegate_id AS delegate`,
      [invitation, phone, room.office.id, event.id],
    );
    if (!row) throw new Error('there is no delegate');
    await inTransaction(room.app.db, async (tx) => {
      await markAddress(tx, 'rahma@lksa.example', '550', room.app.clock.now());
      await refuseMessage(tx, row.message, {
        words: '550',
        address: 'rahma@lksa.example',
        at: room.app.clock.now(),
      });
    });
    return { ...event, invitation, ...row };
  }

  test('is told by WhatsApp what the mail said, at their own number; their institution counts as told of nothing', async () => {
    const { path, invitation } = await refusedDelegate();
    const card = await tap(siti.visitor, path, 'claim');
    expect(card.html).toContain('Untuk delegasi Rahma Contoh; surelnya ditolak.');
    expect(card.number).toBe('+62 812 9999 0001');
    expect(card.text).toMatch(/^Yth\. Rahma Contoh[\s\S]*tercatat/);
    expect(card.text).toMatch(/\/d\/[\w-]{32}$/);
    const after = await tap(siti.visitor, path, `${card.id}/sent`);
    expect(after.html).toContain('Rahma Contoh');
    expect(await sentAt(invitation)).toBeNull();
    const undone = await tap(siti.visitor, path, `${card.id}/undo`);
    expect(undone.id).toBe(card.id);
  });

  test('is looked for at a number of the institution when theirs is wrong', async () => {
    const { path } = await refusedDelegate();
    const card = await tap(siti.visitor, path, 'claim');
    const next = await tap(siti.visitor, path, `${card.id}/wrong-number`, { phone });
    expect([next.id, next.number]).toEqual([card.id, '+62 812 0000 0101']);
    expect(next.text).toMatch(/^Yth\. Rahma Contoh/);
  });

  test('is not told any more when somebody else comes', async () => {
    const { path, delegate } = await refusedDelegate();
    await inTransaction(room.app.db, (tx) => recallFromDelegate(tx, delegate));
    expect((await tap(siti.visitor, path, 'claim')).id).toBeUndefined();
  });
});
