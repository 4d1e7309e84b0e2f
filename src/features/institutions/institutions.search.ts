import { fold } from '../../spreadsheets/cells.js';
import type { Bindings } from './institutions.filter.js';
import type { Reader } from './institutions.repository.js';

/** Words for what an institution is rather than which: lists and people put them in front, or leave them out. */
const generic = new Set(
  'panti asuhan yayasan lks lksa lembaga kesejahteraan sosial pa ppa jompo werdha wreda ipwl rumah balai'.split(
    ' ',
  ),
);
const mostWords = 8;
const mostMeanings = 12;

/** Letters that may be wrong, missing, doubled or swapped in a word of that length. */
const mistakesIn = ({ length }: string) => (length < 4 ? 0 : length < 7 ? 1 : 2);

/** A typed word and those of the registry that it may mean, the nearest first. */
interface SearchedWord {
  typed: string;
  meanings: string[];
  /** Without one of the required words an institution is not found. */
  isRequired: boolean;
}

/** What was typed into a search field, made ready to be looked for. */
export interface Search {
  /** Empty: nothing is searched. */
  text: string;
  words: SearchedWord[];
}

/**
 * How many single mistakes lie between two words: a letter added, left out, put for another, or swapped with the
 * next (optimal string alignment; the database's own distance counts a swap twice).
 */
export function mistakesBetween(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i += 1) {
    const [above = [], twoAbove = []] = [rows[i - 1], rows[i - 2]];
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const differs = a[i - 1] === b[j - 1] ? 0 : 1;
      const ways = [(above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + differs];
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) ways.push((twoAbove[j - 2] ?? 0) + 1);
      row.push(Math.min(...ways));
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}

/** Close in letters, or (for "yasan", two letters short of "yayasan") in their pieces of three letters. */
const nearWords = `
  SELECT t.typed, w.word, false AS alike FROM unnest($1::text[]) AS t (typed) JOIN search_word w
    ON length(w.word) BETWEEN length(t.typed) - 2 AND length(t.typed) + 2
      AND levenshtein_less_equal(w.word, t.typed, 2) <= 2
  UNION
  SELECT t.typed, w.word, true FROM unnest($1::text[]) AS t (typed) JOIN search_word w
    ON w.word % t.typed AND similarity(w.word, t.typed) >= 0.5 AND length(t.typed) >= 5`;

function meaningsOf(typed: string, near: { word: string; alike: boolean }[]): string[] {
  const distances = new Map<string, number>();
  for (const { word, alike } of near) {
    const distance = mistakesBetween(typed, word);
    if (alike || distance <= mistakesIn(typed)) distances.set(word, distance);
  }
  return [...distances]
    .sort(([a, m], [b, n]) => m - n || a.localeCompare(b))
    .slice(0, mostMeanings)
    .map(([word]) => word);
}

/** Says little: a word of its kind, mistyped or not, or a particle such as "al". */
const saysLittle = ({ typed, meanings: [nearest] }: Omit<SearchedWord, 'isRequired'>) =>
  typed.length < 3 || generic.has(typed) || (nearest !== undefined && generic.has(nearest));

/** Looks up what the words of a typed text may mean in this registry. */
export async function readSearch(db: Reader, typed: string): Promise<Search> {
  const text = fold(typed);
  if (text === '') return { text, words: [] };
  const words = [...new Set(text.split(' '))].slice(0, mostWords);
  const near = (await db.query(nearWords, [words.filter((word) => mistakesIn(word) > 0)])) as {
    typed: string;
    word: string;
    alike: boolean;
  }[];
  const byTyped = Map.groupBy(near, (row) => row.typed);
  const known = words.map((word) => ({ typed: word, meanings: meaningsOf(word, byTyped.get(word) ?? []) }));
  const telling = known.filter((word) => !saysLittle(word));
  const required = telling.length > 0 ? telling : known;
  return { text, words: known.map((word) => ({ ...word, isRequired: required.includes(word) })) };
}

/** The condition of a search: every word that tells something is there, as it was typed or as it may be meant. */
export function searchCondition({ words }: Search, bind: Bindings, alias: string): string {
  const required = words.filter(({ isRequired }) => isRequired);
  const contains = (word: string) => `${alias}.search_text LIKE ${bind.add(`%${word}%`)}`;
  const parts = required.map(({ typed, meanings }) => {
    const others = meanings.filter((word) => !word.includes(typed));
    const ways = [typed, ...others].map(contains);
    // One long word may be two that were written together: "darulhikmah".
    if (required.length === 1 && typed.length >= 8) ways.push(`${bind.add(typed)} <% ${alias}.search_text`);
    return `(${ways.join(' OR ')})`;
  });
  return parts.length > 0 ? parts.join(' AND ') : 'true';
}

/**
 * How well an institution fits a search, as text that sorts the best first: the whole text as it was typed,
 * then more of its words as they were typed, then likeness of the name.
 */
export function searchRank({ text, words }: Search, bind: Bindings, alias: string): string {
  const whole = `CASE WHEN ${alias}.search_text LIKE ${bind.add(`%${text}%`)} THEN '0' ELSE '1' END`;
  const missing = words.map(
    ({ typed }) => `(${alias}.search_text NOT LIKE ${bind.add(`%${typed}%`)})::integer`,
  );
  const unlike = `to_char(1 - similarity(${bind.add(text)}, ${alias}.name_normalised), 'FM0.000')`;
  return `(${whole} || (${missing.join(' + ')})::text || ${unlike})`;
}
