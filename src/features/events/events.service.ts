import type { DataSource } from 'typeorm';
import type { Tx } from '../../database/data-source.js';
import { addDays, localParts, weekdayOf } from '../../i18n/zones.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { readStrips, type Strip } from '../quotas/strip.js';
import type { Event } from './event.entity.js';
import {
  missingForPublication,
  stepsOf,
  type EventCounts,
  type EventStep,
  type RoomCounts,
} from './event-steps.js';
import { countsOf, findEvent, roomCountsOf } from './events.repository.js';
import type { ListFilter } from './events.schema.js';
import {
  draftEvents,
  entriesBetween,
  keyOf,
  listEvents,
  pageSize,
  upcomingEvents,
  yearsOf,
  type CalendarEntry,
  type ListedEvent,
} from './list.repository.js';
import { agendaOf, readPlan, seriesOf, type AgendaRow, type Plan } from './plan.repository.js';
import type { EventDeps } from './plan.service.js';

/** For other features: days, sessions, agenda and speakers of an event that they have found. */
export { datesOf, droppedDaysOf, readPlan, type AgendaRow, type Plan } from './plan.repository.js';

/** The head and the path that stand above every page of an event. */
export interface EventFrame {
  event: Event;
  steps: EventStep[];
}

/**
 * An event of the actor's office.
 * @throws NotFound for an event of another office, or none
 */
export const findEventFor = (tx: Tx, actor: OfficeActor, id: number): Promise<Event> =>
  findEvent(tx, actor, id);

/** The rows of an event's agenda, in their order: what materials and minutes hang on. */
export const agendaOfEvent = (tx: Tx, eventId: number): Promise<AgendaRow[]> => agendaOf(tx, eventId);

/**
 * What `views/events/frame.ejs` needs: the event, and its stations with what is done and missing.
 * @throws NotFound for an event of another office, or none
 */
export async function eventFrame(
  { db, clock }: EventDeps,
  actor: OfficeActor,
  eventId: number,
): Promise<EventFrame> {
  const event = await findEvent(db.manager, actor, eventId);
  const counts = await countsOf(db.manager, eventId);
  return { event, steps: stepsOf(event, counts, await roomCountsOf(db.manager, eventId), clock.now()) };
}

export interface EventOverview extends EventFrame {
  counts: EventCounts;
  rooms: RoomCounts;
  plan: Plan;
  seriesName: string;
  strip: Strip | undefined;
  /** Keys of texts: what stands between this draft and its publication. */
  missing: string[];
}

/** @throws NotFound for an event of another office, or none */
export async function eventOverview(
  { db, clock }: EventDeps,
  actor: OfficeActor,
  id: number,
): Promise<EventOverview> {
  const event = await findEvent(db.manager, actor, id);
  const counts = await countsOf(db.manager, id);
  const plan = await readPlan(db.manager, id);
  const now = clock.now();
  const missing = missingForPublication(event, counts, now);
  const series = (await seriesOf(db.manager, actor)).find((other) => other.id === event.seriesId);
  const strip = (await readStrips(db.manager, [id])).get(id);
  const rooms = await roomCountsOf(db.manager, id);
  return {
    event,
    counts,
    plan,
    missing,
    strip,
    rooms,
    seriesName: series?.name ?? '',
    steps: stepsOf(event, counts, rooms, now),
  };
}

/** A page of the office's events with their strips, the key of the next page if there is one, and what to filter by. */
export async function eventList(db: DataSource, actor: OfficeActor, filter: ListFilter) {
  const rows = await listEvents(db.manager, actor, filter);
  const events = rows.slice(0, pageSize);
  const last = events.at(-1);
  return {
    events,
    next: rows.length > pageSize && last ? keyOf(last) : null,
    strips: await readStrips(
      db.manager,
      events.map(({ id }) => id),
    ),
    series: await seriesOf(db.manager, actor),
    years: await yearsOf(db.manager, actor),
  };
}

export interface MonthDay {
  date: string;
  inMonth: boolean;
  isToday: boolean;
  entries: CalendarEntry[];
}

/** `2026-03` moved by whole months. */
const monthBy = (month: string, months: number) => {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
};

/**
 * A month in whole weeks from Monday, with every day of every event; today is that of the office's zone.
 * @param wanted `2026-03`; the present month when undefined
 */
export async function eventMonth({ db, clock }: EventDeps, actor: OfficeActor, wanted: string | undefined) {
  const today = localParts(clock.now(), actor.office.zone).date;
  const month = wanted ?? today.slice(0, 7);
  const first = addDays(`${month}-01`, -weekdayOf(`${month}-01`));
  const end = addDays(`${monthBy(month, 1)}-01`, -1);
  const last = addDays(end, 6 - weekdayOf(end));
  const entries = Map.groupBy(await entriesBetween(db.manager, actor, first, last), (entry) => entry.date);
  const days: MonthDay[] = [];
  for (let date = first; date <= last; date = addDays(date, 1))
    days.push({
      date,
      inMonth: date.startsWith(month),
      isToday: date === today,
      entries: entries.get(date) ?? [],
    });
  return { month, days, today, previous: monthBy(month, -1), next: monthBy(month, 1) };
}

/** Events under way or ahead, the next one first. */
export const nextEvents = (
  { db, clock }: EventDeps,
  actor: OfficeActor,
  limit: number,
): Promise<ListedEvent[]> => upcomingEvents(db.manager, actor, clock.now(), limit);

/** Drafts with what each still lacks, the one that begins soonest first. */
export async function draftsToFinish({ db, clock }: EventDeps, actor: OfficeActor, limit: number) {
  const drafts = await draftEvents(db.manager, actor, limit);
  return drafts.map((draft) => ({ ...draft, missing: missingForPublication(draft, draft, clock.now()) }));
}
