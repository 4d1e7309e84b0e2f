import connectPgSimple from 'connect-pg-simple';
import { csrfSync } from 'csrf-sync';
import type { Request, RequestHandler } from 'express';
import session from 'express-session';
import type { Deps } from '../deps.js';
import { poolOf } from '../database/data-source.js';
import { leaveSessionAlone } from './background-request.js';

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
  return [read, leaveSessionAlone, saveBeforeRedirect, expire];
}

/**
 * Browsers follow a redirect as soon as its head arrives, and express-session writes after that: the next page
 * would miss the flash, or even the sign-in.
 */
const saveBeforeRedirect: RequestHandler = (req, res, next) => {
  const redirect = res.redirect.bind(res) as (...to: unknown[]) => void;
  res.redirect = (...to: unknown[]) => {
    // After signing out there is none.
    const session = req.session as typeof req.session | undefined;
    if (!session) return redirect(...to);
    session.save((error) => (error ? next(error) : redirect(...to)));
  };
  next();
};

/**
 * Begins the session of someone who has just proved who they are, under a new id: whoever knew the old one
 * (session fixation) is left outside. The token of forms is made anew with the next page.
 */
export async function beginSession(
  req: Request,
  { config, clock }: Deps,
  who: { userId: number; officeId: number | undefined; sessionVersion: number },
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    req.session.regenerate((error?: Error) => (error ? reject(error) : resolve()));
  });
  req.session.userId = who.userId;
  req.session.version = who.sessionVersion;
  if (who.officeId !== undefined) req.session.officeId = who.officeId;
  req.session.signedInAt = clock.now().getTime();
  req.session.cookie.maxAge = config.sessionIdleMs;
}

/** Ends this session; the cookie is worth nothing from now on. */
export function endSession(req: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    req.session.destroy((error?: Error) => (error ? reject(error) : resolve()));
  });
}

/** The token of a form stands in a hidden field, or in a header where a script sends what is typed. */
export const { csrfSynchronisedProtection: csrfCheck, generateToken } = csrfSync({
  getTokenFromRequest: (req) =>
    (req.body as { _csrf?: string } | undefined)?._csrf ?? req.get('x-csrf-token') ?? undefined,
});

/** Pages ask for a token while they are rendered; only then does a visitor get a session at all. */
export const csrfTokens: RequestHandler = (req, _res, next) => {
  req.csrfToken = (overwrite) => generateToken(req, overwrite);
  next();
};
