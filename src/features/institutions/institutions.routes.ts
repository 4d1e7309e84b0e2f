import type { AppDeps } from '../../app.js';
import type { Route } from '../../web/routes.js';

export function institutionRoutes(_deps: AppDeps): Route[] {
  return [];
}
