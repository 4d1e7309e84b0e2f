import type { AppDeps } from '../../app.js';
import { get, signedIn, type Route } from '../../web/routes.js';
import { homePages } from './home.pages.js';

export function homeRoutes(deps: AppDeps): Route[] {
  const pages = homePages(deps);
  return [get('/', signedIn, pages.home)];
}
