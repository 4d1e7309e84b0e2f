import { eventCalendar, type CalendarDay } from '../../calendar/ics.js';
import type { Translate } from '../../i18n/translate.js';
import type { Event } from './event.entity.js';
import type { SessionRow } from './plan.repository.js';

type Occasion = Pick<
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

/** An entry per day, from its first start to its last end; open when one of its sessions is. */
function daysOf(event: Occasion, sessions: readonly SessionRow[]): CalendarDay[] {
  const days = [...Map.groupBy(sessions, (session) => session.dayId)];
  return days.map(([dayId, ofDay], index) => {
    const ends = ofDay.map(({ endsAt }) => endsAt?.getTime() ?? Infinity);
    const end = Math.max(...ends);
    return {
      uid: `event-${event.id}-day-${dayId}@rembuk`,
      from: new Date(Math.min(...ofDay.map(({ startsAt }) => startsAt.getTime()))),
      to: Number.isFinite(end) ? new Date(end) : null,
      summary: days.length > 1 ? `${event.title} (${index + 1}/${days.length})` : event.title,
    };
  });
}

/**
 * The event as a calendar file: an entry per day with place, map, link and notes.
 * @param url where the reader finds more: the event for staff, the answer page for those invited
 */
export function eventIcs(
  event: Occasion,
  sessions: readonly SessionRow[],
  { t, url, now }: { t: Translate; url: string; now: Date },
): string {
  const labelled = (key: string, value: string) => (value ? `${t(key)}: ${value}` : '');
  const description = [
    event.subject,
    labelled('event.field.map_url', event.mapUrl),
    labelled('event.field.online_url', event.onlineUrl),
    event.notes,
  ];
  return eventCalendar({
    days: daysOf(event, sessions),
    zone: event.zone,
    sequence: event.calendarSequence,
    stamp: now,
    location: [event.venueName, event.venueAddress].filter(Boolean).join(', ') || event.onlineUrl,
    description: description.filter(Boolean).join('\n'),
    url,
    cancelled: event.state === 'cancelled',
  });
}
