import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { tzlib_get_ical_block } from 'timezones-ical-library';

/** One entry: what happens between two instants on one day. */
export interface CalendarDay {
  /** Never changes for this day, so that a calendar replaces the entry instead of adding one (RFC 5545 §3.8.4.7). */
  uid: string;
  from: Date;
  /** Null when the end is open. */
  to: Date | null;
  summary: string;
}

export interface CalendarInput {
  days: CalendarDay[];
  /** IANA zone in which the hours are written. */
  zone: string;
  /** Raised with every change of day, hour or place (RFC 5545 §3.8.7.4). */
  sequence: number;
  stamp: Date;
  location: string;
  description: string;
  /** Where more is to be found: the answer page, the event. Empty: none. */
  url: string;
  cancelled?: boolean;
}

const dayInSeconds = 86_400;

// A plain Date would be written in the zone of this process; a Temporal instant keeps the zone it is given.
const instant = (at: Date) => Temporal.Instant.fromEpochMilliseconds(at.getTime());

function zoneBlock(zone: string): string {
  const block = tzlib_get_ical_block(zone)[0];
  if (!block) throw new Error(`No VTIMEZONE for ${zone}`);
  return block;
}

/**
 * A calendar to download (METHOD PUBLISH, RFC 5546 §3.2.1) with one entry per day, its VTIMEZONE, and a reminder
 * one day before each.
 * @throws Error for a zone that the zone library does not know
 */
export function eventCalendar(input: CalendarInput): string {
  const calendar = ical({
    prodId: { company: 'Rembuk', product: 'Rembuk' },
    method: ICalCalendarMethod.PUBLISH,
  });
  calendar.timezone({ name: null, generator: zoneBlock });
  for (const day of input.days) {
    const entry = calendar.createEvent({
      id: day.uid,
      sequence: input.sequence,
      stamp: instant(input.stamp),
      start: instant(day.from),
      end: day.to && instant(day.to),
      timezone: input.zone,
      summary: day.summary,
      location: input.location || null,
      description: input.description || null,
      url: input.url || null,
      status: input.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
    if (!input.cancelled) entry.createAlarm({ type: ICalAlarmType.display, trigger: dayInSeconds });
  }
  return calendar.toString();
}
