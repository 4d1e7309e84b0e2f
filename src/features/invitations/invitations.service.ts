import type { Clock } from '../../clock.js';
import type { Tx } from '../../database/data-source.js';
import { Conflict, InvalidInput } from '../../errors.js';
import { attendedInvitations, refuseIfCheckedIn } from '../attendance/attended.js';
import type { OfficeActor } from '../accounts/permissions.js';
import type { AfterSeatsChanged } from '../quotas/quotas.service.js';
import { holdSeats, holdTakenSeats, releaseAll, releaseOffered, roomFor } from '../quotas/seats.js';
import { change, openBook, readInvitation, type Author, type Book } from './book.js';
import type { Change } from './changes.js';
import { endDelegates } from './delegates.js';
import { Invitation, type InvitationState } from './invitation.entity.js';
import { mustBeOpen, offerSeats, offerUntil } from './offers.js';
import { promote } from './promotion.js';
import { settle } from './settle.js';
import { begin } from './standing.js';
import { mergedWithUnsent, tellEventIsOff } from './telling.js';

export { belongsToEvent, delegatesOf, findInvitation } from './invitations.repository.js';
export { sharedTexts, sharingOf } from './sharing.js';
export { onlyChanges, scheduleOf, type Change } from './changes.js';
export { countConcerned, tellChanges } from './telling.js';
export { knownPeople, sendKnownPerson } from './known-people.js';
export { sharedPhones } from './same-phone.js';
export { delegateSchema, knownSchema, mistakeAt, renameSchema } from './invitations.schema.js';

export const officeAuthor = (actor: { userId: number }): Author => ({ way: 'office', userId: actor.userId });

const inState = (book: Book, ...states: InvitationState[]) =>
  book.tx
    .createQueryBuilder(Invitation, 'i')
    .where('i.eventId = :eventId AND i.state IN (:...states)', { eventId: book.quota.eventId, states })
    .orderBy('i.id')
    .getMany();

/**
 * The event is published: drafts become open, or hold their seats where it is filled by selection. Called by
 * publishEvent in the same transaction.
 * @throws Conflict when the chosen institutions need more seats than there are
 */
export async function openInvitations(
  tx: Tx,
  clock: Clock,
  actor: OfficeActor,
  eventId: number,
): Promise<void> {
  const { left } = await openDrafts(await openBook(tx, clock, eventId, officeAuthor(actor)));
  if (left > 0) throw new Conflict('invitation.no_room_for', { count: left });
}

/**
 * Opens every draft of a published event, as far as seats can be held for them; who was archived meanwhile stays one.
 * @returns how many were opened, and how many stay drafts because their seats are not there
 * @throws Conflict when the event is not published, or can no longer be answered
 */
export async function openDrafts(book: Book): Promise<{ opened: number; left: number }> {
  mustBeOpen(book);
  const drafts = await inState(book, 'draft');
  const active = new Set(await activeOf(book, drafts));
  const counts = { opened: 0, left: 0 };
  for (const invitation of drafts.filter(({ institutionId }) => active.has(institutionId)))
    counts[(await openDraft(book, invitation)) ? 'opened' : 'left'] += 1;
  // What is left over after all who were chosen is for the reserves.
  await promote(book);
  return counts;
}

async function activeOf({ tx }: Book, invitations: Invitation[]): Promise<number[]> {
  const rows = (await tx.query('SELECT id FROM institution WHERE id = ANY ($1) AND archived_at IS NULL', [
    invitations.map(({ institutionId }) => institutionId),
  ])) as { id: number }[];
  return rows.map(({ id }) => id);
}

/** @returns whether the seats that it is to have could be held */
async function openDraft(book: Book, invitation: Invitation): Promise<boolean> {
  if (book.quota.filling === 'first_come') {
    await change(book, invitation, 'publish');
    return true;
  }
  const demand = Math.max(1, invitation.demand);
  if ((await roomFor(book.tx, book.quota, invitation)) < demand) return false;
  const until = earliest(invitation.answerBy, firstWaveUntil(book), book.quota.answerBy);
  if (!until || until <= book.now) throw new Conflict('answer.closed_deadline');
  await holdSeats(book.tx, book.quota, invitation, demand, until);
  await change(book, invitation, 'offer', { demand, holdUntil: until });
  return true;
}

/** Those who were chosen answer by the first wave's day; who is added when it has passed, as long as an offer stands. */
function firstWaveUntil(book: Book): Date | null {
  const { firstWaveBy } = book.quota;
  return firstWaveBy && firstWaveBy <= book.now ? offerUntil(book) : firstWaveBy;
}

const earliest = (...times: (Date | null)[]): Date | undefined =>
  times.filter((at) => at !== null).sort((a, b) => a.getTime() - b.getTime())[0];

/**
 * The event is cancelled: everyone who was told of it is told so, and why stands on the event. Called by cancelEvent in
 * the same transaction.
 */
