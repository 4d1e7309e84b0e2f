import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { withRequestId } from '../request-context.js';

/** Strict headers: nothing inline, nothing from outside, no frame around us. */
export function securityHeaders(config: Config): RequestHandler[] {
  const https = config.baseUrl?.startsWith('https:') ?? false;
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        manifestSrc: ["'self'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: https ? { maxAge: 15_552_000 } : false,
    xFrameOptions: { action: 'deny' },
  });
  const noIndexNoDevices: RequestHandler = (_req, res, next) => {
    res.set('X-Robots-Tag', 'noindex, nofollow');
    res.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
    next();
  };
  return [headers, noIndexNoDevices];
}

/**
 * Whatever is not an asset was made for one person: no browser shows it again after they signed out, and no
 * proxy to anybody else. The few handlers whose answer may be kept say so themselves.
 */
export const keptNowhere: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'private, no-store');
  next();
};

/** One line per request: the pattern of the route, never the address itself, which may hold a token. */
export function requestLog(log: Logger): RequestHandler {
  return (req, res, next) => {
    req.id = randomUUID();
    const started = performance.now();
    res.set('X-Request-Id', req.id);
    res.on('finish', () => {
      const ms = Math.round(performance.now() - started);
      const route = (req.route as { path?: string } | undefined)?.path ?? 'none';
      log.info({ requestId: req.id, method: req.method, route, status: res.statusCode, ms }, 'request');
    });
    withRequestId(req.id, next);
  };
}

/**
 * A form that another site sends is refused even before its token is looked at. Old browsers that send
 * neither header are judged by the token alone.
 */
export const sameOriginOnly: RequestHandler = (req, _res, next) => {
  if (req.method === 'GET' || req.method === 'HEAD') return next();
  const site = req.get('sec-fetch-site');
  if (site === undefined || site === 'same-origin' || site === 'none') return next();
  next(Object.assign(new Error('cross-site form'), { code: 'EBADCSRFTOKEN' }));
};
