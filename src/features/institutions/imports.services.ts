import { fold } from '../../spreadsheets/cells.js';
import type { ServiceTypeRow } from './institutions.repository.js';

const other = 'lainnya';

/** Finds services by the aliases of their types, in the order in which they are named (rules.md 20). */
export function serviceReader(types: ServiceTypeRow[]): (typed: string) => string[] {
  const words = types
    .flatMap((type) =>
      [...type.aliases, type.nameId, type.nameEn, type.shortName].map((word) => ({
        word: fold(word),
        code: type.code,
      })),
    )
    .filter(({ word }) => word !== '')
    // The longest first: "LKS LU" must not be taken for the general "LKS".
    .sort((a, b) => b.word.length - a.word.length);

  return (typed) => {
    let rest = ` ${fold(typed)} `;
    const found: { code: string; at: number }[] = [];
    for (const { word, code } of words) {
      const at = rest.indexOf(` ${word} `);
      if (at < 0) continue;
      found.push({ code, at });
      rest = rest.replaceAll(` ${word} `, ` ${'_'.repeat(word.length)} `);
    }
    const codes = [...new Set(found.sort((a, b) => a.at - b.at).map(({ code }) => code))];
    const isNamedOther = /lain/.test(fold(typed));
    const special = codes.filter((code) => code !== other || isNamedOther);
    return special.length > 0 ? special : codes;
  };
}
