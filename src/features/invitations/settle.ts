import type { DataSource } from 'typeorm';
import type { Clock } from '../../clock.js';
import { releaseAll, releaseOffered } from '../quotas/seats.js';
import { change, clockAuthor, withBook, type Book } from './book.js';
import { endDelegates } from './delegates.js';
import { Invitation } from './invitation.entity.js';
import { isAlive } from './offers.js';
import { promote } from './promotion.js';

/** How the time of invitation `i` can have passed at $1 (rules.md): each is found by an index, or by the event alone. */
const waysToBeDue = [
  `i.state = 'open' AND i.answer_by < $1`,
  `i.state = 'open' AND e.answer_by < $1`,
  `i.hold_until IS NOT NULL AND i.hold_until < $1`,
  `i.waiting > 0 AND e.starts_at <= $1`,
];

/** An invitation whose time has passed in one of the ways; shared by the clock's search and the act. */
const due = waysToBeDue.map((way) => `(${way})`).join(' OR ');

/** The event's answer-by has passed and nobody looked yet: seats of strata with nobody left go on (rules.md 11). */
const deadlineDue = `e.state = 'published' AND e.answer_by < $1 AND q.deadline_settled IS DISTINCT FROM e.answer_by`;

/**
 * Whether anything of event `e` with its quota `q` is overdue at $1: for acts, which read it along with what they need
 * anyway.
 */
export const anythingDue = `(${deadlineDue} OR e.state IN ('published', 'running') AND (${waysToBeDue
  .map((way) => `EXISTS (SELECT 1 FROM invitation i WHERE i.event_id = e.id AND ${way})`)
  .join(' OR ')}))`;

const noWaiting = { waiting: 0, queueNumber: null };

/**
 * Ends what is past its time: whoever takes the lock first does it (rules.md 12), so every act begins with this,
 * and the clock only wakes it up. Freed seats go on to those who wait.
 */
export async function settle(book: Book): Promise<number> {
  // Who was told that the event is cancelled need not hear that an offer ended.
  if (!isAlive(book.quota.eventState)) return 0;
  const ids = (await book.tx.query(
    `SELECT i.id FROM invitation i JOIN event e ON e.id = i.event_id WHERE i.event_id = $2 AND (${due}) ORDER BY i.id`,
    [book.now, book.quota.eventId],
  )) as { id: number }[];
  for (const { id } of ids) await endOverdue(book, await book.tx.findOneByOrFail(Invitation, { id }));
  const isDeadline = await noteDeadline(book);
  if (ids.length > 0 || isDeadline) await promote(book, clockAuthor);
  return ids.length;
}

/** @returns whether answer-by has passed since somebody last looked */
async function noteDeadline({ tx, quota, now }: Book): Promise<boolean> {
  const { eventState, answerBy, deadlineSettled } = quota;
  if (eventState !== 'published' || !answerBy || answerBy >= now) return false;
  if (Number(deadlineSettled) === Number(answerBy)) return false;
  await tx.query('UPDATE event_quota SET deadline_settled = $2 WHERE event_id = $1', [
    quota.eventId,
    answerBy,
  ]);
  quota.deadlineSettled = answerBy;
  return true;
}

async function endOverdue(book: Book, invitation: Invitation): Promise<void> {
  const held = invitation.holdUntil !== null && invitation.holdUntil < book.now;
  if (invitation.state === 'accepted') {
    if (held) {
      await releaseOffered(book.tx, invitation);
      await change(book, invitation, 'void_offer', { ...noWaiting, holdUntil: null }, clockAuthor);
    } else {
      await change(book, invitation, 'stop_waiting', noWaiting, clockAuthor);
    }
    return;
  }
  await releaseAll(book.tx, invitation);
  await endDelegates(book, invitation);
  const verb = held ? 'lapse_held' : 'lapse';
  await change(book, invitation, verb, { ...noWaiting, holdUntil: null }, clockAuthor);
}

/**
 * Wakes up every event in which something is overdue. Safe in several processes at once: each event is judged
 * again under its lock. A killed process leaves an event as it was, and the next round finds it.
 * @returns how many invitations ended
 */
export async function settleDue({ db, clock }: { db: DataSource; clock: Clock }): Promise<number> {
  const events = (await db.query(
    `SELECT e.id FROM event e JOIN invitation i ON i.event_id = e.id
     WHERE e.state IN ('published', 'running') AND (${due})
     UNION SELECT e.id FROM event e JOIN event_quota q ON q.event_id = e.id WHERE ${deadlineDue} ORDER BY id`,
    [clock.now()],
  )) as { id: number }[];
  let ended = 0;
  for (const { id } of events) ended += await withBook({ db, clock }, id, clockAuthor, settle);
  return ended;
}
