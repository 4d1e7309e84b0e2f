import type { Request } from 'express';
import { plainText } from '../../web/form.js';
import { addressOf } from '../../web/limits.js';
import type { Visitor } from './visits.js';

/** What a request tells of who asks. */
export const visitorOf = (req: Request): Visitor => ({
  token: plainText(req.params.token),
  address: addressOf(req),
  method: req.method,
  userAgent: req.get('user-agent') ?? '',
  prefetch: req.get('purpose') === 'prefetch' || (req.get('sec-purpose') ?? '').startsWith('prefetch'),
});
