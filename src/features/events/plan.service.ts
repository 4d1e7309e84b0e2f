import type { Deps } from '../../deps.js';
import { inTransaction, type Tx } from '../../database/data-source.js';
import { Conflict, InvalidInput } from '../../errors.js';
import { fold } from '../../spreadsheets/cells.js';
import { endOfDay, instantOf } from '../../i18n/zones.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { onlyChanges, tellChanges, type Change } from '../invitations/invitations.service.js';
import { recallMessages } from '../messages/outbox.js';
import { lockQuota } from '../quotas/quota-lock.js';
import { Event } from './event.entity.js';
import { findEvent } from './events.repository.js';
import type { Deadlines, Facts, Place } from './events.schema.js';
import { seriesNamed, seriesOf, venueById, venuesFound, venuesIn, venuesLike } from './plan.repository.js';

export type EventDeps = Pick<Deps, 'db' | 'clock'>;

/**
 * An event that is being changed: its quota and its row are locked until the transaction ends, in this order,
 * which is that of everything with seats (rules.md 6).
 * @throws NotFound for an event of another office, or none
 */
export async function lockEvent(tx: Tx, actor: OfficeActor, id: number): Promise<Event> {
  await findEvent(tx, actor, id);
  await lockQuota(tx, id);
  // Not FOR UPDATE: answers that come in meanwhile refer to this row and must not wait for an editor.
  return tx
    .createQueryBuilder(Event, 'event')
    .setLock('for_no_key_update')
    .where('event.id = :id AND event.officeId = :officeId', { id, officeId: actor.office.id })
    .getOneOrFail();
}

/**
 * The event, locked, when it is still as the editor saw it.
 * @throws InvalidInput at `version` when somebody else was faster; Conflict for a cancelled event
 */
export async function openPlan(tx: Tx, actor: OfficeActor, id: number, version: number): Promise<Event> {
  const event = await lockEvent(tx, actor, id);
  if (event.state === 'cancelled') throw new Conflict('event.error.cancelled');
  if (event.version !== version) throw InvalidInput.at('version', 'event.error.changed_meanwhile');
  return event;
}

export type EventChanges = Partial<Omit<Event, 'lastDay' | 'isAnnounced'>>;

const sameValue = (a: unknown, b: unknown) =>
  a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;

/** Writes the changes with a new version and one audit entry that names the changed fields. */
export async function savePlan(
  tx: Tx,
  actor: OfficeActor,
  event: Event,
  changes: EventChanges,
  alsoChanged: readonly string[] = [],
): Promise<void> {
  const names = Object.keys(changes) as (keyof EventChanges)[];
  const fields = names.filter((name) => !sameValue(event[name], changes[name]));
  await tx.update(Event, event.id, { ...changes, version: event.version + 1 });
  await recordAudit(tx, byActor(actor), {
    action: 'event.changed',
    subject: ['event', event.id],
    fields: [...fields, ...alsoChanged],
  });
}

/** What the event is: kind, title, subject, notes, partner, series (made when its name is new). */
export function changeFacts({ db }: EventDeps, actor: OfficeActor, id: number, facts: Facts): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { version, series, ...changes } = facts;
    const event = await openPlan(tx, actor, id, version);
    const seriesId = await seriesNamed(tx, actor.office.id, series);
    await savePlan(tx, actor, event, { ...changes, seriesId });
  });
}

/** The office's series, to choose from. */
export const seriesFor = ({ db }: EventDeps, actor: OfficeActor) => seriesOf(db.manager, actor);

/** How an LKS is written as venue: its name, and its region because names repeat. */
const venueName = ({ name, region }: { name: string; region: string }) => `${name} (${region})`;

/** Institutions in the actor's region that can host an event, as they are typed. */
export async function venuesFor({ db }: EventDeps, actor: OfficeActor): Promise<string[]> {
  return (await venuesIn(db.manager, actor)).map(venueName);
}

/** Suggestions while somebody types a venue: however many institutions there are, theirs is among them. */
export async function suggestVenues({ db }: EventDeps, actor: OfficeActor, typed: string): Promise<string[]> {
  return (await venuesFound(db.manager, actor, fold(typed))).map(venueName);
}

/** The LKS that hosts the event, as it is typed; empty when none does. */
export async function venueNameOf({ db }: EventDeps, event: Event): Promise<string> {
  const venue = event.venueInstitutionId && (await venueById(db.manager, event.venueInstitutionId));
  return venue ? venueName(venue) : '';
}

/** Institutions of the actor's region whose name is as typed, or holds it: at most six, each as it is to be typed. */
export async function institutionsTyped(
  tx: Tx,
  actor: OfficeActor,
  typed: string,
): Promise<{ id: number; label: string }[]> {
  return (await venuesLike(tx, actor, typed)).map((row) => ({ id: row.id, label: venueName(row) }));
}

