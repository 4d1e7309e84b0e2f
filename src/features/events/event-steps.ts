import { cameWords, type Came } from '../attendance/came.js';
import type { Event } from './event.entity.js';

/** How many seats and answers an event has: people and institutions are counted apart (rules.md 1). */
export interface EventCounts {
  sessions: number;
  seats: number;
  /** Seats of the quota: additional ones are beyond it, and would make 17 of 16. */
  seatsTaken: number;
  /** Institutions on the list, revoked ones left out. */
  chosen: number;
  /** Institutions whose invitation is out. */
  invited: number;
  answered: number;
  /** Institutions whose answer can still come. */
  awaited: number;
}

/** What has happened in the rooms that follow the answers. */
export interface RoomCounts {
  /** Who came to at least one session. */
  came: Came;
  materials: number;
  /** Null while nobody has begun to write. */
  minutes: 'draft' | 'submitted' | 'returned' | 'approved' | 'published' | null;
  actions: number;
  actionsClosed: number;
  /** Promises of earlier events of the series that are still to be asked about here: the first item of the agenda. */
  toAsk: number;
}

/** What a station says: done, the next thing to do, or later. */
export interface EventStep {
  key: 'plan' | 'quota' | 'invitations' | 'attendance' | 'materials' | 'minutes' | 'actions';
  href: string;
  state: 'done' | 'now' | 'later';
  note: { key: string; values?: Record<string, unknown> };
  /** Keys of texts that name what is missing. */
  missing: string[];
}

/** What of an event decides whether it can be published. */
export type Publishable = Pick<Event, 'state' | 'venueName' | 'onlineUrl' | 'answerBy' | 'startsAt'>;

/** What the plan lacks before it can be published; keys of texts. */
function missingInPlan(event: Publishable, sessions: number, now: Date): string[] {
  const missing: string[] = [];
  if (sessions === 0) missing.push('event.missing.session');
  if (!event.venueName && !event.onlineUrl) missing.push('event.missing.place');
  if (!event.answerBy) missing.push('event.missing.answer_by');
  else if (event.startsAt && event.answerBy > event.startsAt) missing.push('event.missing.answer_by_late');
  // Once an event is announced its answer-by passes in the course of things.
  if (event.state === 'draft' && event.answerBy && event.answerBy <= now)
    missing.push('event.missing.answer_by_past');
  return missing;
}

/** Everything that stands between a draft and its publication; keys of texts. */
export function missingForPublication(event: Publishable, counts: EventCounts, now: Date): string[] {
  const missing = missingInPlan(event, counts.sessions, now);
  if (counts.seats === 0) missing.push('event.missing.seats');
  return missing;
}

function invitationNote(event: Event, { chosen, invited, answered }: EventCounts): EventStep['note'] {
  const isOver = event.state === 'finished' || event.state === 'cancelled';
  if (chosen === 0) return { key: `event.step.invitations_${isOver ? 'nobody' : 'none'}` };
  if (event.state === 'draft' || invited === 0)
    return { key: 'event.step.invitations_chosen', values: { count: chosen } };
  return { key: 'event.step.invitations_answered', values: { part: answered, whole: invited } };
}

type Station = Pick<EventStep, 'key' | 'note'> & { done: boolean; missing?: string[] };

function attendanceStation(event: Event, { came }: RoomCounts): Station {
  const begun = event.state === 'finished' || event.state === 'running';
  const somebody = came.delegates + came.guests > 0;
  const none = event.state === 'cancelled' ? 'off' : begun ? 'nobody' : 'later';
  return {
    key: 'attendance',
    done: event.state === 'finished' && somebody,
    note: somebody ? cameWords(came) : { key: `event.step.attendance_${none}` },
  };
}

const materialsStation = ({ materials }: RoomCounts): Station => ({
  key: 'materials',
  done: materials > 0,
  note:
    materials > 0
      ? { key: 'event.step.materials_count', values: { count: materials } }
      : { key: 'event.step.materials_none' },
});

const minutesStation = ({ minutes }: RoomCounts): Station => ({
  key: 'minutes',
  done: minutes === 'published',
  note: { key: `event.step.minutes_${minutes ?? 'none'}` },
});

/** What was agreed here, and before that what earlier events left to be asked about. */
function actionsNote({ actions, actionsClosed, minutes, toAsk }: RoomCounts): EventStep['note'] {
  const asked = toAsk > 0 ? '_to_ask' : '';
  if (actions > 0)
    return {
      key: `event.step.actions_closed${asked}`,
      values: { part: actionsClosed, whole: actions, count: toAsk },
    };
  if (toAsk > 0) return { key: 'event.step.actions_to_ask', values: { count: toAsk } };
  return { key: minutes === 'published' ? 'event.step.actions_nothing' : 'event.step.actions_none' };
}

/** Promises are kept one by one; the station is done when none is left, and the minutes can bring no more. */
const actionsStation = (rooms: RoomCounts): Station => ({
  key: 'actions',
  done: rooms.actions === rooms.actionsClosed && rooms.minutes === 'published',
  note: actionsNote(rooms),
});

function quotaStation({ seats, seatsTaken }: EventCounts): Station {
  const note =
    seats > 0
      ? { key: 'event.step.quota_seats', values: { taken: seatsTaken, count: seats } }
      : { key: 'event.step.quota_none' };
  return { key: 'quota', done: seats > 0, note };
}

/** The stations of the path, each with what is done or missing. */
export function stepsOf(event: Event, counts: EventCounts, rooms: RoomCounts, now: Date): EventStep[] {
  const missing = missingInPlan(event, counts.sessions, now);
  const { invited, answered } = counts;
  const begun = event.state === 'running' || event.state === 'finished';
  const stations: Station[] = [
    { key: 'plan', done: missing.length === 0, note: { key: 'event.step.plan_complete' }, missing },
    quotaStation(counts),
    {
      key: 'invitations',
      done: begun || (invited > 0 && answered === invited),
      note: invitationNote(event, counts),
    },
    attendanceStation(event, rooms),
    materialsStation(rooms),
    minutesStation(rooms),
    actionsStation(rooms),
  ];
  const over = event.state === 'cancelled';
  const next = stations.find((station) => !station.done)?.key;
  return stations.map(({ key, done, note, missing: lacks = [] }) => ({
    key,
    note,
    missing: lacks,
    href: `/events/${event.id}/${key}`,
    // Nothing is left to do for an event that was called off.
    state: done ? 'done' : key === next && !over ? 'now' : 'later',
  }));
}
