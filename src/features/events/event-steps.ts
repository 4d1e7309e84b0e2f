import type { Event } from './event.entity.js';

/** How many seats and answers an event has: people and institutions are counted apart (rules.md 1). */
export interface EventCounts {
  sessions: number;
  seats: number;
  seatsTaken: number;
  /** Institutions on the list, revoked ones left out. */
  chosen: number;
  /** Institutions whose invitation is out. */
  invited: number;
  answered: number;
  /** Institutions whose answer can still come. */
  awaited: number;
}

/** What a station says: done, the next thing to do, or later. */
export interface EventStep {
  key: 'plan' | 'quota' | 'invitations';
  href: string;
  state: 'done' | 'now' | 'later';
  note: { key: string; values?: Record<string, unknown> };
  /** Keys of texts that name what is missing. */
  missing: string[];
}

/** What of an event decides whether it can be published. */
export type Publishable = Pick<Event, 'venueName' | 'onlineUrl' | 'answerBy' | 'startsAt'>;

/** What the plan lacks before it can be published; keys of texts. */
function missingInPlan(event: Publishable, sessions: number): string[] {
  const missing: string[] = [];
  if (sessions === 0) missing.push('event.missing.session');
  if (!event.venueName && !event.onlineUrl) missing.push('event.missing.place');
  if (!event.answerBy) missing.push('event.missing.answer_by');
  else if (event.startsAt && event.answerBy > event.startsAt) missing.push('event.missing.answer_by_late');
  return missing;
}

/** Everything that stands between a draft and its publication; keys of texts. */
export function missingForPublication(event: Publishable, counts: EventCounts, now: Date): string[] {
  const missing = missingInPlan(event, counts.sessions);
  if (event.answerBy && event.answerBy <= now) missing.push('event.missing.answer_by_past');
  if (counts.seats === 0) missing.push('event.missing.seats');
  return missing;
}

function invitationNote(event: Event, { chosen, invited, answered }: EventCounts): EventStep['note'] {
  if (chosen === 0) return { key: 'event.step.invitations_none' };
  if (event.state === 'draft' || invited === 0)
    return { key: 'event.step.invitations_chosen', values: { count: chosen } };
  return { key: 'event.step.invitations_answered', values: { part: answered, whole: invited } };
}

/** The stations of the path that exist today, each with what is done or missing. */
export function stepsOf(event: Event, counts: EventCounts): EventStep[] {
  const missing = missingInPlan(event, counts.sessions);
  const over = event.state === 'finished' || event.state === 'cancelled';
  const { seats, seatsTaken, invited, answered } = counts;
  const allAnswered = invited > 0 && answered === invited;
  const stations = [
    { key: 'plan', done: missing.length === 0, note: { key: 'event.step.plan_complete' }, missing },
    {
      key: 'quota',
      done: seats > 0,
      note:
        seats > 0
          ? { key: 'event.step.quota_seats', values: { taken: seatsTaken, count: seats } }
          : { key: 'event.step.quota_none' },
      missing: [],
    },
    { key: 'invitations', done: allAnswered, note: invitationNote(event, counts), missing: [] },
  ] as const;
  const next = stations.find((station) => !station.done)?.key;
  return stations.map(({ key, done, note, missing: lacks }) => ({
    key,
    note,
    missing: [...lacks],
    href: `/events/${event.id}/${key}`,
    state: done || over ? 'done' : key === next ? 'now' : 'later',
  }));
}
