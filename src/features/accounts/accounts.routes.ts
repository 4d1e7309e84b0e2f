import type { AppDeps } from '../../app.js';
import { get, open, post, type Route } from '../../web/routes.js';
import { signInPages } from './sign-in.pages.js';

export function accountRoutes(deps: AppDeps): Route[] {
  const signIn = signInPages(deps);
  return [
    get('/session', open, signIn.show),
    post('/session', open, signIn.signIn),
    post('/session/end', open, signIn.signOut),
    get('/session/forgotten', open, signIn.forgotten),
    get('/setup', open, signIn.showSetup),
    post('/setup', open, signIn.setUp),
  ];
}
