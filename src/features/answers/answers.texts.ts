import type { TextTable } from '../../i18n/translate.js';

export const answerTexts = {} as const satisfies TextTable;
