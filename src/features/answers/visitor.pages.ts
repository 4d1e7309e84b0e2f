import type { Request } from 'express';
import type { Visitor } from './visits.js';

/** What a request tells of who asks. */
export const visitorOf = (req: Request): Visitor => ({
  method: req.method,
  userAgent: req.get('user-agent') ?? '',
  prefetch: req.get('purpose') === 'prefetch' || (req.get('sec-purpose') ?? '').startsWith('prefetch'),
});
