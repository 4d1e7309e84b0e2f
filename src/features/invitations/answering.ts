import { Conflict, InvalidInput } from '../../errors.js';
import { refuseIfCheckedIn } from '../attendance/attended.js';
import { nextQueueNumber } from '../quotas/quota-lock.js';
import {
  confirmHeldSeats,
  releaseAll,
  releaseDelegates,
  releaseOffered,
  roomFor,
  seatCounts,
  takeHeldSeats,
  takeSeats,
} from '../quotas/seats.js';
import { change, readInvitation, type Book } from './book.js';
import { addDelegates, endDelegates } from './delegates.js';
import type { Invitation } from './invitation.entity.js';
import { mustBeOpen, mustNotBeOver, promote } from './promotion.js';
import { settle } from './settle.js';

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

/** How many delegates this institution may send: seats per institution, or its stratum's own limit (rules.md 2). */
export async function demandLimit({ tx, quota }: Book, invitation: Invitation): Promise<number> {
  const [stratum] = (await tx.query(
    'SELECT limit_per_institution AS "limit", seats FROM quota_stratum WHERE id = $1',
    [invitation.stratumId],
  )) as [{ limit: number | null; seats: number }];
  return Math.max(1, Math.min(quota.seatsPerInstitution, stratum.limit ?? quota.seatsPerInstitution));
}

/** Opens an invitation for an act: what is overdue is ended first. */
async function begin(book: Book, id: number): Promise<Invitation> {
  await settle(book);
  return readInvitation(book, id);
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
  const invitation = await begin(book, id);
  if (invitation.state === 'offered') return acceptOffer(book, invitation, seats);
  if (['accepted', 'waiting', 'reconfirm'].includes(invitation.state)) throw new Conflict('answer.already');
  mustBeOpen(book);
  const limit = await demandLimit(book, invitation);
  if (seats < 1 || seats > limit)
    throw InvalidInput.at('seats', 'error.number_range', { minimum: 1, maximum: limit });
  const room = await roomFor(book.tx, book.quota, invitation);
  if (room > 0 && room < seats && !shortage) throw new SeatsShort(seats, room);
  const takes = room >= seats ? seats : shortage === 'take_rest' ? room : 0;
  const waiting = seats - takes;
  const queued = waiting > 0 ? { queueNumber: await nextQueueNumber(book.tx, book.quota.eventId) } : {};
  const patch = { demand: seats, waiting, waitForAll: waiting > 0 && shortage !== 'take_rest', ...queued };
  if (takes > 0)
    await takeSeats(book.tx, book.quota, invitation, await addDelegates(book, invitation, takes));
  await change(book, invitation, takes > 0 ? 'accept' : 'wait', patch);
  return invitation;
}

/** Takes m of the held seats; what is left over goes on to the next (rules.md 10). */
async function acceptOffer(book: Book, invitation: Invitation, seats: number): Promise<Invitation> {
  mustNotBeOver(book);
  const { offered } = await seatCounts(book.tx, invitation);
  if (seats < 1 || seats > offered)
    throw InvalidInput.at('seats', 'error.number_range', { minimum: 1, maximum: offered });
  await takeHeldSeats(book.tx, invitation, await addDelegates(book, invitation, seats));
  await releaseOffered(book.tx, invitation);
  const demand = Math.max(invitation.demand, seats);
  // Who takes less than was offered does not want the rest either.
  const rest = seats < offered ? { waiting: 0, queueNumber: null } : {};
  await change(book, invitation, 'accept', { holdUntil: null, demand, ...rest });
  await promote(book);
  return invitation;
}

/** Accepts or releases the extra seats offered to an institution that already has some. */
export async function answerExtraOffer(book: Book, id: number, seats: number): Promise<Invitation> {
  const invitation = await begin(book, id);
  if (invitation.state !== 'accepted' || !invitation.holdUntil) throw new Conflict('answer.offer_gone');
  if (seats > 0) return acceptOffer(book, invitation, seats);
  await releaseOffered(book.tx, invitation);
  await change(book, invitation, 'stop_waiting', { holdUntil: null, waiting: 0, queueNumber: null });
  await promote(book);
  return invitation;
}

/** The institution does not come, or no longer: whatever it had goes on to the next. */
export async function decline(book: Book, id: number, reason = ''): Promise<Invitation> {
  const invitation = await begin(book, id);
  if (invitation.state === 'declined') return invitation;
  mustNotBeOver(book);
  await refuseIfCheckedIn(book.tx, id);
  await releaseAll(book.tx, invitation);
  await endDelegates(book, invitation);
  await change(book, invitation, 'decline', { holdUntil: null, waiting: 0, queueNumber: null, reason });
  await promote(book);
  return invitation;
}

/** Single delegates do not come; the last one to go is a withdrawal of the institution. Waiting ends with it. */
export async function giveBack(book: Book, id: number, delegateIds: number[]): Promise<Invitation> {
  const invitation = await begin(book, id);
  mustNotBeOver(book);
  const active = (await book.tx.query(
    `SELECT id FROM delegate WHERE invitation_id = $1 AND state = 'active' AND id = ANY($2)`,
    [id, delegateIds],
  )) as { id: number }[];
  const ids = active.map((row) => row.id);
  if (ids.length === 0) throw new Conflict('answer.delegate_gone');
  const { named } = await seatCounts(book.tx, invitation);
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
  const invitation = await begin(book, id);
  mustNotBeOver(book);
  await confirmHeldSeats(book.tx, invitation);
  await change(book, invitation, 'confirm', { holdUntil: null });
  return invitation;
}

/** Keeps the seats it has and no longer waits for more. */
export async function stopWaiting(book: Book, id: number): Promise<Invitation> {
  const invitation = await begin(book, id);
  if (invitation.state === 'waiting') return decline(book, id);
  await change(book, invitation, 'stop_waiting', { waiting: 0, queueNumber: null });
  return invitation;
}
