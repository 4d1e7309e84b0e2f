import { Conflict, InvalidInput } from '../../errors.js';
import type { LinkKeys } from '../../links/tokens.js';
import { addSeat, confirmHeldSeats, releaseOffered, takeSeats } from '../quotas/seats.js';
import { change, type Book } from './book.js';
import { putOnList } from './choosing.js';
import { Delegate } from './delegate.entity.js';
import { Invitation } from './invitation.entity.js';
import { replaceDelegate, type DelegatePerson } from './naming.js';
import { mustTakePlace } from './offers.js';
import { promote } from './promotion.js';
import { settle } from './settle.js';
import { readStanding } from './standing.js';

/** The invitation of an institution that stands at the door; made now when it had none. */
async function invitationOf(book: Book, links: LinkKeys, institutionId: number): Promise<Invitation> {
  const { tx, quota } = book;
  const find = () => tx.findOneBy(Invitation, { eventId: quota.eventId, institutionId });
  const found = await find();
  if (found) return found;
  await putOnList(book, links, [institutionId], 'draft');
  return tx.findOneByOrFail(Invitation, { eventId: quota.eventId, institutionId });
}

/**
 * Lets in somebody of an institution who was not expected: a seat of its stratum where one is free and the
 * institution may have one more, else an additional seat, which needs a reason (rules.md 5).
 * @param institutionId found by the caller through the actor's office
 * @returns the id of the new delegate
 * @throws Conflict when the event is not published or called off, or the invitation was revoked
 * @throws InvalidInput at `reason` when only an additional seat is left and no reason was given
 */
export async function admitWalkIn(
  book: Book,
  links: LinkKeys,
  institutionId: number,
  person: DelegatePerson,
  reason: string,
): Promise<number> {
  const { tx, quota } = book;
  mustTakePlace(book);
  await settle(book);
  const invitation = await invitationOf(book, links, institutionId);
  if (invitation.state === 'revoked') throw new Conflict('attendance.invitation_revoked');
  // Whoever comes answers with that: what was on offer or to be confirmed is settled.
  await releaseOffered(tx, invitation);
  await confirmHeldSeats(tx, invitation);
  const { named, limit, room } = await readStanding(book, invitation.id);
  const isWithin = named < limit && room > 0;
  if (!isWithin && reason === '') throw InvalidInput.at('reason', 'attendance.error.no_seat');

  const { identifiers } = await tx.insert(Delegate, {
    ...person,
    eventId: quota.eventId,
    invitationId: invitation.id,
    walkIn: true,
  });
  const delegateId = Number(identifiers[0]?.id);
  if (isWithin) await takeSeats(tx, quota, invitation, [delegateId]);
  else await addSeat(tx, quota, invitation, delegateId, reason);
  await change(book, invitation, 'walk_in', {
    demand: named + 1,
    waiting: 0,
    queueNumber: null,
    holdUntil: null,
    ...(!isWithin && { reason }),
  });
  await promote(book);
  return delegateId;
}

/**
 * Somebody else of the institution stands at the door, on the seat of one who does not come.
 * @returns the id of the delegate who sits there now
 * @throws Conflict when that seat's person has checked in or gone
 */
export async function replaceAtDoor(
  book: Book,
  invitationId: number,
  delegateId: number,
  person: DelegatePerson,
): Promise<number> {
  const { id } = await replaceDelegate(book, invitationId, delegateId, person);
  await book.tx.update(Delegate, { id }, { walkIn: true });
  return id;
}
