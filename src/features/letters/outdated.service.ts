import type { Tx } from '../../database/data-source.js';
import type { Event } from '../events/event.entity.js';
import { readPlan } from '../events/events.service.js';
import type { LetterContent } from './content.js';
import { changedFacts, eventWords, type PlanFact } from './event-words.js';
import { issuedLetters, letterInWork, plannedEvents } from './letters.repository.js';

interface IssuedLetter {
  eventId: number;
  content: LetterContent | null;
}

/**
 * What these issued letters tell otherwise than the plans of their events do by now, by the event; events whose letter
 * is still right are left out.
 * @param letters at most one of each event
 */
export async function outdatedAmong(
  tx: Tx,
  letters: readonly IssuedLetter[],
): Promise<Map<number, PlanFact[]>> {
  const found = new Map<number, PlanFact[]>();
  const told = new Map(letters.map(({ eventId, content }) => [eventId, content?.event]));
  for (const event of told.size > 0 ? await plannedEvents(tx, [...told.keys()]) : []) {
    const words = told.get(event.id);
    const { sessions } = await readPlan(tx, event.id);
    const changed = words ? changedFacts(words, eventWords(event, sessions)) : [];
    if (changed.length > 0) found.set(event.id, changed);
  }
  return found;
}

/** The letter that went out and is no longer right: what changed, and the correction where one is begun. */
export interface OutdatedLetter {
  letterId: number;
  number: string | null;
  changed: PlanFact[];
  correctionId: number | undefined;
}

/** What is wrong with the letter of an event that is ahead; undefined while it is right, or none is issued. */
export async function outdatedLetterOf(
  tx: Tx,
  { id, state }: Pick<Event, 'id' | 'state'>,
): Promise<OutdatedLetter | undefined> {
  if (state === 'cancelled' || state === 'finished') return undefined;
  const [letter] = await issuedLetters(tx, [id]);
  const changed = letter && (await outdatedAmong(tx, [letter])).get(id);
  if (!changed) return undefined;
  const correctionId = (await letterInWork(tx, id))?.id;
  return { letterId: letter.id, number: letter.number, changed, correctionId };
}
