import type { Tx } from '../../database/data-source.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { findOwnOffice } from '../offices/offices.service.js';
import { placeOf } from './compose.js';
import { issuedLetters } from './letters.repository.js';
import { readLetterSettings } from './letters.schema.js';
import { findSettings } from './settings.repository.js';

/** The door of this room for others: mail, the page of the institution, events. */
export { changedFacts, eventWords, type EventWords } from './event-words.js';
export { letterFileFor, letterFilesFor, type LetterFile } from './letter-files.service.js';
export { outdatedLetterOf } from './outdated.service.js';
export { eventsHeldByLetters } from './settings.service.js';

/** Number and date of the letter by which an event invites; undefined while none is issued. */
export async function issuedLetterOf(
  tx: Tx,
  eventId: number,
): Promise<{ number: string; date: string | null } | undefined> {
  const [letter] = await issuedLetters(tx, [eventId]);
  return letter && { number: letter.number ?? '', date: letter.letterDate };
}

/** The city before the date on a paper of the actor's office, as on its letters; empty where none is known. */
export async function officePlace(tx: Tx, actor: OfficeActor): Promise<string> {
  const settings = readLetterSettings((await findSettings(tx, actor))?.settings);
  return placeOf(tx, await findOwnOffice(tx, actor), settings);
}
