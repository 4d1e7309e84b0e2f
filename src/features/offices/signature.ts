import { formatNip, personName } from '../../i18n/format.js';
import type { Signatory } from './signatory.entity.js';

/** What stands in a signature block, from the top. */
export interface SignatureWords {
  position: string[];
  name: string;
  /** Rank and NIP, whatever there is. */
  below: string[];
}

/**
 * The office held, line by line (domain.md): who stands in signs with `Plt.` or `Plh.` before it; who signs for somebody
 * writes whose office it is first (`a.n. Kepala Dinas`, `Sekretaris`); `u.b.` stands on a line of its own between who
 * was told to sign for the first, and who does so.
 */
export function positionLines({ authority, position }: Pick<Signatory, 'authority' | 'position'>): string[] {
  const lines = position
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const [first = '', ...rest] = lines;
  if (authority === '') return lines;
  if (authority !== 'u.b.') return [`${authority} ${first}`, ...rest];
  if (rest.length === 0) return [`u.b. ${first}`];
  const above = lines.slice(0, -1);
  return [...(above.length > 1 ? [`a.n. ${first}`, ...above.slice(1)] : above), 'u.b.', lines.at(-1) ?? ''];
}

/** The words of a signature; people of an LKKS have neither rank nor NIP. */
export const signatureOf = (signatory: Signatory): SignatureWords => ({
  position: positionLines(signatory),
  name: personName(signatory),
  below: [signatory.rank, signatory.nip ? `NIP ${formatNip(signatory.nip)}` : ''].filter(Boolean),
});

/** The same for papers that print the office held as one text. */
export const signatureBlock = (signatory: Signatory) => ({
  ...signatureOf(signatory),
  position: positionLines(signatory).join('\n'),
});
