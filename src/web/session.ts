import connectPgSimple from 'connect-pg-simple';
import { csrfSync } from 'csrf-sync';
import type { RequestHandler } from 'express';
import session from 'express-session';
import type { Deps } from '../deps.js';
import { poolOf } from '../database/data-source.js';

/** How long a form for someone who is not signed in stays good. */
const anonymousMs = 3_600_000;

/** Sessions in PostgreSQL: every process sees them, and they outlive a restart. */
export function sessions({ config, db, links, clock }: Deps): RequestHandler[] {
  const Store = connectPgSimple(session);
  const store = new Store({ pool: poolOf(db), tableName: 'session', pruneSessionInterval: 900 });
  const base = config.baseUrl?.startsWith('https:');
  const read = session({
    store,
    name: 'rembuk',
    secret: links.sessionSecret,
    resave: false,
    saveUninitialized: false,
    rolling: true,
    proxy: config.trustProxy !== false,
    cookie: {
      httpOnly: true,
      sameSite: 'lax',
      secure: config.secureCookies === 'auto' && base ? true : config.secureCookies,
      maxAge: anonymousMs,
    },
  });
  const expire: RequestHandler = (req, _res, next) => {
    const { signedInAt } = req.session;
    if (signedInAt === undefined) return next();
    if (clock.now().getTime() - signedInAt > config.sessionAbsoluteMs)
      return req.session.regenerate((error) => next(error));
    req.session.cookie.maxAge = config.sessionIdleMs;
    next();
  };
  return [read, expire];
}

/** The token of a form stands in a hidden field, or in a header where a script sends the form. */
export const { csrfSynchronisedProtection: csrfCheck, generateToken } = csrfSync({
  getTokenFromRequest: (req) =>
    (req.body as { _csrf?: string } | undefined)?._csrf ?? req.get('x-csrf-token') ?? undefined,
});

/** Pages ask for a token while they are rendered; only then does a visitor get a session at all. */
export const csrfTokens: RequestHandler = (req, _res, next) => {
  req.csrfToken = (overwrite) => generateToken(req, overwrite);
  next();
};
