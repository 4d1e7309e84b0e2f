import { Conflict } from '../../errors.js';
import type { LockedQuota } from '../quotas/quota-lock.js';
import { holdSeats } from '../quotas/seats.js';
import { change, type Author, type Book } from './book.js';
import type { Invitation } from './invitation.entity.js';

const hours = 3_600_000;

/** Answers count while the event is published and its answer-by has not passed. */
export function answersAreOpen({ quota, now }: Pick<Book, 'quota' | 'now'>): boolean {
  return quota.eventState === 'published' && quota.answerBy !== null && now <= quota.answerBy;
}

const closed: Record<string, string> = {
  cancelled: 'answer.closed_cancelled',
  finished: 'answer.closed_past',
  running: 'answer.closed_past',
};

/** @throws Conflict when nobody can accept any more, or not yet */
export function mustBeOpen(book: Pick<Book, 'quota' | 'now'>): void {
  const reason = closed[book.quota.eventState];
  if (reason) throw new Conflict(reason);
  if (!answersAreOpen(book)) throw new Conflict('answer.closed_deadline');
}

/** An offer, a confirmation, a withdrawal have times of their own. @throws Conflict once the event is over */
export function mustNotBeOver({ quota }: Pick<Book, 'quota'>): void {
  if (isAlive(quota.eventState)) return;
  throw new Conflict(closed[quota.eventState] ?? 'invitation.event_not_open');
}

/** Whoever came has come, also where it is written down after the event. @throws Conflict for a draft, or one called off */
export function mustTakePlace({ quota }: Pick<Book, 'quota'>): void {
  if (quota.eventState !== 'finished') mustNotBeOver({ quota });
}

/** While an event is announced and not over, what is past its time ends. */
export const isAlive = (state: LockedQuota['eventState']): boolean =>
  state === 'published' || state === 'running';

/** Seats change hands until the first day begins. */
export function seatsMayMove({ quota, now }: Pick<Book, 'quota' | 'now'>): boolean {
  return quota.eventState === 'published' && quota.startsAt !== null && now < quota.startsAt;
}

/** Until when an offer made now stands: never later than the event's answer-by while that lies ahead (rule 17). */
export function offerUntil({ quota, now }: Pick<Book, 'quota' | 'now'>): Date {
  const wished = now.getTime() + quota.offerHours * hours;
  const limits = [quota.startsAt, quota.answerBy]
    .filter((at) => at !== null && at > now)
    .map((at) => Number(at));
  return new Date(Math.min(wished, ...limits));
}

/** Holds seats for an invitation and tells it until when; beside seats it has already, they are an extra. */
export async function offerSeats(
  book: Book,
  invitation: Invitation,
  count: number,
  rest: Partial<Pick<Invitation, 'waiting' | 'queueNumber' | 'demand' | 'reason'>>,
  author: Author = book.author,
): Promise<void> {
  const holdUntil = offerUntil(book);
  await holdSeats(book.tx, book.quota, invitation, count, holdUntil);
  // A second offer while one stands: both run until the later time.
  await book.tx.query(
    `UPDATE seat SET held_until = $2 WHERE invitation_id = $1 AND state = 'held' AND delegate_id IS NULL`,
    [invitation.id, holdUntil],
  );
  const verb = invitation.state === 'accepted' ? 'offer_more' : 'offer';
  await change(book, invitation, verb, { ...rest, holdUntil }, author);
}
