import { createHash } from 'node:crypto';

/** What can be frozen: nothing that JSON would drop or change without a word. */
export type Frozen =
  string | number | boolean | null | readonly Frozen[] | { readonly [key: string]: Frozen };

/**
 * JSON in the one form that RFC 8785 allows: keys in the order of their UTF-16 units, no spaces, strings and
 * numbers as ECMAScript writes them. The same content is always the same text, so that its hash can be checked.
 * @throws Error for a number that JSON cannot hold
 */
export function canonicalJson(value: Frozen): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${value} has no JSON`);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Frozen[]).map(canonicalJson).join(',')}]`;
  // Without a compare function, sort() goes by UTF-16 units, as RFC 8785 §3.2.3 asks.
  const entries = Object.entries(value as Record<string, Frozen>);
  const members = entries
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`);
  return `{${members.join(',')}}`;
}

/** SHA-256 of a text in UTF-8, in hexadecimal. */
export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');
