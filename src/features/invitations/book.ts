import type { DataSource } from 'typeorm';
import type { Clock } from '../../clock.js';
import { inTransaction, runPrepared, type Tx } from '../../database/data-source.js';
import { Conflict, NotFound } from '../../errors.js';
import { auditValues, insertAudit, valuesOfAudit } from '../audit/audit.service.js';
import { lockQuota, type LockedQuota } from '../quotas/quota-lock.js';
import { allows, transitions, type Verb, type Way } from './invitation.machine.js';
import { Invitation } from './invitation.entity.js';
import { queueMessages, recallOf } from '../messages/outbox.js';
import type { InvitationPurpose } from '../messages/purposes.js';

/** On whose behalf something happens. */
export interface Author {
  way: Way;
  userId: number | null;
}

export const clockAuthor: Author = { way: 'clock', userId: null };
export const linkAuthor: Author = { way: 'link', userId: null };

/**
 * The book of an event's seats and invitations, open under the lock. Time is read after the lock was won, so
 * that a deadline is judged by when the act happens, not by when it began to wait.
 */
export interface Book {
  tx: Tx;
  quota: LockedQuota;
  now: Date;
  author: Author;
}

/** Opens the book in the caller's transaction. */
export async function openBook(tx: Tx, clock: Clock, eventId: number, author: Author): Promise<Book> {
  const quota = await lockQuota(tx, eventId);
  return { tx, quota, now: clock.now(), author };
}

/** One transaction with the book of an event open. */
export function withBook<T>(
  { db, clock }: { db: DataSource; clock: Clock },
  eventId: number,
  author: Author,
  work: (book: Book) => Promise<T>,
): Promise<T> {
  return inTransaction(db, async (tx) => work(await openBook(tx, clock, eventId, author)));
}

/** An invitation of this event, read under the lock. */
export async function readInvitation(book: Book, id: number): Promise<Invitation> {
  const invitation = await book.tx.findOneBy(Invitation, { id, eventId: book.quota.eventId });
  if (!invitation) throw new NotFound();
  return invitation;
}

type Patch = Partial<
  Pick<Invitation, 'demand' | 'waiting' | 'waitForAll' | 'queueNumber' | 'holdUntil' | 'answerBy' | 'reason'>
>;

/**
 * The invitation, the step in its history and the entry in the audit log, at once: every round trip under the lock
 * is time in which nobody else can answer. Its first values are those of the entry: $2 and $3 its author, $6 its
 * subject, the invitation.
 */
const changeStatement = `
  WITH seated AS (SELECT count(*)::int AS seats FROM seat WHERE invitation_id = $6),
  changed AS (
    UPDATE invitation SET state = $15, demand = $16, waiting = $17, wait_for_all = $18, queue_number = $19,
      hold_until = $20, answer_by = $21, reason = $22, answered_at = $23, answered_way = $24
    WHERE id = $6),
  recalled AS (${recallOf('$6', '$15')}),
  logged AS (
    ${insertAudit} SELECT ${auditValues} || jsonb_build_object('seats', seats) FROM seated)
  INSERT INTO invitation_change (event_id, at, verb, from_state, reason, invitation_id, way, user_id, to_state, waiting,
    seats)
  SELECT $10, $11, $12, $13, $14, $6, $3, $2, $15, $17, seats FROM seated
  RETURNING id`;

/**
 * The one place where an invitation changes: checks the table of states, keeps the history, writes the audit
 * entry and what the institution is to be told. Move the seats before calling it.
 * @param detail what the message must say and no record holds
 * @throws Conflict when the table does not allow it
 */
export async function change(
  book: Book,
  invitation: Invitation,
  verb: Verb,
  patch: Patch = {},
  author: Author = book.author,
  detail: Record<string, unknown> = {},
): Promise<void> {
  const { tx, quota, now } = book;
  const { to, message } = transitions[verb] as { to: Invitation['state']; message?: InvitationPurpose };
  if (!allows(verb, invitation.state, author.way)) throw new Conflict('invitation.conflict');
  const from = invitation.state;
  const answered =
    author.way !== 'clock' && ['accept', 'wait', 'decline', 'confirm', 'give_back', 'walk_in'].includes(verb);
  const values = {
    ...patch,
    state: to,
    ...(answered && { answeredAt: now, answeredWay: author.way as 'link' | 'office' }),
  };
  Object.assign(invitation, values);
  const i = invitation;
  const [written] = await runPrepared<{ id: number }>(tx, 'invitation_change', changeStatement, [
    ...valuesOfAudit(
      { officeId: quota.officeId, ...author },
      {
        action: `invitation.${verb}`,
        subject: ['invitation', i.id],
        fields: ['state'],
        detail: { event: quota.eventId, from, to, waiting: i.waiting },
      },
    ),
    ...[quota.eventId, now, verb, from, patch.reason ?? ''],
    ...[i.state, i.demand, i.waiting, i.waitForAll, i.queueNumber, i.holdUntil, i.answerBy, i.reason],
    ...[i.answeredAt, i.answeredWay],
  ]);
  if (!message) return;
  const { officeId, eventId } = quota;
  const cause = String(written?.id);
  await queueMessages(tx, { officeId, eventId, purpose: message, cause, now, detail }, [invitation.id]);
}
