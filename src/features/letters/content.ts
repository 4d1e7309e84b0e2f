import type { Margins } from '../../documents/letter-paper.js';
import type { BlockName, LetterMode } from './letter-words.js';
import type { PlaceholderValues } from './template.js';

/** How the letters of an office look. */
export interface LetterLayout {
  font: 'serif' | 'sans';
  margins: Margins;
  datePlace: 'head' | 'signature';
  order: BlockName[];
  /** City, before the date. */
  place: string;
}

/** An institution that a letter is for. */
export interface Recipient {
  invitationId: number;
  name: string;
  address: string;
  /** How many may come. */
  seats: number;
}

/** The words of a letter; templates as they were typed. */
export interface LetterWords {
  classification: string;
  attachment: string;
  subject: string;
  addressee: string;
  opening: string;
  closing: string;
  notes: string;
  copies: string;
}

/**
 * Everything that a letter says: composed anew while it is written, frozen when it is issued. What is each institution's
 * own is filled in when it is printed.
 */
export interface LetterContent {
  format: 1;
  mode: LetterMode;
  layout: LetterLayout;
  letterhead: { lines: string[]; address: string; logo: string | null };
  /** With a blank where the registry writes its serial, until it has given one. */
  number: string;
  date: string | null;
  words: LetterWords;
  values: PlaceholderValues;
  event: { title: string; day: string; time: string; place: string; subject: string; answerBy: string };
  /** Null while nobody is chosen. */
  signature: { position: string[]; name: string; below: string[] } | null;
  recipients: Recipient[];
}
