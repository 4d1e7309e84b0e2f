import { inTransaction, type Tx } from '../../database/data-source.js';
import { InvalidInput, type FieldProblem } from '../../errors.js';
import { endOfDay, instantOf, localParts } from '../../i18n/zones.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { refuseIfMarked } from '../attendance/attended.js';
import {
  askReconfirmation,
  onlyChanges,
  scheduleOf,
  tellChanges,
} from '../invitations/invitations.service.js';
import { recallMessages } from '../messages/outbox.js';
import type { Event } from './event.entity.js';
import type { Days } from './events.schema.js';
import { dayOf, insertSession, sessionsOf, type SessionRow } from './plan.repository.js';
import {
  checkAnswerBy,
  deadlineOf,
  openPlan,
  savePlan,
  toldOf,
  type EventChanges,
  type EventDeps,
} from './plan.service.js';

type TypedSession = Pick<SessionRow, 'date' | 'title' | 'startsAt' | 'endsAt'> & { id: number | null };

/** First day, start and end of an event, kept beside its sessions for lists and the clock. */
export function spanOf(sessions: readonly Pick<SessionRow, 'date' | 'startsAt' | 'endsAt'>[], zone: string) {
  if (sessions.length === 0) return { firstDay: null, startsAt: null, endsAt: null };
  const starts = sessions.map((session) => session.startsAt.getTime());
  const ends = sessions.map(({ endsAt, date }) => (endsAt ?? endOfDay(date, zone)).getTime());
  const firstDay = sessions.map((session) => session.date).sort()[0] ?? null;
  return { firstDay, startsAt: new Date(Math.min(...starts)), endsAt: new Date(Math.max(...ends)) };
}

/** @throws InvalidInput at the row whose end is not after its start */
function readSessions({ rows, zone }: Days): TypedSession[] {
  const problems: Record<string, FieldProblem> = {};
  const sessions = Object.entries(rows).map(([index, { id, date, title, from, to }]) => {
    if (to && to <= from) problems[`rows.${index}.to`] = { key: 'event.error.end_before_start' };
    const startsAt = instantOf(date, from, zone);
    return { id, date, title, startsAt, endsAt: to ? instantOf(date, to, zone) : null };
  });
  if (Object.keys(problems).length > 0) throw new InvalidInput(problems);
  return sessions;
}

/**
 * A day of which every session goes to the same new date keeps its row, so that the entry in people's calendars
 * moves instead of a second one appearing.
 */
async function moveWholeDays(tx: Tx, before: SessionRow[], after: TypedSession[]): Promise<void> {
  const taken = new Set(before.map((session) => session.date));
  for (const [dayId, sessions] of Map.groupBy(before, (session) => session.dayId)) {
    const ids = new Set(sessions.map(({ id }) => id));
    const targets = new Set(after.filter(({ id }) => id && ids.has(id)).map(({ date }) => date));
    const [target] = targets;
    if (targets.size !== 1 || !target || taken.has(target)) continue;
    await tx.query(`UPDATE event_day SET date = $2 WHERE id = $1`, [dayId, target]);
    taken.add(target);
  }
}

async function moveSession(tx: Tx, eventId: number, old: SessionRow, session: TypedSession): Promise<void> {
  const dayId = await dayOf(tx, eventId, session.date);
  await tx.query(
    `UPDATE event_session SET day_id = $2, title = $3, starts_at = $4, ends_at = $5 WHERE id = $1`,
    [old.id, dayId, session.title, session.startsAt, session.endsAt],
  );
  // The agenda goes with its session.
  await tx.query(
    `UPDATE agenda_item SET starts_at = starts_at + $2::interval, ends_at = ends_at + $2::interval
     WHERE session_id = $1`,
    [old.id, `${session.startsAt.getTime() - old.startsAt.getTime()} milliseconds`],
  );
}

async function writeSessions(
  tx: Tx,
  eventId: number,
  before: SessionRow[],
  typed: TypedSession[],
  removed: number[],
) {
  const known = new Map(before.map((session) => [session.id, session]));
  const isMoved = ({ id, date }: TypedSession) => id !== null && (known.get(id)?.date ?? date) !== date;
  const moved = typed.filter(isMoved).flatMap(({ id }) => id ?? []);
  await refuseIfMarked(tx, [...removed.filter((id) => known.has(id)), ...moved]);
  await moveWholeDays(tx, before, typed);
  for (const session of typed) {
    const old = session.id ? known.get(session.id) : undefined;
    if (old) await moveSession(tx, eventId, old, session);
    else await insertSession(tx, eventId, session);
  }
  await tx.query(
    `DELETE FROM event_session s USING event_day d
     WHERE d.id = s.day_id AND d.event_id = $1 AND s.id = ANY ($2::int[])`,
    [eventId, removed],
  );
  await tx.query(
    `DELETE FROM event_day d WHERE event_id = $1 AND NOT EXISTS (SELECT 1 FROM event_session s WHERE s.day_id = d.id)`,
    [eventId],
  );
}

const datesOf = (sessions: readonly SessionRow[]) =>
  [...new Set(sessions.map(({ date }) => date))].sort().join();
