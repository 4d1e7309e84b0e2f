/** The door of this room for others: mail, the page of the institution, events. */
export { letterFileFor, letterFilesFor, type LetterFile } from './letter-files.service.js';
export { eventsHeldByLetters } from './settings.service.js';