export async function tellCancellation(
  tx: Tx,
  clock: Clock,
  actor: OfficeActor,
  eventId: number,
): Promise<void> {
  const book = await openBook(tx, clock, eventId, officeAuthor(actor));
  const told = await inState(book, 'open', 'offered', 'waiting', 'accepted', 'reconfirm');
  const base = { officeId: book.quota.officeId, eventId, cause: String(eventId), now: book.now };
  await tellEventIsOff(
    tx,
    base,
    told.map(({ id }) => id),
  );
}

/**
 * A day changed (rules.md 16): accepted invitations must confirm again until `answerBy`; their seats stay held.
 * Called by the event's service in the same transaction, after the days were written.
 * @param changes what they are told with it
 * @returns which invitations were asked
 * @throws InvalidInput when `answerBy` is not ahead
 */
export async function askReconfirmation(
  tx: Tx,
  clock: Clock,
  actor: OfficeActor,
  eventId: number,
  answerBy: Date,
  changes: Change[] = [],
): Promise<ReadonlySet<number>> {
  const book = await openBook(tx, clock, eventId, officeAuthor(actor));
  if (answerBy <= book.now) throw InvalidInput.at('reconfirmBy', 'invitation.time_past');
  // Who is at the event already hears of it there, and keeps the seat (rules.md 14).
  const here = await attendedInvitations(tx, eventId);
  // Who has not confirmed an earlier move yet is asked about this one instead.
  const asked = (await inState(book, 'accepted', 'reconfirm')).filter(({ id }) => !here.has(id));
  const merged = await mergedWithUnsent(tx, eventId, changes);
  for (const invitation of asked) {
    // Further seats on offer go back first: confirming keeps the seats that are somebody's.
    await releaseOffered(tx, invitation);
    await holdTakenSeats(tx, invitation, answerBy);
    const told = merged({ invitationId: invitation.id, delegateId: null });
    const patch = { waiting: 0, queueNumber: null, holdUntil: answerBy };
    await change(book, invitation, 'ask_again', patch, book.author, { changes: told.changes });
  }
  await promote(book);
  return new Set(asked.map(({ id }) => id));
}

/** Whether a reserve of a selection is invited before others of its stratum that stand in front of it. */
async function isOutOfTurn(
  { tx }: Book,
  { id, state, stratumId, reserveRank }: Invitation,
): Promise<boolean> {
  if (state !== 'reserve' || reserveRank === null) return false;
  const ahead = (await tx.query(
    `SELECT 1 FROM invitation WHERE stratum_id = $1 AND state = 'reserve' AND reserve_rank < $2 AND id <> $3 LIMIT 1`,
    [stratumId, reserveRank, id],
  )) as unknown[];
  return ahead.length > 0;
}

/**
 * Offers seats by hand to a reserve, or to one who waits: the next in line, or out of turn with good reason.
 * @throws InvalidInput when that many seats are not free for it, or it was archived meanwhile, or at `reason` when a reserve of a selection is
 *   preferred without one; Conflict when the event is not open
 */
export async function offerByHand(book: Book, id: number, seats: number, reason = ''): Promise<Invitation> {
  await settle(book);
  const invitation = await readInvitation(book, id);
  if (book.quota.eventState !== 'published') throw new Conflict('invitation.event_not_open');
  if (invitation.state === 'reserve' && (await activeOf(book, [invitation])).length === 0)
    throw InvalidInput.at('seats', 'invitation.is_archived');
  const room = await roomFor(book.tx, book.quota, invitation);
  if (seats < 1 || seats > room)
    throw InvalidInput.at('seats', 'invitation.no_room_to_hold', { wanted: seats, free: room });
  if (reason === '' && (await isOutOfTurn(book, invitation)))
    throw InvalidInput.at('reason', 'invitation.out_of_turn');
  const waiting = Math.max(0, invitation.waiting - seats);
  const rest = {
    waiting,
    demand: Math.max(invitation.demand, seats),
    ...(waiting === 0 && { queueNumber: null }),
    ...(reason && { reason }),
  };
  await offerSeats(book, invitation, seats, rest);
  return invitation;
}

/** The office takes an invitation back. @throws InvalidInput without a reason */
export async function revoke(book: Book, id: number, reason: string): Promise<Invitation> {
  const { invitation } = await begin(book, id);
  if (reason === '') throw InvalidInput.at('reason', 'error.required');
  await refuseIfCheckedIn(book.tx, id);
  await releaseAll(book.tx, invitation);
  await endDelegates(book, invitation, undefined, 'revocation');
  await change(book, invitation, 'revoke', { reason, holdUntil: null, waiting: 0, queueNumber: null });
  await promote(book);
  return invitation;
}

/** After a change of the quota: seats that became free go on to those who wait. */
export const promoteAfterSeatsChanged =
  (clock: Clock, actor: OfficeActor): AfterSeatsChanged =>
  async (tx, quota) =>
    promote({ tx, quota, now: clock.now(), author: officeAuthor(actor) });
