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

const anyPlaceholder = /\{([^{}]*)\}/g;
const isOneOf = (list: readonly string[], name: string | undefined) => list.some((one) => one === name);

/** A placeholder that cannot stand where it stands. */
export interface WrongPlaceholder {
  /** With its braces, as it was typed; a lone brace counts too. */
  placeholder: string;
  /** Counted from 1. */
  line: number;
  why: 'unknown' | 'each_only';
}

function wrongIn(line: string, mode: LetterMode): Omit<WrongPlaceholder, 'line'> | undefined {
  for (const [placeholder, name] of line.matchAll(anyPlaceholder)) {
    if (!isOneOf(placeholders, name)) return { placeholder, why: 'unknown' };
    if (mode === 'list' && isOneOf(institutionPlaceholders, name)) return { placeholder, why: 'each_only' };
  }
  const brace = /[{}]/.exec(line.replace(anyPlaceholder, ''))?.[0];
  return brace ? { placeholder: brace, why: 'unknown' } : undefined;
}

/** The first placeholder of a template that is none of ours, or that a letter to all cannot fill. */
export function wrongPlaceholder(template: string, mode: LetterMode): WrongPlaceholder | undefined {
  for (const [at, text] of template.split('\n').entries()) {
    const wrong = wrongIn(text, mode);
    if (wrong) return { ...wrong, line: at + 1 };
  }
  return undefined;
}

/**
 * Fills a template, line by line; a line that names only what is empty is left out, and so are empty lines. What is
 * filled in is not looked through again: a title may hold braces.
 */
export function fillTemplate(template: string, values: PlaceholderValues): string[] {
  return template
    .split('\n')
    .flatMap((line) =>
      line
        .replace(anyPlaceholder, (whole, name: string) => (values as Record<string, string>)[name] ?? whole)
        .split('\n'),
    )
    .map((line) => line.trim())
    .filter(Boolean);
}
