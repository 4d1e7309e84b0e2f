import type { TextTable } from '../../i18n/translate.js';

export const quotaTexts = {} as const satisfies TextTable;
