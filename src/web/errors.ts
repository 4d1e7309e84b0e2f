import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { DomainError, NotFound, withoutValues } from '../errors.js';

interface Shown {
  status: number;
  textKey: string;
  values: Record<string, unknown>;
}

/** Which page an error becomes. Whatever is not known is ours to mend, and says nothing of its inside. */
function toShown(error: unknown): Shown {
  if (error instanceof DomainError)
    return { status: error.status, textKey: error.textKey, values: error.values };
  const { status, code } = error as { status?: number; code?: string };
  if (code === 'EBADCSRFTOKEN') return { status: 403, textKey: 'error.form_expired', values: {} };
  if (code === 'LIMIT_FILE_SIZE') return { status: 413, textKey: 'error.file_too_large', values: {} };
  if (code === 'ENOSPC' || code === 'EDQUOT') return { status: 507, textKey: 'error.disk_full', values: {} };
  if (code !== undefined && unwritable.has(code))
    return { status: 507, textKey: 'error.disk_unwritable', values: {} };
  if (isDatabaseAway(error)) return { status: 503, textKey: 'error.database', values: {} };
  if (status === 413) return { status, textKey: 'error.too_large', values: {} };
  if (status && status >= 400 && status < 500) return { status, textKey: 'error.bad_request', values: {} };
  return { status: 500, textKey: 'error.unexpected', values: {} };
}

/** What the file system says where the program may not write: a wrong owner, a disk that went read-only. */
const unwritable = new Set(['EACCES', 'EPERM', 'EROFS']);

const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08006',
  '08001',
]);

function isDatabaseAway(error: unknown): boolean {
  const { code, message, driverError } = error as { code?: string; message?: string; driverError?: unknown };
  if (code && awayCodes.has(code)) return true;
  if (message && /Connection terminated|timeout exceeded when trying to connect/.test(message)) return true;
  return driverError !== undefined && isDatabaseAway(driverError);
}

export function notFound(_req: Request, _res: Response): never {
  throw new NotFound();
}

/** The one place where errors become pages. */
export function errorHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const shown = toShown(error);
    if (shown.status >= 500)
      log.error(
        {
          requestId: req.id,
          route: (req.route as { path?: string } | undefined)?.path,
          err: withoutValues(error),
        },
        'request failed',
      );
    if (res.headersSent) return next(error);
    if (shown.status === 503) res.set('Retry-After', '10');
    res.status(shown.status);
    const wantsPage = req.accepts(['html', 'json']) !== 'json';
    if (!wantsPage) return void res.json({ error: req.t(shown.textKey, shown.values) });
    const page = { ...shown, requestId: req.id };
    // Who came by a link from a letter has no menu and no home page here.
    if (/^\/[udtsm](\/|$)/.test(req.path))
      res.page('answers/problem', { ...page, layout: 'link' }, shown.status);
    else res.page('errors/error', { ...page, layout: req.actor ? 'staff' : 'plain' }, shown.status);
  };
}
