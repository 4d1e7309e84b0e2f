import type { Translate } from '../../i18n/translate.js';
import { texts } from '../../texts.js';

/** A text that a feature may have brought along, or the raw word: an old entry must still be readable. */
const wordOr = (t: Translate, key: string, raw: string) => (key in texts ? t(key) : raw);

/** `event.published` → "Kegiatan diterbitkan": a feature adds `audit.event.published` to its own texts. */
export const actionWords = (t: Translate, action: string) => wordOr(t, `audit.${action}`, action);

/** `phone` → "Nomor HP": a feature adds `audit.field.<name>` to its own texts. */
export const fieldWords = (t: Translate, field: string) => wordOr(t, `audit.field.${field}`, field);

/** `user` → "Orang": a feature adds `audit.subject.<type>` to its own texts. */
export const subjectWords = (t: Translate, type: string) => wordOr(t, `audit.subject.${type}`, type);
