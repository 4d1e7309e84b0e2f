import type { AppDeps } from '../../app.js';
import { can, get, type Route } from '../../web/routes.js';
import { auditPages } from './audit.pages.js';

export function auditRoutes(deps: AppDeps): Route[] {
  return [get('/settings/audit', can('audit.read'), auditPages(deps).list)];
}
