/** The door of this room for others: mail, the page of the institution, events. */
export { changedFacts, eventWords, type EventWords } from './event-words.js';
export { letterFileFor, letterFilesFor, type LetterFile } from './letter-files.service.js';
export { outdatedLetterOf } from './outdated.service.js';
export { eventsHeldByLetters } from './settings.service.js';
