import { Router } from 'express';
import type { AppDeps } from '../../app.js';
import { can, get, post, type Route } from '../../web/routes.js';
import { feedPages } from './feeds.pages.js';

export function feedRoutes(deps: AppDeps): Route[] {
  const pages = feedPages(deps);
  return [
    get('/settings/calendar', can('office.read'), pages.showOffice),
    post('/settings/calendar/link', can('office.settings'), pages.renewOffice),
    post('/institutions/:id/calendar', can('registry.edit'), pages.renewInstitution),
  ];
}

/** Calendars behind their secret addresses: programs fetch them, without a session. */
export function feedRouter(deps: AppDeps): Router {
  const pages = feedPages(deps);
  const router = Router();
  router.get('/c/o/:token.ics', pages.officeFeed);
  router.get('/c/i/:token.ics', pages.institutionFeed);
  return router;
}
