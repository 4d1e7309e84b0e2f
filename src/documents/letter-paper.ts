import type { Letterhead } from './letterhead.js';

/** A row of labels and values: "Nomor : 005/…", "Tempat : Aula …". */
export type LabelledRow = readonly [label: string, value: string];

/** A part of a letter, from letterhead down. */
export type LetterBlock =
  /** Number, class, attachment and subject; place and date at the right where they do not stand above the signature. */
  | { kind: 'facts'; rows: LabelledRow[]; date: string }
  /** In capitals, centred: what the paper is. */
  | { kind: 'title'; text: string }
  | { kind: 'addressee'; lines: string[] }
  | { kind: 'text'; paragraphs: string[] }
  | { kind: 'details'; rows: LabelledRow[] }
  | { kind: 'notes'; title: string; lines: string[] }
  | { kind: 'signature'; date: string; position: string[]; name: string; below: string[] }
  | { kind: 'copies'; title: string; lines: string[] }
  /** How an institution answers: its QR, and the same in words for who types. No address: a frame where it will be. */
  | {
      kind: 'answer';
      title: string;
      lines: string[];
      code: string;
      address: string;
      size: 'small' | 'large';
    };

/** The list that a letter to many refers to. */
export interface LetterAnnex {
  title: string;
  /** Which letter it belongs to. */
  rows: LabelledRow[];
  head: [number: string, name: string, address: string, seats: string];
  list: { name: string; address: string; seats: number }[];
}

/** In millimetres. */
export interface Margins {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** A letter as it is printed: the same for a file to send and for one to edit. */
export interface LetterPaper {
  title: string;
  /** When it was made; the same content at the same time is the same PDF, byte by byte. */
  at: Date;
  font: 'Tinos' | 'Arimo';
  margins: Margins;
  /** Written across every page. */
  specimen: string | undefined;
  head: Letterhead;
  blocks: LetterBlock[];
  annex: LetterAnnex | undefined;
}

/** Paragraphs that begin a line further in; a salutation ("Dengan hormat,") does not. */
export const isIndented = (paragraph: string): boolean => paragraph.length > 40 || !paragraph.endsWith(',');
