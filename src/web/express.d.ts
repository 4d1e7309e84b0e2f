import type { InvalidInput } from '../errors.js';
import type { Format } from '../i18n/format.js';
import type { Language, Translate } from '../i18n/translate.js';
import type { Actor } from '../features/accounts/permissions.js';

declare global {
  namespace Express {
    interface Request {
      /** Shown on error pages and in the log, so that a call can be traced. */
      id: string;
      language: Language;
      t: Translate;
      format: Format;
      actor?: Actor;
      /** Set where a form with files is read: what was too large or too many, told when the files are asked for. */
      uploadProblem?: InvalidInput;
    }
    interface Response {
      /** Renders `views/<view>.ejs` inside its layout. */
      page(view: string, data?: Record<string, unknown>, status?: number): void;
      /** Shown once, on the next page of this session. */
      flash(textKey: string, values?: Record<string, unknown>, tone?: 'ok' | 'no'): void;
    }
  }
}

declare module 'express-session' {
  interface SessionData {
    userId: number;
    officeId: number;
    version: number;
    signedInAt: number;
    returnTo: string;
    flash: { textKey: string; values: Record<string, unknown>; tone: 'ok' | 'no' };
  }
}
