import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { NotFound } from '../../errors.js';
import { localParts } from '../../i18n/zones.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { confirm } from '../invitations/answering.js';
import { openBook } from '../invitations/book.js';
import { correctDelegate, type DelegatePerson } from '../invitations/naming.js';
import {
  cameFrom,
  cameTo,
  sessionsWithCounts,
  type PresentRow,
  type Reader,
  type SessionCount,
} from './attendance.repository.js';
import { recordMark, type DoorKeeper, type MarkWish, type Outcome } from './marking.js';
import { lockPerson, readSituation, type Who } from './marks.repository.js';

export { ownAttendance, type PresentRow } from './attendance.repository.js';

type Door = Pick<Deps, 'db' | 'clock'>;

/** A session of an event. */
export interface At {
  eventId: number;
  sessionId: number;
}

/** How many came: to each session, and to the event as a whole (to at least one). */
export interface AttendanceSummary {
  sessions: { sessionId: number; people: number; institutions: number }[];
  people: number;
  institutions: number;
  delegates: number;
  guests: number;
}

export async function attendanceSummary(tx: Tx, eventId: number): Promise<AttendanceSummary> {
  const sessions = await sessionsWithCounts(tx, eventId);
  return {
    ...(await cameTo(tx, eventId)),
    sessions: sessions.map(({ id, people, institutions }) => ({ sessionId: id, people, institutions })),
  };
}

/** Everybody who came, in the order of the list. */
export const presentPeople = (tx: Tx, eventId: number): Promise<PresentRow[]> => cameFrom(tx, eventId);

/** The session of today that is on or comes next, else the next to come, else the last. */
export function sessionAt(
  sessions: readonly SessionCount[],
  now: Date,
  zone: string,
): SessionCount | undefined {
  const today = localParts(now, zone).date;
  const ofToday = sessions.filter(({ date }) => date === today);
  return (
    ofToday.find(({ endsAt }) => endsAt === null || endsAt > now) ??
    ofToday.at(-1) ??
    sessions.find(({ date }) => date > today) ??
    sessions.at(-1)
  );
}

/** Whether a session's day lies ahead, is today, or is over: what its page offers. */
export function dayOf({ date }: Pick<SessionCount, 'date'>, now: Date, zone: string) {
  const today = localParts(now, zone).date;
  return date > today ? 'before' : date < today ? 'after' : 'today';
}

/** Whoever was not seen has stayed away: the day is over, and others were recorded. */
export const isSettled = (session: SessionCount, now: Date, zone: string): boolean =>
  session.people > 0 && dayOf(session, now, zone) === 'after';

/** @throws NotFound when the event has no such session */
export async function findSession(db: Reader, { eventId, sessionId }: At): Promise<SessionCount> {
  const found = (await sessionsWithCounts(db, eventId)).find(({ id }) => id === sessionId);
  if (!found) throw new NotFound();
  return found;
}

/**
 * Records a person at the door. Who was asked whether they still come, and stands here, has answered with that.
 * @throws NotFound for a person or session of another event; Conflict as recordMark does
 */
export async function markPerson(
  { db, clock }: Door,
  at: At,
  who: Who,
  keeper: DoorKeeper,
  wish: MarkWish,
): Promise<Outcome> {
  const outcome = await inTransaction(db, (tx) => recordMark(tx, clock, at, who, keeper, wish));
  const invitationId = outcome.person?.invitationId;
  if (outcome.result !== 'reconfirm' || wish.kind !== 'in' || !invitationId) return outcome;
  return inTransaction(db, async (tx) => {
    const book = await openBook(tx, clock, at.eventId, { way: 'office', userId: keeper.userId });
    await confirm(book, invitationId);
    return recordMark(tx, clock, at, who, keeper, wish);
  });
}

/**
 * "Nama menyusul" is named where it follows: at the door, in the same step as the check-in.
 * @throws NotFound for a delegate of another event; Conflict when the person was replaced or went
 */
export function nameAndMark(
  { db, clock }: Door,
  at: At,
  delegateId: number,
  person: DelegatePerson,
  keeper: DoorKeeper,
  wish: MarkWish,
): Promise<Outcome> {
  return inTransaction(db, async (tx) => {
    const book = await openBook(tx, clock, at.eventId, { way: 'office', userId: keeper.userId });
    if (!(await lockPerson(tx, at.eventId, { delegateId }))) throw new NotFound();
    const situation = await readSituation(tx, at.eventId, at.sessionId, { delegateId });
    if (!situation?.person.invitationId) throw new NotFound();
    // Sent twice, or named meanwhile: only an empty name is filled in here.
    if (situation.person.name === '')
      await correctDelegate(book, situation.person.invitationId, delegateId, person);
    return recordMark(tx, clock, at, { delegateId }, keeper, wish);
  });
}

/** Names were read: who did so is kept (domain.md, privacy). */
export const noteReading = ({ db }: Pick<Deps, 'db'>, actor: OfficeActor, eventId: number): Promise<void> =>
  inTransaction(db, (tx) =>
    recordAudit(tx, byActor(actor), { action: 'persons.read', subject: ['event', eventId] }),
  );
