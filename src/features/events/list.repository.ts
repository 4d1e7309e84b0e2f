import type { EntityManager } from 'typeorm';
import type { OfficeActor } from '../accounts/permissions.js';
import type { EventKind, EventState } from './event-words.js';
import type { EventCounts } from './event-steps.js';
import { countColumns, countJoin } from './events.repository.js';
import type { ListFilter } from './events.schema.js';

/** An event as a line of a list, with its seats (people) and answers (institutions). */
export interface ListedEvent extends EventCounts {
  id: number;
  kind: EventKind;
  kindLabel: string;
  title: string;
  state: EventState;
  zone: string;
  firstDay: string | null;
  lastDay: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  answerBy: Date | null;
  venueName: string;
  onlineUrl: string;
  series: string | null;
}

const listColumns = `
  e.id, e.kind, e.kind_label AS "kindLabel", e.title, e.state, e.zone, e.first_day AS "firstDay",
  (SELECT max(d.date) FROM event_day d WHERE d.event_id = e.id) AS "lastDay",
  e.starts_at AS "startsAt", e.ends_at AS "endsAt", e.answer_by AS "answerBy", e.venue_name AS "venueName",
  e.online_url AS "onlineUrl", (SELECT s.name FROM event_series s WHERE s.id = e.series_id) AS series,
  ${countColumns}`;

/** Conditions that grow with their values, so that numbers and values cannot drift apart. */
class Conditions {
  readonly values: unknown[];
  readonly parts: string[];
  constructor(officeId: number) {
    this.values = [officeId];
    this.parts = ['e.office_id = $1'];
  }
  add(value: unknown, condition: (place: string) => string): void {
    this.values.push(value);
    this.parts.push(condition(`$${this.values.length}`));
  }
}

export const pageSize = 25;
const likeText = (typed: string) => `%${typed.replace(/[\\%_]/g, '\\$&')}%`;

/** The key of a line, for the next page: its order is first day (none first), then id, both downwards. */
export const keyOf = ({ firstDay, id }: Pick<ListedEvent, 'firstDay' | 'id'>) =>
  `${firstDay ?? 'none'}_${id}`;

function addPage(conditions: Conditions, after: string): void {
  const [day, id] = after.split('_');
  if (day === 'none') conditions.add(id, (place) => `(e.first_day IS NOT NULL OR e.id < ${place}::int)`);
  else {
    conditions.add(day, (place) => `e.first_day <= ${place}::date`);
    const same = `$${conditions.values.length}::date`;
    conditions.add(id, (place) => `(e.first_day < ${same} OR e.id < ${place}::int)`);
  }
}

/** One page of the office's events, newest first, drafts without a day on top; one more than a page holds. */
export function listEvents(
  tx: EntityManager,
  actor: OfficeActor,
  filter: ListFilter,
): Promise<ListedEvent[]> {
  const conditions = new Conditions(actor.office.id);
  const { kind, state, series, year, search, after } = filter;
  if (kind) conditions.add(kind, (place) => `e.kind = ${place}`);
  if (state) conditions.add(state, (place) => `e.state = ${place}`);
  if (series) conditions.add(series, (place) => `e.series_id = ${place}`);
  if (year)
    conditions.add(
      `${year}-01-01`,
      (p) => `e.first_day >= ${p}::date AND e.first_day < ${p}::date + interval '1 year'`,
    );
  if (search)
    conditions.add(
      likeText(search),
      (p) =>
        `(e.title ILIKE ${p} OR e.subject ILIKE ${p} OR e.venue_name ILIKE ${p} OR e.kind_label ILIKE ${p})`,
    );
  if (after) addPage(conditions, after);
  return tx.query(
    `SELECT ${listColumns} FROM event e ${countJoin} WHERE ${conditions.parts.join(' AND ')}
     ORDER BY e.first_day DESC NULLS FIRST, e.id DESC LIMIT ${pageSize + 1}`,
    conditions.values,
  );
}

/** Years in which the office had or has events, latest first. */
export async function yearsOf(tx: EntityManager, actor: OfficeActor): Promise<number[]> {
  const rows = (await tx.query(
    `SELECT DISTINCT extract(year FROM first_day)::int AS year FROM event
     WHERE office_id = $1 AND first_day IS NOT NULL ORDER BY year DESC`,
    [actor.office.id],
  )) as { year: number }[];
  return rows.map(({ year }) => year);
}

/** Events under way or still to come, the next one first. */
export const upcomingEvents = (
  tx: EntityManager,
  actor: OfficeActor,
  now: Date,
  limit: number,
): Promise<ListedEvent[]> =>
  tx.query(
    `SELECT ${listColumns} FROM event e ${countJoin}
     WHERE e.office_id = $1 AND e.state IN ('published', 'running') AND e.ends_at > $2
     ORDER BY e.starts_at, e.id LIMIT $3`,
    [actor.office.id, now, limit],
  );

/** Drafts, the one that begins soonest first. */
export const draftEvents = (tx: EntityManager, actor: OfficeActor, limit: number): Promise<ListedEvent[]> =>
  tx.query(
    `SELECT ${listColumns} FROM event e ${countJoin}
     WHERE e.office_id = $1 AND e.state = 'draft' ORDER BY e.first_day NULLS LAST, e.id LIMIT $2`,
    [actor.office.id, limit],
  );

/** A day of an event in a month. */
export interface CalendarEntry {
  date: string;
  id: number;
  title: string;
  state: EventState;
  startsAt: Date;
  zone: string;
}

/** Each day of each event between two dates, both included. */
export const entriesBetween = (
  tx: EntityManager,
  actor: OfficeActor,
  first: string,
  last: string,
): Promise<CalendarEntry[]> =>
  tx.query(
    `SELECT d.date, e.id, e.title, e.state, e.zone, min(s.starts_at) AS "startsAt"
     FROM event e JOIN event_day d ON d.event_id = e.id JOIN event_session s ON s.day_id = d.id
     WHERE e.office_id = $1 AND d.date BETWEEN $2 AND $3
     GROUP BY d.date, e.id ORDER BY d.date, "startsAt", e.id`,
    [actor.office.id, first, last],
  );
