import type { AppDeps } from '../../app.js';
import { can, get, post, type Route } from '../../web/routes.js';
import { unansweredPages } from './unanswered.pages.js';

/** Mounted before the invitations: `unanswered` is no id of one. */
export function unansweredRoutes(deps: AppDeps): Route[] {
  const pages = unansweredPages(deps);
  const at = '/events/:id/invitations/unanswered';
  return [
    get(at, can('office.read'), pages.show),
    post(`${at}/export`, can('persons.export'), pages.download),
  ];
}
