import type { AppDeps } from '../../app.js';
import { can, get, post, type Route } from '../../web/routes.js';
import { templatePages } from './templates.pages.js';

export function templateRoutes(deps: AppDeps): Route[] {
  const pages = templatePages(deps);
  const administrator = can('office.settings');
  return [
    get('/settings/message-templates', administrator, pages.list),
    get('/settings/message-templates/text', administrator, pages.show),
    post('/settings/message-templates/text', administrator, pages.save),
    post('/settings/message-templates/reset', administrator, pages.reset),
  ];
}
