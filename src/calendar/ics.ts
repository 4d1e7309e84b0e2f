import ical, {
  ICalAlarmType,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendarMethod,
  ICalEventStatus,
} from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { tzlib_get_ical_block } from 'timezones-ical-library';

export interface CalendarPerson {
  name: string;
  email: string;
}

export interface CalendarOrganizer {
  name: string;
  /** Null where no address is known; a calendar names an organizer all the same (RFC 5546 §3.2.1). */
  email: string | null;
}

/** One entry: what happens between two instants on one day. */
export interface CalendarEntry {
  /** Never changes for this day, so that a calendar replaces the entry instead of adding one (RFC 5545 §3.8.4.7). */
  uid: string;
  from: Date;
  /** Null when the end is open. */
  to: Date | null;
  /** IANA zone in which the hours are written. */
  zone: string;
  /** Raised with every change of day, hour or place (RFC 5545 §3.8.7.4). */
  sequence: number;
  summary: string;
  location: string;
  description: string;
  /** Where more is to be found: the answer page, the event. Empty: none. */
  url: string;
  organizer: CalendarOrganizer;
  /** `tentative` as long as nobody has said that they come. */
  status: 'confirmed' | 'tentative' | 'cancelled';
}

interface Base {
  /** Of two messages with the same sequence the later stamp counts (RFC 5546 §2.1.5). */
  stamp: Date;
}

/** A calendar to download or to subscribe to (RFC 5546 §3.2.1). */
export interface Published extends Base {
  entries: CalendarEntry[];
  /** What a calendar program calls it; a file that is imported once needs none. */
  name?: string;
  /** How often a program should ask again, in seconds. */
  everySeconds?: number;
}

/** What one person is asked, or told no longer to come to. RFC 5546 §3.2.2 and §3.2.5: one UID per message. */
export interface Addressed extends Base {
  entry: CalendarEntry;
  attendee: CalendarPerson;
}

/** A domain that is nobody's and never will be (RFC 6761 §6.4). */
const noAddress = 'tanpa-surel@rembuk.invalid';
const dayInSeconds = 86_400;

// A plain Date would be written in the zone of this process; a Temporal instant keeps the zone it is given.
const instant = (at: Date) => Temporal.Instant.fromEpochMilliseconds(at.getTime());

function zoneBlock(zone: string): string {
  const block = tzlib_get_ical_block(zone)[0];
  if (!block) throw new Error(`No VTIMEZONE for ${zone}`);
  return block;
}

function openCalendar(method: ICalCalendarMethod) {
  const calendar = ical({ prodId: { company: 'Rembuk', product: 'Rembuk' }, method });
  calendar.timezone({ name: null, generator: zoneBlock });
  return calendar;
}

// The library leaves the last line without the end that each line has (RFC 5545 §3.1).
const textOf = (calendar: ReturnType<typeof openCalendar>) => `${calendar.toString()}\r\n`;

const statuses = {
  confirmed: ICalEventStatus.CONFIRMED,
  tentative: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
} as const;

function addEntry(calendar: ReturnType<typeof openCalendar>, entry: CalendarEntry, stamp: Date) {
  const made = calendar.createEvent({
    id: entry.uid,
    sequence: entry.sequence,
    stamp: instant(stamp),
    start: instant(entry.from),
    end: entry.to && instant(entry.to),
    timezone: entry.zone,
    summary: entry.summary,
    location: entry.location || null,
    description: entry.description || null,
    url: entry.url || null,
    status: statuses[entry.status],
    organizer: { name: entry.organizer.name, email: entry.organizer.email ?? noAddress },
  });
  // What is off needs no alarm, and a CANCEL must have none.
  if (entry.status !== 'cancelled') made.createAlarm({ type: ICalAlarmType.display, trigger: dayInSeconds });
  return made;
}

/**
 * A calendar with METHOD:PUBLISH, its VTIMEZONEs, and a reminder one day before each entry. It names no attendee.
 * @throws Error for a zone that the zone library does not know
 */
export function publishedCalendar({ entries, name, everySeconds, stamp }: Published): string {
  const calendar = openCalendar(ICalCalendarMethod.PUBLISH);
  if (name) calendar.name(name);
  if (everySeconds) calendar.ttl(everySeconds);
  for (const entry of entries) addEntry(calendar, entry, stamp);
  return textOf(calendar);
}

/**
 * Asks one person to an entry (METHOD:REQUEST). Nobody reads replies: the answer is given on the page behind the
 * link, so none is asked for (RSVP=FALSE), and what was answered there stands in PARTSTAT.
 */
export function requestCalendar({ entry, attendee, stamp }: Addressed): string {
  const calendar = openCalendar(ICalCalendarMethod.REQUEST);
  addEntry(calendar, entry, stamp).createAttendee({
    ...attendee,
    role: ICalAttendeeRole.REQ,
    type: ICalAttendeeType.INDIVIDUAL,
    status: entry.status === 'confirmed' ? ICalAttendeeStatus.ACCEPTED : ICalAttendeeStatus.NEEDSACTION,
    rsvp: false,
  });
  return textOf(calendar);
}

/**
 * Takes an entry out of one person's calendar (METHOD:CANCEL). STATUS says so only where the entry itself is off: who
 * is merely no longer among those invited must not read that it does not take place (RFC 5546 §3.2.5).
 */
export function cancelCalendar({ entry, attendee, stamp }: Addressed): string {
  const calendar = openCalendar(ICalCalendarMethod.CANCEL);
  const made = addEntry(calendar, { ...entry, status: 'cancelled' }, stamp);
  if (entry.status !== 'cancelled') made.status(null);
  made.createAttendee({ ...attendee, role: ICalAttendeeRole.REQ, type: ICalAttendeeType.INDIVIDUAL });
  return textOf(calendar);
}

/** The media type of a calendar names its method too (RFC 6047 §2.4). */
export const calendarType = (method: 'PUBLISH' | 'REQUEST' | 'CANCEL'): string =>
  `text/calendar; charset=utf-8; method=${method}`;
