import type { FactValue } from './institution.facts.js';

interface Known {
  id: number;
  name: string;
  nameNormalised: string;
  regionCode: string;
}

export interface Candidate {
  id: number;
  name: string;
}

/** Words that most names share: likeness goes by the others. */
const common = new Set(
  'panti asuhan yayasan lks lksa lembaga kesejahteraan sosial anak pa ppa jompo werdha tresna dan bina al el an nurul darul'.split(
    ' ',
  ),
);
const threshold = 0.5;

function grams(text: string): Set<string> {
  const found = new Set<string>();
  for (const word of text.split(' ')) {
    const padded = `  ${word} `;
    for (let at = 0; at + 3 <= padded.length; at += 1) found.add(padded.slice(at, at + 3));
  }
  return found;
}

function distinctive(normalised: string): string {
  const kept = normalised.split(' ').filter((word) => !common.has(word));
  return kept.length > 0 ? kept.join(' ') : normalised;
}

/**
 * Names that are alike, as pg_trgm counts it (shared three-letter pieces over all pieces), within one region.
 * Done here with one index of pieces per region: ten thousand queries would take minutes.
 */
export class LikenessIndex {
  private readonly regions = new Map<
    string,
    { known: (Known & { size: number })[]; byGram: Map<string, number[]> }
  >();

  constructor(institutions: Known[]) {
    for (const institution of institutions) {
      const region = this.regions.get(institution.regionCode) ?? {
        known: [],
        byGram: new Map<string, number[]>(),
      };
      this.regions.set(institution.regionCode, region);
      const pieces = grams(distinctive(institution.nameNormalised));
      const at = region.known.push({ ...institution, size: pieces.size }) - 1;
      for (const piece of pieces) {
        const list = region.byGram.get(piece);
        if (list) list.push(at);
        else region.byGram.set(piece, [at]);
      }
    }
  }

  /** Up to three, the likest first. */
  find(nameNormalised: FactValue | undefined, regionCode: FactValue | undefined): Candidate[] {
    const region = this.regions.get(String(regionCode));
    if (!region) return [];
    const pieces = grams(distinctive(String(nameNormalised)));
    const shared = new Map<number, number>();
    for (const piece of pieces)
      for (const at of region.byGram.get(piece) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
    return [...shared]
      .flatMap(([at, count]) => {
        const known = region.known[at];
        return known ? [{ known, likeness: count / (pieces.size + known.size - count) }] : [];
      })
      .filter(({ likeness }) => likeness >= threshold)
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, 3)
      .map(({ known: { id, name } }) => ({ id, name }));
  }
}
