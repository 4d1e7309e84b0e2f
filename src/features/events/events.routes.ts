import type { AppDeps } from '../../app.js';
import type { Route } from '../../web/routes.js';

export function eventRoutes(_deps: AppDeps): Route[] {
  return [];
}
