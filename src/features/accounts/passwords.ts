import { hash, verify } from '@node-rs/argon2';

/** argon2id (the library's default kind) with the parameters of the OWASP Password Storage Cheat Sheet. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of a random password nobody knows: compared with when an address is unknown, so that both take as long. */
const decoy =
  '$argon2id$v=19$m=19456,t=2,p=1$sY12csKDWcaXE6reGteL+Q$J/gHkXxFYncX1378zVTTrYPymzxJR6K5XTMKjlJJ6sI';

export const shortestPassword = 10;
export const longestPassword = 200;

export const hashPassword = (password: string): Promise<string> => hash(password, parameters);

/** Takes the same work whether or not there is a hash to compare with. */
export async function passwordMatches(stored: string | null | undefined, typed: string): Promise<boolean> {
  const equal = await verify(stored ?? decoy, typed);
  return equal && Boolean(stored);
}

const commonWords =
  /^(password|passw[o0]rd|p@ssw[o0]rd|sandi|kata ?sandi|rahasia|indonesia|kemensos|dinas ?sosial|dinsos|lkks|rembuk|admin(istrator)?|qwerty(uiop)?|asdfgh(jkl)?|bismillah|sayang|selamat|semangat|merdeka|pancasila)+$/;

/** "aaaaaaaaaa", "abcdefghij": each letter is as far from the one before. */
function isRow(text: string): boolean {
  const steps = new Set<number>();
  for (let i = 1; i < text.length; i += 1) steps.add(text.charCodeAt(i) - text.charCodeAt(i - 1));
  return steps.size === 1;
}

/** Digits alone, or too few different letters, are tried within minutes. */
const isThin = (text: string) => /^\d+$/.test(text) || new Set(text).size <= 3;

/**
 * Whether others would try this password first: a common word with digits around it, a row of letters, digits
 * alone, or the person's own address. Length is judged elsewhere.
 */
export function isCommonPassword(password: string, ownWords: readonly string[] = []): boolean {
  const folded = password.toLowerCase().trim();
  const bare = folded.replace(/^[\d\W_]+|[\d\W_]+$/g, '');
  if (isRow(folded) || isThin(folded) || commonWords.test(bare)) return true;
  return ownWords.some((word) => word.toLowerCase() === folded || word.toLowerCase() === bare);
}
