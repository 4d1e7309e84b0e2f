import type { Request, RequestHandler, Router } from 'express';
import { may } from '../features/accounts/permissions.js';
import { DomainError, Forbidden, NotFound } from '../errors.js';
import { isBackgroundRequest } from './background-request.js';
import { honestBody } from './honest-body.js';
import type { Access, Route } from './routes.js';
import { csrfCheck } from './session.js';

/** Puts a feature's table of routes on the router: access, then upload, then CSRF, then the handler. */
export function mount(router: Router, routes: Route[]): void {
  for (const route of routes) {
    const before: RequestHandler[] = [guard(route.access)];
    if (route.upload) before.push(readUpload(route.upload), honestBody);
    if (route.method === 'post') before.push(csrfCheck);
    router[route.method](route.path, ...before, (req, res) => route.handler(req, res));
  }
}

/** What goes wrong while a form is read is wrong with what was sent (400), unless it is the disk's doing. */
export const readUpload =
  (upload: RequestHandler): RequestHandler =>
  (req, res, next) =>
    upload(req, res, (error?: unknown) => {
      const isOurs = error instanceof DomainError || (error as NodeJS.ErrnoException | undefined)?.syscall;
      if (error && !isOurs) Object.assign(error, { status: 400 });
      next(error);
    });

function guard(access: Access): RequestHandler {
  return (req, res, next) => {
    if (access.kind === 'open') return next();
    if (!req.actor) {
      // Nobody looks at the answer: the page itself says that it needs a new sign-in.
      if (isBackgroundRequest(req)) return void res.status(401).end();
      if (req.method === 'GET') req.session.returnTo = req.originalUrl;
      // What was typed is kept for nobody who is unknown here. Scripts keep theirs, and ask for no page.
      else if (req.accepts(['html', 'json']) === 'html') res.flash('account.form_unsaved', {}, 'no');
      return res.redirect(303, '/session');
    }
    if (isAllowed(access, req)) return next();
    // Someone who belongs to no office yet has nothing to be refused: the address is not theirs at all.
    next(access.kind === 'installation' ? new NotFound() : new Forbidden());
  };
}

function isAllowed(access: Access, req: Request): boolean {
  if (access.kind === 'installation') return req.actor?.isInstallationAdmin ?? false;
  return access.kind === 'may' ? may(req.actor, access.permission) : true;
}
