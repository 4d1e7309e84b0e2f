import type { TextTable } from '../../i18n/translate.js';

export const eventTexts = {} as const satisfies TextTable;
