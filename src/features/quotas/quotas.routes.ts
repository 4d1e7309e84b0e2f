import type { AppDeps } from '../../app.js';
import { can, get, post, type Route } from '../../web/routes.js';
import { quotaPages } from './quotas.pages.js';

export function quotaRoutes(deps: AppDeps): Route[] {
  const pages = quotaPages(deps);
  return [
    get('/events/:id/quota', can('office.read'), pages.show),
    post('/events/:id/quota', can('quota.edit'), pages.save),
    post('/events/:id/quota/reserved/:seatId', can('quota.edit'), pages.nameReserved),
  ];
}
