import {
  findWrongPlaceholder,
  replacePlaceholders,
  type WrongPlaceholder as Misplaced,
} from '../../placeholders.js';
import type { LetterMode } from './letter-words.js';

/** What a template may name of the event and the office, in the words of offices. */
export const eventPlaceholders = [
  'kegiatan',
  'acara',
  'jenis',
  'hari_tanggal',
  'pukul',
  'tempat',
  'jawab_sampai',
  'narahubung',
  'catatan',
  'instansi',
] as const;

/** What differs from one institution to the next: only in a letter that each gets of its own. */
export const institutionPlaceholders = ['lks', 'alamat_lks', 'jumlah_wakil'] as const;

export const placeholders = [...eventPlaceholders, ...institutionPlaceholders];
export type Placeholder = (typeof placeholders)[number];
export type PlaceholderValues = Partial<Record<Placeholder, string>>;

/** A placeholder that cannot stand where it stands. */
export interface WrongPlaceholder extends Misplaced {
  why: 'unknown' | 'each_only';
}

const eachOnly: ReadonlySet<string> = new Set(institutionPlaceholders.map((name) => `{${name}}`));

/** The first placeholder of a template that is none of ours, or that a letter to all cannot fill. */
export function wrongPlaceholder(template: string, mode: LetterMode): WrongPlaceholder | undefined {
  const wrong = findWrongPlaceholder(template, mode === 'list' ? eventPlaceholders : placeholders);
  return wrong && { ...wrong, why: eachOnly.has(wrong.placeholder) ? 'each_only' : 'unknown' };
}

/**
 * Fills a template, line by line; a line that names only what is empty is left out, and so are empty lines. What is
 * filled in is not looked through again: a title may hold braces.
 */
export function fillTemplate(template: string, values: PlaceholderValues): string[] {
  return template
    .split('\n')
    .flatMap((line) =>
      replacePlaceholders(line, (name) => (values as Record<string, string>)[name]).split('\n'),
    )
    .map((line) => line.trim())
    .filter(Boolean);
}
