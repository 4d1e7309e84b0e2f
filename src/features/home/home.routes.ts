import type { AppDeps } from '../../app.js';
import { get, signedIn, type Route } from '../../web/routes.js';

export function homeRoutes(_deps: AppDeps): Route[] {
  return [get('/', signedIn, (_req, res) => res.page('home/home'))];
}
