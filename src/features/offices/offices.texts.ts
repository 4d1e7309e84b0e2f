import type { TextTable } from '../../i18n/translate.js';

export const officeTexts = {} as const satisfies TextTable;
