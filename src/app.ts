import express, { Router, type Express } from 'express';
import { join } from 'node:path';
import type { Deps } from './deps.js';
import { accountRoutes } from './features/accounts/accounts.routes.js';
import { answerRouter } from './features/answers/answers.routes.js';
import { attendanceRoutes, scanLinkRouter } from './features/attendance/attendance.routes.js';
import { invitationLetterRoutes } from './features/letters/letters.routes.js';
import { letterRoutes } from './features/assignment-letters/letters.routes.js';
import { actionRoutes } from './features/actions/actions.routes.js';
import { ownerLinkRouter } from './features/actions/owner-link.routes.js';
import { auditRoutes } from './features/audit/audit.routes.js';
import { eventRoutes } from './features/events/events.routes.js';
import { messageRoutes } from './features/messages/messages.routes.js';
import { mails } from './mails.js';
import { homeRoutes } from './features/home/home.routes.js';
import { institutionRoutes } from './features/institutions/institutions.routes.js';
import { invitationRoutes } from './features/invitations/invitations.routes.js';
import { templateRoutes } from './features/messages/templates.routes.js';
import { minutesRoutes } from './features/minutes/minutes.routes.js';
import { materialLinkRouter, materialRoutes } from './features/materials/materials.routes.js';
import { reminderRoutes } from './features/reminders/reminders.routes.js';
import { feedRouter, feedRoutes } from './features/feeds/feeds.routes.js';
import { officeRoutes } from './features/offices/offices.routes.js';
import { selectionRoutes } from './features/selection/selection.routes.js';
import { quotaRoutes } from './features/quotas/quotas.routes.js';
import { unansweredRoutes } from './features/unanswered/unanswered.routes.js';
import { whatsappRoutes } from './features/whatsapp/whatsapp.routes.js';
import { currentActor } from './web/actor.js';
import { assetsFolder, loadAssets } from './web/assets.js';
import { errorHandler, notFound } from './web/errors.js';
import { healthRouter } from './web/health.js';
import { firstRun } from './web/first-run.js';
import { honestBody } from './web/honest-body.js';
import { languageRouter } from './web/language.js';
import { AttemptLimits } from './web/limits.js';
import { mount } from './web/mount.js';
import { rendering } from './web/render.js';
import type { Route } from './web/routes.js';
import { keptNowhere, requestLog, sameOriginOnly, securityHeaders } from './web/security.js';
import { csrfTokens, sessions } from './web/session.js';
import { accentSheet, styleguideRoutes } from './web/styleguide.js';

/** What routes get to work with: the parts of the program, and the limits of this app. */
export type AppDeps = Deps & { limits: AttemptLimits };

/** All pages behind a session. The permission test walks this very list. */
export function staffRoutes(deps: AppDeps): Route[] {
  return [
    ...homeRoutes(deps),
    ...accountRoutes(deps),
    ...officeRoutes(deps),
    ...templateRoutes(deps),
    ...feedRoutes(deps),
    ...institutionRoutes(deps),
    ...eventRoutes(deps),
    ...quotaRoutes(deps),
    ...selectionRoutes(deps),
    ...whatsappRoutes(deps),
    ...unansweredRoutes(deps),
    ...reminderRoutes(deps),
    ...invitationRoutes(deps),
    ...letterRoutes(deps),
    ...invitationLetterRoutes(deps),
    ...attendanceRoutes(deps),
    ...minutesRoutes(deps),
    ...actionRoutes(deps),
    ...materialRoutes(deps),
    ...messageRoutes(deps, mails),
    ...auditRoutes(deps),
    ...(deps.config.production ? [] : styleguideRoutes()),
  ];
}

/** The whole program over HTTP. Tests use this very function. */
export function createApp(base: Deps): Express {
  const deps: AppDeps = { ...base, limits: new AttemptLimits(base.db) };
  const app = express();
  app.disable('x-powered-by');
  // A page is made for one person and one moment: a hash over it would never match. Assets have their own.
  app.disable('etag');
  app.set('trust proxy', deps.config.trustProxy);
  app.set('query parser', 'simple');
  app.use(healthRouter(deps));
  app.use(requestLog(deps.log), securityHeaders(deps.config));
  // Before the files: what goes wrong there becomes a page too.
  app.use(rendering({ ...deps, assets: loadAssets() }));
  const yearOld = {
    immutable: deps.config.production,
    maxAge: deps.config.production ? '365d' : 0,
    index: false,
  };
  app.use('/assets', accentSheet, express.static(join(assetsFolder, 'assets'), yearOld));
  app.get('/favicon.ico', (_req, res) => res.redirect(301, '/favicon.svg'));
  app.get('/favicon.svg', (_req, res) => res.sendFile(join(assetsFolder, 'favicon.svg')));
  app.use(keptNowhere);
  app.use(
    sameOriginOnly,
    express.urlencoded({ extended: true, limit: '1mb', parameterLimit: 20_000 }),
    honestBody,
  );
  app.use(languageRouter(deps));
  app.use(
    answerRouter(deps),
    ownerLinkRouter(deps),
    scanLinkRouter(deps),
    materialLinkRouter(deps),
    feedRouter(deps),
  );

  const staff = Router();
  staff.use(firstRun(deps), ...sessions(deps), csrfTokens, currentActor(deps));
  mount(staff, staffRoutes(deps));
  app.use(staff);
  app.use(notFound);
  app.use(errorHandler(deps.log));
  return app;
}
