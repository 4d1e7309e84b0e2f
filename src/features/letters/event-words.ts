import { formats, translators } from '../../texts.js';
import type { Event } from '../events/event.entity.js';
import type { Plan } from '../events/events.service.js';
import type { LetterContent } from './content.js';

// Letters are in Indonesian, whatever language the screen has.
const t = translators.id;
const format = formats.id;

export type EventWords = LetterContent['event'];

/** What of an event the plan settles, as letters tell it. */
export type PlannedEvent = Pick<
  Event,
  'title' | 'subject' | 'zone' | 'venueName' | 'venueAddress' | 'onlineUrl' | 'answerBy'
>;
export type PlannedSession = Pick<Plan['sessions'][number], 'date' | 'startsAt' | 'endsAt'>;

/** "09.00 s.d. 15.00 WITA"; where days differ each with its date. */
function hoursInWords(sessions: readonly PlannedSession[], zone: string): string {
  const byDay = [...Map.groupBy(sessions, ({ date }) => date)].map(([date, list]) => {
    const ends = list.map(({ endsAt }) => endsAt);
    const isOpen = ends.includes(null);
    const end = isOpen ? null : new Date(Math.max(...ends.map(Number)));
    const start = new Date(Math.min(...list.map(({ startsAt }) => Number(startsAt))));
    return { date, hours: format.timeRange(start, end, zone) };
  });
  const [first] = byDay;
  if (!first) return '';
  if (byDay.every(({ hours }) => hours === first.hours)) return first.hours;
  return byDay.map(({ date, hours }) => `${hours} (${format.date(date)})`).join('\n');
}

/** The plan of an event in the words of a letter. */
export function eventWords(event: PlannedEvent, sessions: readonly PlannedSession[]): EventWords {
  const place = [event.venueName, event.venueAddress].filter(Boolean).join(', ');
  const online = event.onlineUrl && t('surat.paper.online', { address: event.onlineUrl });
  return {
    title: event.title,
    day: format.days([...new Set(sessions.map(({ date }) => date))]),
    time: hoursInWords(sessions, event.zone),
    place: [place, online].filter(Boolean).join('\n'),
    subject: event.subject || event.title,
    answerBy: event.answerBy ? format.dateTime(event.answerBy, event.zone) : '',
  };
}

/** What whoever comes goes by: a letter that tells these otherwise than the plan sends people to the wrong place. */
const facts = ['day', 'time', 'place', 'subject', 'answerBy'] as const satisfies (keyof EventWords)[];
export type PlanFact = (typeof facts)[number];

/** Facts that a letter tells otherwise than the plan does by now. */
export const changedFacts = (told: EventWords, now: EventWords): PlanFact[] =>
  facts.filter((fact) => told[fact] !== now[fact]);
