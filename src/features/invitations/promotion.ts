import { columnsOf, runPrepared } from '../../database/data-source.js';
import { Conflict } from '../../errors.js';
import type { LockedQuota } from '../quotas/quota-lock.js';
import { holdSeats, roomOf } from '../quotas/seats.js';
import { change, type Author, type Book } from './book.js';
import { seatDelegates } from './delegates.js';
import { Invitation } from './invitation.entity.js';

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

/** Who waits, by queue number, and has room for what it waits for, or for a part of it where that will do. */
const nextStatement = (columns: string, room: string) => `
  SELECT ${columns}, fit.room
  FROM invitation i JOIN event_quota q ON q.event_id = i.event_id
  CROSS JOIN LATERAL (SELECT ${room} AS room) fit
  WHERE i.event_id = $1 AND i.queue_number > $2 AND i.waiting > 0
    -- Whoever has an offer on the table answers that first.
    AND i.state IN ('waiting', 'accepted') AND i.hold_until IS NULL
    -- Hundreds may wait where nothing is free.
    AND i.stratum_id = ANY (ARRAY(
      SELECT DISTINCT stratum_id FROM seat WHERE event_id = $1 AND pool = 'quota' AND state = 'free'))
    AND fit.room >= CASE WHEN i.wait_for_all THEN i.waiting ELSE 1 END
  ORDER BY i.queue_number LIMIT 1`;

async function nextInLine({ tx, quota }: Book, after: number) {
  const { room, name } = roomOf(quota, 'i.waiting');
  const text = nextStatement(columnsOf(tx, Invitation, 'i'), room);
  const [next] = await runPrepared<Invitation & { room: number }>(tx, `next_${name}`, text, [
    quota.eventId,
    after,
  ]);
  return next;
}

/**
 * Hands free seats to those who wait, in the order of their queue numbers (rules.md 10). Before answer-by in a
 * first-come event a seat is theirs at once; otherwise it is offered with a time. Who waits for all lets smaller
 * demands pass (rule 8). Call it after everything that may have freed a seat.
 */
export async function promote(book: Book, author: Author = book.author): Promise<void> {
  if (!seatsMayMove(book)) return;
  const atOnce = book.quota.filling === 'first_come' && answersAreOpen(book);
  let last = 0;
  for (let next = await nextInLine(book, last); next; next = await nextInLine(book, last)) {
    const { room, ...columns } = next;
    const invitation = Object.assign(new Invitation(), columns);
    last = Number(invitation.queueNumber);
    const wanted = invitation.waiting;
    const count = Math.min(room, wanted);
    const rest = { waiting: wanted - count, ...(count === wanted && { queueNumber: null }) };
    if (atOnce) {
      await seatDelegates(book, invitation, count);
      await change(book, invitation, 'promote', rest, author);
    } else {
      await offerSeats(book, invitation, count, rest, author);
    }
  }
}

/** Holds seats for an invitation and tells it until when; beside seats it has already, they are an extra. */
export async function offerSeats(
  book: Book,
  invitation: Invitation,
  count: number,
  rest: Partial<Pick<Invitation, 'waiting' | 'queueNumber' | 'demand'>>,
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
