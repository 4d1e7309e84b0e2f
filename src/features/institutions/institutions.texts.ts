import type { TextTable } from '../../i18n/translate.js';

export const institutionTexts = {} as const satisfies TextTable;
