import type { TextTable } from '../../i18n/translate.js';

export const invitationTexts = {} as const satisfies TextTable;