const hoursOf = (sessions: readonly SessionRow[]) =>
  sessions.map(({ startsAt, endsAt }) => `${startsAt.getTime()}-${endsAt?.getTime() ?? ''}`).join();

/** A deadline keeps its hour on the wall when the event moves to another zone. */
function inZone(at: Date | null, from: string, to: string): Date | null {
  if (!at || from === to) return at;
  const { date, time } = localParts(at, from);
  return instantOf(date, time, to);
}

/** Deadlines after the move: the new answer-by when a day changed, and names-until never past the start. */
function movedDeadlines(event: Event, typed: Days, startsAt: Date | null) {
  const { zone } = typed;
  const follows = event.namesUntil?.getTime() === event.startsAt?.getTime();
  const namesUntil = follows ? startsAt : inZone(event.namesUntil, event.zone, zone);
  return {
    answerBy:
      deadlineOf(typed.answerByDate, typed.answerByTime, zone) ?? inZone(event.answerBy, event.zone, zone),
    namesUntil: startsAt && namesUntil && namesUntil > startsAt ? startsAt : namesUntil,
  };
}

/**
 * Days with their sessions and hours, in the event's zone. When a day of an announced event changes, a new
 * answer-by is asked for and accepted invitations must be confirmed again (rules.md 16); everybody else concerned is
 * told, as everybody is of a changed hour. Both raise the edition of the calendar entries.
 * @returns whether those who accepted were asked again
 * @throws InvalidInput at the row, or at `answerByDate` when a new answer-by is missing or impossible
 */
export function changeDays(
  { db, clock }: EventDeps,
  actor: OfficeActor,
  id: number,
  typed: Days,
): Promise<boolean> {
  const sessions = readSessions(typed);
  return inTransaction(db, async (tx) => {
    const event = await openPlan(tx, actor, id, typed.version);
    const before = await sessionsOf(tx, id);
    await writeSessions(tx, id, before, sessions, typed.removed);
    const after = await sessionsOf(tx, id);
    if (event.state !== 'draft' && after.length === 0)
      throw InvalidInput.at('rows', 'event.error.session_needed');

    const daysChanged = datesOf(before) !== datesOf(after);
    const span = spanOf(after, typed.zone);
    const deadlines = movedDeadlines(event, typed, span.startsAt);
    if (event.isAnnounced && daysChanged && !typed.answerByDate)
      throw InvalidInput.at('answerByDate', 'event.error.new_answer_by');
    // A draft may be between two edits: what it lacks is said before it is published.
    if (event.isAnnounced) checkAnswerBy(event, deadlines.answerBy, span, clock.now());

    const moved = hoursOf(before) !== hoursOf(after) || daysChanged || event.zone !== typed.zone;
    const changes: EventChanges = { zone: typed.zone, ...span, ...deadlines };
    changes.calendarSequence = event.calendarSequence + (moved && event.publishedAt ? 1 : 0);
    if (event.publishedAt)
      await keepDroppedDays(tx, id, before, after, changes.calendarSequence, clock.now());
    await savePlan(tx, actor, event, changes, moved ? ['days'] : []);
    if (!event.isAnnounced || !moved) return false;
    await recallMessages(tx, id, ['reminder_answer', 'reminder_day']);
    return tellNewDays(tx, clock, actor, event, before, after, { ...changes, daysChanged });
  });
}

/** Tells what moved; those who accepted are asked again when a day did. @returns whether somebody was */
async function tellNewDays(
  tx: Tx,
  clock: EventDeps['clock'],
  actor: OfficeActor,
  event: Event,
  before: SessionRow[],
  after: SessionRow[],
  { zone, answerBy, daysChanged }: EventChanges & { daysChanged: boolean },
): Promise<boolean> {
  const schedules = { before: scheduleOf(before, event.zone), after: scheduleOf(after, zone ?? event.zone) };
  const changes = onlyChanges([{ what: 'schedule', ...schedules }]);
  const asks = daysChanged && answerBy;
  const asked = asks ? await askReconfirmation(tx, clock, actor, event.id, answerBy, changes) : undefined;
  await tellChanges(tx, toldOf(event, clock.now()), changes, asked);
  return (asked?.size ?? 0) > 0;
}

/** A day that is gone is remembered: calendars that hold its entry are told that it is off (RFC 5546 §3.2.5). */
async function keepDroppedDays(
  tx: Tx,
  eventId: number,
  before: SessionRow[],
  after: SessionRow[],
  sequence: number,
  now: Date,
): Promise<void> {
  const kept = new Set(after.map(({ dayId }) => dayId));
  const gone = before.filter(({ dayId }) => !kept.has(dayId));
  for (const [dayId, sessions] of Map.groupBy(gone, (session) => session.dayId)) {
    const [day] = scheduleOf(sessions, 'UTC').days;
    await tx.query(
      `INSERT INTO dropped_day (day_id, event_id, starts_at, ends_at, sequence, dropped_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [dayId, eventId, day?.from, day?.to, sequence, now],
    );
  }
}
