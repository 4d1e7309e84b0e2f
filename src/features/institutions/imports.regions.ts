import { fold } from '../../spreadsheets/cells.js';
import type { RegionName } from './institutions.repository.js';

const kindWords =
  /^(kabupaten|kab|kota|kotamadya|kodya|pemerintah kabupaten|pemerintah kota|pemkab|pemkot)\b\s*/;
const kota = /^(kota|kotamadya|kodya|pemerintah kota|pemkot)\b/;
const together = (text: string) => text.replaceAll(' ', '');

export type RegionAnswer = { code: string } | { problem: 'unknown' | 'ambiguous' };

/** Knows regions of the office in any usual spelling: "Kab. Banjar", "Kota Banjarbaru", "Banjar Baru", "HSS", "6303". */
export function regionReader(regions: RegionName[]): (typed: string) => RegionAnswer {
  const byKey = new Map<string, Set<string>>();
  const learn = (key: string, code: string) => byKey.set(key, (byKey.get(key) ?? new Set()).add(code));
  for (const { code, name } of regions) {
    const folded = fold(name);
    const bare = folded.replace(kindWords, '');
    const words = bare.split(' ');
    learn(together(folded), code);
    learn(together(bare), code);
    learn(code.replace('.', ''), code);
    if (words.length > 2) learn(words.map((word) => word[0]).join(''), code);
  }
  const isKota = (code: string) => Number(code.slice(3)) > 70;

  return (typed) => {
    const folded = fold(typed);
    const bare = folded.replace(kindWords, '');
    const whole = byKey.get(together(folded));
    if (whole?.size === 1) return { code: [...whole][0] ?? '' };
    const found = [...(byKey.get(together(bare)) ?? [])];
    if (found.length === 0) return { problem: 'unknown' };
    if (found.length === 1) return { code: found[0] ?? '' };
    // "Malang" is both a kabupaten and a kota: only the word before it tells which.
    if (bare === folded) return { problem: 'ambiguous' };
    const meant = found.filter((code) => isKota(code) === kota.test(folded));
    return meant.length === 1 ? { code: meant[0] ?? '' } : { problem: 'ambiguous' };
  };
}
