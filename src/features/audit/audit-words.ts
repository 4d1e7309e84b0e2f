import type { Translate } from '../../i18n/translate.js';
import { texts } from '../../texts.js';

/** A text that a feature may have brought along, or the raw word: an old entry must still be readable. */
const wordOr = (t: Translate, key: string, raw: string) => (key in texts ? t(key) : raw);

/** `event.published` → "Kegiatan diterbitkan": a feature adds `audit.event.published` to its own texts. */
export const actionWords = (t: Translate, action: string) => wordOr(t, `audit.${action}`, action);

/** A word as it stands within a sentence: LKS, NPWP and WhatsApp keep their capitals. */
const inSentence = (word: string) => (/.\p{Lu}/u.test(word) ? word : word.toLocaleLowerCase('id'));

/** `phone` → "telepon": `audit.field.<name>` of a feature, else what its form calls the field. */
export function fieldWords(t: Translate, field: string): string {
  const snake = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const keys = [
    `audit.field.${field}`,
    `institution.field.${field}`,
    `event.field.${snake}`,
    `common.${snake}`,
  ];
  const known = keys.find((key) => key in texts);
  return known ? t(known).replace(/\p{L}+/gu, inSentence) : field;
}

/** `user` → "Orang": a feature adds `audit.subject.<type>` to its own texts. */
export const subjectWords = (t: Translate, type: string) => wordOr(t, `audit.subject.${type}`, type);
