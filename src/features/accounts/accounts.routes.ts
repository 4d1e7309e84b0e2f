import type { AppDeps } from '../../app.js';
import type { Route } from '../../web/routes.js';

export function accountRoutes(_deps: AppDeps): Route[] {
  return [];
}
