import type { AppDeps } from '../../app.js';
import { can, get, installation, open, post, signedIn, type Route } from '../../web/routes.js';
import { accessPages } from './access.pages.js';
import { accountPages } from './account.pages.js';
import { colleaguePages } from './colleagues.pages.js';
import { installationPages } from './installation.pages.js';
import { signInPages } from './sign-in.pages.js';

export function accountRoutes(deps: AppDeps): Route[] {
  const signIn = signInPages(deps);
  const access = accessPages(deps);
  const account = accountPages(deps);
  const colleagues = colleaguePages(deps);
  const overview = installationPages(deps);
  const administrator = can('office.colleagues');
  return [
    get('/session', open, signIn.show),
    post('/session', open, signIn.signIn),
    post('/session/end', open, signIn.signOut),
    get('/session/forgotten', open, signIn.forgotten),
    post('/session/forgotten', open, signIn.askForPassword),
    get('/setup', open, signIn.showSetup),
    post('/setup', open, signIn.setUp),
    get('/access/:token', open, access.show),
    post('/access/:token', open, access.setPassword),

    get('/account', signedIn, account.show),
    post('/account', signedIn, account.changeProfile),
    post('/account/password', signedIn, account.changePassword),
    post('/account/sessions/end', signedIn, account.signOutEverywhere),
    get('/account/offices', signedIn, account.offices),
    post('/account/office', signedIn, account.switchOffice),

    get('/settings/colleagues', administrator, colleagues.list),
    post('/settings/colleagues', administrator, colleagues.invite),
    get('/settings/colleagues/:id', administrator, colleagues.show),
    post('/settings/colleagues/:id/roles', administrator, colleagues.changeRoles),
    post('/settings/colleagues/:id/link', administrator, colleagues.makeLink),
    post('/settings/colleagues/:id/removal', administrator, colleagues.remove),

    get('/installation', installation, overview.show),
    get('/installation/offices/new', installation, overview.showNew),
    post('/installation/offices', installation, overview.create),
    post('/installation/links', installation, overview.makeLink),
  ];
}
