import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { Conflict, InvalidInput, NotFound } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { withBook, type Book } from '../invitations/book.js';
import { officeAuthor } from '../invitations/invitations.service.js';
import type { DelegatePerson } from '../invitations/naming.js';
import { admitWalkIn, replaceAtDoor } from '../invitations/walk-in.js';
import { dayOf, type At } from './attendance.service.js';
import type { Guest, GuestKind } from './guest.entity.js';
import { recordMark, type MarkWish, type Outcome } from './marking.js';
import { readPlace, type Who } from './marks.repository.js';
import { findByClientId, findInstitution } from './walk-ins.lookup.js';

type Door = Pick<Deps, 'db' | 'clock' | 'links'>;

const wishOf = (clientId: string, reason = ''): MarkWish => ({
  clientId,
  kind: 'in',
  way: 'walk_in',
  reason,
});
const keeperOf = ({ userId }: OfficeActor) => ({ userId, scanLinkId: null });

/** Nothing of somebody whom the door refuses is kept: no seat, no name. */
function mustBeIn(outcome: Outcome): Outcome {
  if (outcome.result === 'in' || outcome.result === 'already' || outcome.result === 'back') return outcome;
  throw new Conflict(`attendance.refused_${outcome.result}`);
}

/**
 * Who signed on an empty row of the paper is written up on a later day, and why they were not on the list is kept.
 * @throws NotFound for a session of another event; InvalidInput at `reason` when the day is over and none was given
 */
async function mustSayWhyLater(tx: Tx, now: Date, { eventId, sessionId }: At, reason: string): Promise<void> {
  const place = await readPlace(tx, eventId, sessionId);
  if (!place) throw new NotFound();
  if (reason === '' && dayOf(place, now, place.zone) === 'after')
    throw InvalidInput.at('reason', 'attendance.error.reason_later');
}

/**
 * Somebody of an institution who was not expected, with their check-in; sending the form twice admits one.
 * @param given who it is, whom they replace (else they come besides), and why: where no seat is left, or the day is over
 * @throws NotFound for an institution that the office does not see, or a delegate of another one
 * @throws Conflict and InvalidInput as admitWalkIn and replaceDelegate do
 */
export function admitPerson(
  { db, clock, links }: Door,
  actor: OfficeActor,
  at: At,
  institutionId: number,
  given: { person: DelegatePerson; replaces: number | null; reason: string; clientId: string },
): Promise<Outcome> {
  return withBook({ db, clock }, at.eventId, officeAuthor(actor), async (book) => {
    const { tx } = book;
    await mustSayWhyLater(tx, book.now, at, given.reason);
    const earlier = await findByClientId(tx, at.eventId, given.clientId);
    const who = earlier?.delegateId ?? (await newDelegate(book, links, actor, institutionId, given));
    const wish = wishOf(given.clientId, given.reason);
    return mustBeIn(await recordMark(tx, clock, at, { delegateId: who }, keeperOf(actor), wish));
  });
}

async function newDelegate(
  book: Book,
  links: Door['links'],
  actor: OfficeActor,
  institutionId: number,
  given: { person: DelegatePerson; replaces: number | null; reason: string },
): Promise<number> {
  const institution = await findInstitution(book.tx, actor.office, book.quota.eventId, institutionId);
  if (!institution) throw new NotFound();
  if (given.replaces === null) return admitWalkIn(book, links, institutionId, given.person, given.reason);
  if (institution.invitationId === null) throw new NotFound();
  return replaceAtDoor(book, institution.invitationId, given.replaces, given.person);
}

/** What is written down of a guest. */
export type GuestPerson = Pick<
  Guest,
  'nameBefore' | 'name' | 'nameAfter' | 'sex' | 'position' | 'origin' | 'phone'
>;

/**
 * A guest of the event, with their check-in; sending the form twice makes one.
 * @throws NotFound for a session of another event; InvalidInput at `reason` when the day is over and none was given
 * @throws Conflict when the session's day lies ahead, or the event is not on
 */
export function admitGuest(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: OfficeActor,
  at: At,
  given: { person: GuestPerson; kind: GuestKind; reason: string; clientId: string },
): Promise<Outcome> {
  return inTransaction(db, async (tx) => {
    await mustSayWhyLater(tx, clock.now(), at, given.reason);
    const rows = (await tx.query(
      `INSERT INTO guest (event_id, kind, name_before, name, name_after, sex, position, origin, phone, client_id, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (client_id) DO UPDATE SET client_id = excluded.client_id WHERE guest.event_id = excluded.event_id
       RETURNING id`,
      [
        ...[at.eventId, given.kind, given.person.nameBefore, given.person.name, given.person.nameAfter],
        ...[given.person.sex, given.person.position, given.person.origin, given.person.phone],
        ...[given.clientId, actor.userId],
      ],
    )) as { id: number }[];
    const [guest] = rows;
    if (!guest) throw new Conflict('attendance.mark_used');
    const wish = wishOf(given.clientId, given.reason);
    const who: Who = { guestId: guest.id };
    return mustBeIn(await recordMark(tx, clock, at, who, keeperOf(actor), wish));
  });
}

/**
 * A speaker of the plan comes: one tap. Twice is once.
 * @throws NotFound for a speaker of another event
 */
export function admitSpeaker(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: OfficeActor,
  at: At,
  speakerId: number,
  clientId: string,
): Promise<Outcome> {
  return inTransaction(db, async (tx) => {
    const rows = (await tx.query(
      `INSERT INTO guest (event_id, kind, speaker_id, name_before, name, name_after, position, origin, created_by)
       SELECT p.event_id, 'speaker', p.id, p.name_before, p.name, p.name_after, p.position, p.origin, $3
       FROM speaker p WHERE p.id = $1 AND p.event_id = $2
       ON CONFLICT (speaker_id) WHERE speaker_id IS NOT NULL DO UPDATE SET speaker_id = excluded.speaker_id
       RETURNING id`,
      [speakerId, at.eventId, actor.userId],
    )) as { id: number }[];
    const [guest] = rows;
    if (!guest) throw new NotFound();
    const who: Who = { guestId: guest.id };
    return mustBeIn(await recordMark(tx, clock, at, who, keeperOf(actor), wishOf(clientId)));
  });
}
