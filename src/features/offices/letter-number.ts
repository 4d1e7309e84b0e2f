import { fillPlaceholders, findWrongPlaceholder } from '../../placeholders.js';

/** What a letter number is made of; `date` is the letter's date, `2026-03-09`. */
export interface LetterNumberParts {
  code: string;
  serial: number | string;
  unit: string;
  date: string;
}

const romanMonths = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

/** Placeholders of a numbering pattern, in the words of offices (domain.md, "Letter number"). */
const valuesOf = ({ code, serial, unit, date }: LetterNumberParts) => ({
  kode: code,
  urut: String(serial),
  unit,
  bulan: date.slice(5, 7),
  bulan_romawi: romanMonths[Number(date.slice(5, 7)) - 1] ?? '',
  tahun: date.slice(0, 4),
});

export const placeholderNames = Object.keys(valuesOf({ code: '', serial: '', unit: '', date: '' }));

/** The first placeholder that is none of ours, with its braces; a lone brace counts too. */
export const unknownPlaceholder = (pattern: string): string | undefined =>
  findWrongPlaceholder(pattern, placeholderNames)?.placeholder;

/** Stands for what is empty while its neighbours are looked at: a letter of private use, which no number has. */
const nothing = '\ue000';

/**
 * Fills a pattern: `{kode}/{urut}/{unit}/{bulan_romawi}/{tahun}` → `005/123/Dinsos/VIII/2022`. What is empty takes its
 * separator along: an office without a unit writes `005/123/VIII/2022`.
 * @throws Error when the pattern holds an unknown placeholder; saving one is refused
 */
export const formatLetterNumber = (pattern: string, parts: LetterNumberParts): string => {
  const values = Object.entries(valuesOf(parts)).map(([name, value]) => [name, value || nothing]);
  const filled = fillPlaceholders(pattern, Object.fromEntries(values) as Record<string, string>);
  return filled.replace(/\ue000[/.-]|[/.-]\ue000|\ue000/g, '');
};
