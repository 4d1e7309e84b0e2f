import { changedFacts, eventWords } from '../letters/letters.service.js';
import type { AnswerView } from './answers.repository.js';

/** What the page is about, before anything else. */
export const situations = [
  'cancelled',
  'revoked',
  'finished',
  'not_open',
  'open',
  'offered',
  'accepted',
  'waiting',
  'reconfirm',
  'declined',
  'lapsed',
] as const;
export type Situation = (typeof situations)[number];

/** An instant that has passed; deadlines count to their last minute. */
const past = (at: Date | null, now: Date) => at !== null && at < now;

/** The last moment to answer an open invitation (rules.md 17: never later than the event's). */
export function answerDeadline({ ownAnswerBy, event }: AnswerView): Date | null {
  const times = [ownAnswerBy, event.answerBy].filter((at) => at !== null);
  return times.length > 0 ? new Date(Math.min(...times.map(Number))) : null;
}

/**
 * Where an invitation stands for its institution. Time counts here too: the clock may be a few seconds late to
 * write down what has already ended.
 */
export function situationOf(view: AnswerView, now: Date): Situation {
  const { event, state } = view;
  if (state === 'revoked') return 'revoked';
  if (event.state === 'cancelled') return 'cancelled';
  if (event.state === 'draft' || state === 'draft' || state === 'reserve') return 'not_open';
  if (event.state === 'finished') return 'finished';
  if (state === 'open')
    return past(answerDeadline(view), now) || event.state === 'running' ? 'lapsed' : 'open';
  if ((state === 'offered' || state === 'reconfirm') && past(view.holdUntil, now)) return 'lapsed';
  return state;
}

/** Who declined or was too late may still come while answers are open (rules.md 14). */
export function mayAcceptAgain(view: AnswerView, now: Date): boolean {
  return view.event.state === 'published' && view.event.answerBy !== null && now <= view.event.answerBy;
}

/** Names can be given and changed here until then (rules.md 15). */
export function namesOpen({ event }: AnswerView, now: Date): boolean {
  const until = event.namesUntil ?? event.startsAt;
  return ['published', 'running'].includes(event.state) && until !== null && now <= until;
}

/** The letter of invitation can be read by whoever is, or was, invited by it. */
export const hasInvitationLetter = ({ invitationLetter }: AnswerView, situation: Situation): boolean =>
  invitationLetter !== null && !['revoked', 'not_open', 'cancelled'].includes(situation);

/** Whether that letter tells another plan than the one that holds by now (decision 093). */
export const isLetterOutdated = ({ invitationLetter, event, sessions }: AnswerView): boolean =>
  invitationLetter !== null && changedFacts(invitationLetter.plan, eventWords(event, sessions)).length > 0;

/** Minutes go to the institutions that came, or said that they would, once the event has begun. */
export const mayReadMinutes = ({ state, event }: AnswerView): boolean =>
  state === 'accepted' && (event.state === 'running' || event.state === 'finished');

/** Whether the institution is asked about its record here, only told what became of it, or neither. */
export function recordCheckOf(view: AnswerView, now: Date): 'open' | 'told' | undefined {
  const { event, state } = view;
  const answered = ['accepted', 'waiting', 'reconfirm', 'declined'].includes(state);
  if (!event.recordCheck || !answered || event.state === 'cancelled') return undefined;
  const isOver = event.endsAt !== null && event.endsAt < now;
  if ((event.state === 'published' || event.state === 'running') && !isOver) return 'open';
  return view.recordConfirmedAt || view.proposalState ? 'told' : undefined;
}
