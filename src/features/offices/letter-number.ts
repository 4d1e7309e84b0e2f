/** What a letter number is made of; `date` is the letter's date, `2026-03-09`. */
export interface LetterNumberParts {
  code: string;
  serial: number | string;
  unit: string;
  date: string;
}

const romanMonths = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

/** Placeholders of a numbering pattern, in the words of offices (domain.md, "Letter number"). */
const placeholders = new Map<string, (parts: LetterNumberParts) => string>([
  ['kode', ({ code }) => code],
  ['urut', ({ serial }) => String(serial)],
  ['unit', ({ unit }) => unit],
  ['bulan', ({ date }) => date.slice(5, 7)],
  ['bulan_romawi', ({ date }) => romanMonths[Number(date.slice(5, 7)) - 1] ?? ''],
  ['tahun', ({ date }) => date.slice(0, 4)],
]);

export const placeholderNames = [...placeholders.keys()];

const anyPlaceholder = /\{([^{}]*)\}/g;

/** The first placeholder that is none of ours, with its braces; a lone brace counts too. */
export function unknownPlaceholder(pattern: string): string | undefined {
  for (const [whole, name] of pattern.matchAll(anyPlaceholder))
    if (!placeholders.has(name ?? '')) return whole;
  return /[{}]/.exec(pattern.replace(anyPlaceholder, ''))?.[0];
}

/** Stands for what is empty while its neighbours are looked at: a letter of private use, which no number has. */
const nothing = '\ue000';

/**
 * Fills a pattern: `{kode}/{urut}/{unit}/{bulan_romawi}/{tahun}` → `005/123/Dinsos/VIII/2022`. What is empty takes its
 * separator along: an office without a unit writes `005/123/VIII/2022`.
 * @throws Error when the pattern holds an unknown placeholder; saving one is refused
 */
export function formatLetterNumber(pattern: string, parts: LetterNumberParts): string {
  const filled = pattern.replace(anyPlaceholder, (whole, name: string) => {
    const fill = placeholders.get(name);
    if (!fill) throw new Error(`Unknown placeholder ${whole}`);
    return fill(parts) || nothing;
  });
  return filled.replace(/\ue000[/.-]|[/.-]\ue000|\ue000/g, '');
}
