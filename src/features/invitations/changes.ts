import type { Format } from '../../i18n/format.js';
import type { Translate } from '../../i18n/translate.js';

/** From when until when something happens on one day; instants as ISO texts, since they are kept as JSON. */
interface DayHours {
  date: string;
  from: string;
  /** Null when the end is open. */
  to: string | null;
}

/** The days of an event with their hours, in its zone. */
export interface Schedule {
  zone: string;
  days: DayHours[];
}

/** What of an announced event is no longer as it was told. */
export type Change =
  | { what: 'schedule'; before: Schedule; after: Schedule }
  | { what: 'place' | 'online'; before: string; after: string };

interface Session {
  date: string;
  startsAt: Date;
  endsAt: Date | null;
}

/** Days with their hours, from the first start to the last end; open when one of the sessions is. */
export function scheduleOf(sessions: readonly Session[], zone: string): Schedule {
  const days = [...Map.groupBy(sessions, ({ date }) => date)].sort(([a], [b]) => a.localeCompare(b));
  return {
    zone,
    days: days.map(([date, ofDay]) => {
      const end = Math.max(...ofDay.map(({ endsAt }) => endsAt?.getTime() ?? Infinity));
      return {
        date,
        from: new Date(Math.min(...ofDay.map(({ startsAt }) => startsAt.getTime()))).toISOString(),
        to: Number.isFinite(end) ? new Date(end).toISOString() : null,
      };
    }),
  };
}

const isSame = ({ before, after }: Change): boolean => JSON.stringify(before) === JSON.stringify(after);

/** Those of these that changed anything. */
export const onlyChanges = (changes: readonly Change[]): Change[] =>
  changes.filter((change) => !isSame(change));

/**
 * Two savings told as one: from what stood there first to what stands there now. What was changed back is no change.
 */
export function mergeChanges(older: readonly Change[], newer: readonly Change[]): Change[] {
  const merged = newer.map((change) => {
    const earlier = older.find(({ what }) => what === change.what);
    return earlier ? ({ ...change, before: earlier.before } as Change) : change;
  });
  const untouched = older.filter(({ what }) => !newer.some((change) => change.what === what));
  return onlyChanges([...untouched, ...merged]);
}

const datesOf = ({ days }: Schedule) => days.map(({ date }) => date);

/** The same hours on every day, or those of each day. */
function hoursInWords({ days, zone }: Schedule, format: Format): string {
  const hours = days.map(({ from, to }) => format.timeRange(new Date(from), to ? new Date(to) : null, zone));
  if (new Set(hours).size === 1) return hours[0] ?? '';
  return days.map(({ date }, index) => `${format.shortDate(date)} ${hours[index]}`).join('; ');
}

function scheduleLines(before: Schedule, after: Schedule, t: Translate, format: Format): string[] {
  const line = (key: string, words: (schedule: Schedule) => string) =>
    words(before) === words(after)
      ? []
      : [t(`change.${key}`, { before: words(before), after: words(after) })];
  const dates = line('days', (schedule) => format.days(datesOf(schedule)));
  // Days in a row told as a range say nothing of hours that differ by day.
  return [...dates, ...line('hours', (schedule) => hoursInWords(schedule, format))];
}

function placeLine({ what, before, after }: Change & { what: 'place' | 'online' }, t: Translate): string {
  if (!before) return t(`change.${what}_added`, { after });
  if (!after) return t(`change.${what}_removed`, { before });
  return t(`change.${what}`, { before, after });
}

/**
 * What a message of purpose `changed` or `day_changed` says, a line for each thing: before → after; or what somebody
 * wrote by hand, as it stands.
 * @param detail of the message
 */
export function changeLines(detail: Record<string, unknown>, t: Translate, format: Format): string[] {
  const changes = [detail.changes ?? []].flat() as (Change | string)[];
  return changes.flatMap((change) => {
    if (typeof change === 'string') return change === '' ? [] : [change];
    return change.what === 'schedule'
      ? scheduleLines(change.before, change.after, t, format)
      : [placeLine(change, t)];
  });
}
