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

/** The plan of an event in the words of a letter. */
export function eventWords(event: PlannedEvent, sessions: readonly PlannedSession[]): EventWords {
  const place = [event.venueName, event.venueAddress].filter(Boolean).join(', ');
  const online = event.onlineUrl && t('surat.paper.online', { address: event.onlineUrl });
  return {
    title: event.title,
    day: format.days([...new Set(sessions.map(({ date }) => date))]),
    time: format.hours(sessions, event.zone),
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
