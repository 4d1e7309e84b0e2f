import type { AppDeps } from '../../app.js';
import type { Route } from '../../web/routes.js';

export function auditRoutes(_deps: AppDeps): Route[] {
  return [];
}
