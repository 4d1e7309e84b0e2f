import type { TextTable } from '../../i18n/translate.js';

export const auditTexts = {} as const satisfies TextTable;
