import { publishedCalendar, type CalendarEntry, type CalendarOrganizer } from '../../calendar/ics.js';
import type { Translate } from '../../i18n/translate.js';
import type { Event } from './event.entity.js';
import type { SessionRow } from './plan.repository.js';

/** What of an event its entries tell. */
export type Occasion = Pick<
  Event,
  | 'id'
  | 'title'
  | 'subject'
  | 'notes'
  | 'zone'
  | 'venueName'
  | 'venueAddress'
  | 'mapUrl'
  | 'onlineUrl'
  | 'state'
  | 'calendarSequence'
>;

type SessionTime = Pick<SessionRow, 'dayId' | 'startsAt' | 'endsAt'>;

/** A day that an event had once. */
export interface DroppedDay {
  dayId: number;
  startsAt: Date;
  endsAt: Date | null;
  sequence: number;
  droppedAt: Date;
}

interface EntryGiven {
  t: Translate;
  /** `installationUid`: calendars hold the events of many installations. */
  installation: string;
  /** Where the reader finds more: the event for staff, the answer page for those invited. */
  url: string;
  organizer: CalendarOrganizer;
  /** Whether the reader has said that they come; an event that is off is off for everybody. */
  status?: 'confirmed' | 'tentative';
}

// The UID of a day for ever, whoever reads it and whatever becomes of it; nobody else's day has it (RFC 5545 §3.8.4.7).
const uidOf = (installation: string, eventId: number, dayId: number) =>
  `event-${eventId}-day-${dayId}@${installation}.rembuk`;

function factsOf(event: Occasion, { t, url, organizer }: EntryGiven) {
  const labelled = (key: string, value: string) => (value ? `${t(key)}: ${value}` : '');
  const description = [
    event.subject,
    labelled('event.field.map_url', event.mapUrl),
    labelled('event.field.online_url', event.onlineUrl),
    event.notes,
  ];
  return {
    zone: event.zone,
    location: [event.venueName, event.venueAddress].filter(Boolean).join(', ') || event.onlineUrl,
    description: description.filter(Boolean).join('\n'),
    url,
    organizer,
  };
}

/** An entry per day, from its first start to its last end; open when one of its sessions is. */
export function entriesOf(
  event: Occasion,
  sessions: readonly SessionTime[],
  given: EntryGiven,
): CalendarEntry[] {
  const days = [...Map.groupBy(sessions, (session) => session.dayId)];
  return days.map(([dayId, ofDay], index) => {
    const end = Math.max(...ofDay.map(({ endsAt }) => endsAt?.getTime() ?? Infinity));
    return {
      ...factsOf(event, given),
      uid: uidOf(given.installation, event.id, dayId),
      from: new Date(Math.min(...ofDay.map(({ startsAt }) => startsAt.getTime()))),
      to: Number.isFinite(end) ? new Date(end) : null,
      sequence: event.calendarSequence,
      summary: days.length > 1 ? `${event.title} (${index + 1}/${days.length})` : event.title,
      status: event.state === 'cancelled' ? 'cancelled' : (given.status ?? 'confirmed'),
    };
  });
}

/** Days that fell away: each as it was, and off. */
export const droppedEntriesOf = (
  event: Occasion,
  dropped: readonly DroppedDay[],
  given: EntryGiven,
): CalendarEntry[] =>
  dropped.map(({ dayId, startsAt, endsAt, sequence }) => ({
    ...factsOf(event, given),
    uid: uidOf(given.installation, event.id, dayId),
    from: startsAt,
    to: endsAt,
    sequence,
    summary: event.title,
    status: 'cancelled',
  }));

interface FileGiven extends EntryGiven {
  dropped: readonly DroppedDay[];
  now: Date;
}

/** The event as a calendar file to download: its days, and those that fell away. */
export function eventIcs(event: Occasion, sessions: readonly SessionTime[], given: FileGiven): string {
  const { dropped, now } = given;
  return publishedCalendar({
    stamp: now,
    entries: [...entriesOf(event, sessions, given), ...droppedEntriesOf(event, dropped, given)],
  });
}
