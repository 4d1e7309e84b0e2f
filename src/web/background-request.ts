import type { Request, RequestHandler } from 'express';

/** A page that refreshes itself says so (src/client/live.ts): nobody is doing anything. */
export const isBackgroundRequest = (req: Pick<Request, 'method' | 'get'>): boolean =>
  req.method === 'GET' && req.get('x-background') === 'refresh';

/**
 * Such a request reads the session but neither keeps it from idling out nor writes it: at its end the session is
 * taken away from express-session, which then touches, saves and sends nothing.
 */
export const leaveSessionAlone: RequestHandler = (req, res, next) => {
  if (!isBackgroundRequest(req)) return next();
  const end = res.end.bind(res) as (...given: unknown[]) => typeof res;
  res.end = ((...given: unknown[]) => {
    delete (req as Partial<Request>).session;
    return end(...given);
  }) as typeof res.end;
  next();
};
