import type { Tx } from '../../database/data-source.js';
import { issuedLetters } from './letters.repository.js';

/** The door of this room for others: mail, the page of the institution, events. */
export { letterFileFor, letterFilesFor, type LetterFile } from './letter-files.service.js';
export { eventsHeldByLetters } from './settings.service.js';

/** Number and date of the letter by which an event invites; undefined while none is issued. */
export async function issuedLetterOf(
  tx: Tx,
  eventId: number,
): Promise<{ number: string; date: string | null } | undefined> {
  const [letter] = await issuedLetters(tx, [eventId]);
  return letter && { number: letter.number ?? '', date: letter.letterDate };
}
