import type { AppDeps } from '../../app.js';
import { can, get, type Route } from '../../web/routes.js';
import { letterPages } from './letters.pages.js';

export function letterRoutes(deps: AppDeps): Route[] {
  const pages = letterPages(deps);
  return [get('/events/:id/invitations/:invitationId/letters/:letterId', can('office.read'), pages.file)];
}
