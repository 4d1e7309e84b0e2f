import type { TextTable } from '../../i18n/translate.js';

export const accountTexts = {} as const satisfies TextTable;