async function chosenVenue(tx: Tx, actor: OfficeActor, typed: string) {
  if (typed === '') return undefined;
  const found = await venuesLike(tx, actor, typed);
  if (found.length === 0) throw InvalidInput.at('venueInstitution', 'event.error.venue_unknown');
  if (found.length > 1) {
    const names = found.slice(0, 5).map(venueName);
    throw InvalidInput.at('venueInstitution', 'event.error.venue_ambiguous', { names: names.join('; ') });
  }
  return found[0];
}

const placeFields = ['venueName', 'venueAddress', 'mapUrl', 'onlineUrl'] as const;

/**
 * Where it is, and who answers questions. An LKS of the registry as venue fills name and address left blank.
 * @throws InvalidInput when the LKS is not found or not the only one, or an announced event would lose its place
 */
export function changePlace(
  { db, clock }: EventDeps,
  actor: OfficeActor,
  id: number,
  place: Place,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { version, venueInstitution, ...typed } = place;
    const event = await openPlan(tx, actor, id, version);
    const venue = await chosenVenue(tx, actor, venueInstitution);
    const changes = {
      ...typed,
      venueInstitutionId: venue?.id ?? null,
      venueName: typed.venueName || (venue?.name ?? ''),
      venueAddress: typed.venueAddress || (venue?.address ?? ''),
    };
    if (event.isAnnounced && !changes.venueName && !changes.onlineUrl)
      throw InvalidInput.at('venueName', 'event.error.place_needed');
    const moved = placeFields.some((field) => event[field] !== changes[field]);
    const calendarSequence = event.calendarSequence + (moved && event.publishedAt ? 1 : 0);
    await savePlan(tx, actor, event, { ...changes, calendarSequence });
    if (event.isAnnounced) await tellChanges(tx, toldOf(event, clock.now()), placeChanges(event, changes));
  });
}

const placeOf = ({ venueName, venueAddress }: Pick<Event, 'venueName' | 'venueAddress'>) =>
  [venueName, venueAddress].filter(Boolean).join(', ');

type Whereabouts = Pick<Event, 'venueName' | 'venueAddress' | 'onlineUrl'>;

const placeChanges = (before: Whereabouts, after: Whereabouts): Change[] =>
  onlyChanges([
    { what: 'place', before: placeOf(before), after: placeOf(after) },
    { what: 'online', before: before.onlineUrl, after: after.onlineUrl },
  ]);

/** What a message about a saving of the plan is written with: each saving is a cause of its own. */
export const toldOf = ({ id, officeId, version }: Event, now: Date) => ({
  officeId,
  eventId: id,
  cause: `v${version + 1}`,
  now,
});

/** The instant of a deadline as typed: a bare date means 23.59 in the event's zone (rules.md 17). */
export function deadlineOf(date: string | null, time: string | null, zone: string): Date | null {
  if (!date) return null;
  return time ? instantOf(date, time, zone) : endOfDay(date, zone);
}

/**
 * A deadline lies before the start; once the event runs, a moved day can still be answered until the end.
 * @throws InvalidInput at the date when the deadline is too late, or that of an announced event missing or past
 */
export function checkAnswerBy(
  event: Event,
  answerBy: Date | null,
  { startsAt, endsAt }: Pick<Event, 'startsAt' | 'endsAt'>,
  now: Date,
): void {
  const refuse = (key: string) => InvalidInput.at('answerByDate', key);
  const latest = event.state === 'running' ? endsAt : startsAt;
  if (answerBy && latest && answerBy > latest) throw refuse('event.error.answer_by_after_start');
  if (!event.isAnnounced || sameValue(answerBy, event.answerBy)) return;
  if (!answerBy) throw refuse('event.error.answer_by_needed');
  if (answerBy <= now) throw refuse('event.error.answer_by_past');
}

/**
 * Until when to answer and to name delegates, how seats are filled, from when on somebody is late, and whether
 * institutions check their record.
 * @throws InvalidInput for a deadline after the start, or another way of filling once invitations are out
 */
export function changeDeadlines(
  { db, clock }: EventDeps,
  actor: OfficeActor,
  id: number,
  typed: Deadlines,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const event = await openPlan(tx, actor, id, typed.version);
    const answerBy = deadlineOf(typed.answerByDate, typed.answerByTime, event.zone);
    const namesUntil = deadlineOf(typed.namesUntilDate, typed.namesUntilTime, event.zone) ?? event.startsAt;
    const filling = typed.filling ?? event.filling;
    if (event.state !== 'draft' && filling !== event.filling)
      throw InvalidInput.at('filling', 'event.error.filling_fixed');
    checkAnswerBy(event, answerBy, event, clock.now());
    if (namesUntil && event.startsAt && namesUntil > event.startsAt)
      throw InvalidInput.at('namesUntilDate', 'event.error.names_until_after_start');
    const lateAfterMinutes = typed.lateAfterMinutes ?? event.lateAfterMinutes;
    const { recordCheck } = typed;
    // Whoever has not passed them on yet passes on those that the new deadline brings.
    if (!sameValue(answerBy, event.answerBy)) await recallMessages(tx, id, ['reminder_answer']);
    await savePlan(tx, actor, event, { answerBy, namesUntil, filling, lateAfterMinutes, recordCheck });
  });
}
