import { Conflict, InvalidInput } from '../../errors.js';
import { refuseIfCheckedIn } from '../attendance/attended.js';
import { nextQueueNumber } from '../quotas/quota-lock.js';
import { confirmHeldSeats, releaseAll, releaseDelegates, releaseOffered } from '../quotas/seats.js';
import { change, type Book } from './book.js';
import { confirmAgain, endDelegates, seatDelegates } from './delegates.js';
import type { Invitation } from './invitation.entity.js';
import { mustBeOpen, mustNotBeOver } from './offers.js';
import { promote } from './promotion.js';
import { begin, type Standing } from './standing.js';

/** "Ambil yang ada, tunggu sisanya", or "tunggu sampai cukup" (rules.md 8). */
export type Shortage = 'take_rest' | 'wait_for_all';

/** Fewer seats than wanted: the delegate must choose, and is told how many there are. */
export class SeatsShort extends Conflict {
  constructor(
    readonly wanted: number,
    readonly free: number,
  ) {
    super('answer.short', { count: free });
  }
}

/**
 * The institution comes with `seats` people. Takes seats, or a place in the queue where none are left.
 * @throws SeatsShort when fewer are free than wanted and no choice was made
 * @throws Conflict when answers are closed or the state does not allow it
 */
export async function accept(
  book: Book,
  id: number,
  seats: number,
  shortage?: Shortage,
): Promise<Invitation> {
  const standing = await begin(book, id);
  const { invitation, limit, room } = standing;
  if (invitation.state === 'offered') return acceptOffer(book, standing, seats);
  if (['accepted', 'waiting', 'reconfirm'].includes(invitation.state)) throw new Conflict('answer.already');
  mustBeOpen(book);
  if (seats < 1 || seats > limit)
    throw InvalidInput.at('seats', 'error.number_range', { minimum: 1, maximum: limit });
  if (room > 0 && room < seats && !shortage) throw new SeatsShort(seats, room);
  const takes = room >= seats ? seats : shortage === 'take_rest' ? room : 0;
  const waiting = seats - takes;
  const queued = waiting > 0 ? { queueNumber: await nextQueueNumber(book.tx, book.quota.eventId) } : {};
  const patch = { demand: seats, waiting, waitForAll: waiting > 0 && shortage !== 'take_rest', ...queued };
  if (takes > 0) await seatDelegates(book, invitation, takes);
  await change(book, invitation, takes > 0 ? 'accept' : 'wait', patch);
  return invitation;
}

/** Takes m of the held seats; what is left over goes on to the next (rules.md 10). */
async function acceptOffer(
  book: Book,
  { invitation, offered }: Standing,
  seats: number,
): Promise<Invitation> {
  mustNotBeOver(book);
  if (seats < 1 || seats > offered)
    throw InvalidInput.at('seats', 'error.number_range', { minimum: 1, maximum: offered });
  await seatDelegates(book, invitation, seats, 'held');
  if (seats < offered) await releaseOffered(book.tx, invitation);
  const demand = Math.max(invitation.demand, seats);
  // Who takes less than was offered does not want the rest either.
  const rest = seats < offered ? { waiting: 0, queueNumber: null } : {};
  await change(book, invitation, 'accept', { holdUntil: null, demand, ...rest });
  await promote(book);
  return invitation;
}

/** Accepts or releases the extra seats offered to an institution that already has some. */
export async function answerExtraOffer(book: Book, id: number, seats: number): Promise<Invitation> {
  const standing = await begin(book, id);
  const { invitation } = standing;
  if (invitation.state !== 'accepted' || !invitation.holdUntil) throw new Conflict('answer.offer_gone');
  if (seats > 0) return acceptOffer(book, standing, seats);
  await releaseOffered(book.tx, invitation);
  await change(book, invitation, 'stop_waiting', { holdUntil: null, waiting: 0, queueNumber: null });
  await promote(book);
  return invitation;
}

/** The institution does not come, or no longer: whatever it had goes on to the next. */
export async function decline(book: Book, id: number, reason = ''): Promise<Invitation> {
  const { invitation, named, offered } = await begin(book, id);
  if (invitation.state === 'declined') return invitation;
  mustNotBeOver(book);
  if (named > 0) await refuseIfCheckedIn(book.tx, id);
  if (named + offered > 0) await releaseAll(book.tx, invitation);
  if (named > 0) await endDelegates(book, invitation);
  await change(book, invitation, 'decline', { holdUntil: null, waiting: 0, queueNumber: null, reason });
  await promote(book);
  return invitation;
}

/** Single delegates do not come; the last one to go is a withdrawal of the institution. Waiting ends with it. */
export async function giveBack(book: Book, id: number, delegateIds: number[]): Promise<Invitation> {
  const { invitation, named } = await begin(book, id);
  mustNotBeOver(book);
  const active = (await book.tx.query(
    `SELECT id FROM delegate WHERE invitation_id = $1 AND state = 'active' AND id = ANY($2)`,
    [id, delegateIds],
  )) as { id: number }[];
  const ids = active.map((row) => row.id);
  if (ids.length === 0) throw new Conflict('answer.delegate_gone');
  if (ids.length === named) return decline(book, id);
  await refuseIfCheckedIn(book.tx, id, ids);
  await releaseDelegates(book.tx, ids);
  await endDelegates(book, invitation, ids);
  await releaseOffered(book.tx, invitation);
  await change(book, invitation, 'give_back', {
    demand: named - ids.length,
    holdUntil: null,
    waiting: 0,
    queueNumber: null,
  });
  await promote(book);
  return invitation;
}

/** "Tetap hadir" after a change of day: the seats that were kept are taken again. */
export async function confirm(book: Book, id: number): Promise<Invitation> {
  const { invitation } = await begin(book, id);
  mustNotBeOver(book);
  await confirmHeldSeats(book.tx, invitation);
  await change(book, invitation, 'confirm', { holdUntil: null });
  await confirmAgain(book, invitation);
  return invitation;
}

/** Keeps the seats it has and no longer waits for more. */
export async function stopWaiting(book: Book, id: number): Promise<Invitation> {
  const { invitation } = await begin(book, id);
  if (invitation.state === 'waiting') return decline(book, id);
  await change(book, invitation, 'stop_waiting', { waiting: 0, queueNumber: null });
  return invitation;
}
