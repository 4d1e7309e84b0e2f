import type { AppDeps } from '../../app.js';
import { can, get, post, type Route } from '../../web/routes.js';
import { fileUpload } from '../../web/uploads.js';
import { largestLogoBytes } from './logo.js';
import { settingsPages } from './settings.pages.js';
import { signatoryPages } from './signatories.pages.js';

export function officeRoutes(deps: AppDeps): Route[] {
  const settings = settingsPages(deps);
  const signatories = signatoryPages(deps);
  const administrator = can('office.settings');
  const logoUpload = fileUpload('logo', { fileSize: largestLogoBytes });
  return [
    get('/settings', can('settings.read'), settings.index),
    get('/settings/office', administrator, settings.showOffice),
    post('/settings/office', administrator, settings.saveOffice),
    get('/settings/letterhead', administrator, settings.showLetterhead),
    post('/settings/letterhead', administrator, settings.saveLetterhead, logoUpload),
    get('/settings/logo', can('office.read'), settings.logo),
    get('/settings/numbering', administrator, settings.showNumbering),
    post('/settings/numbering', administrator, settings.saveNumbering),

    get('/settings/signatories', administrator, signatories.list),
    post('/settings/signatories', administrator, signatories.add),
    get('/settings/signatories/new', administrator, signatories.showNew),
    get('/settings/signatories/:id', administrator, signatories.show),
    post('/settings/signatories/:id', administrator, signatories.change),
    post('/settings/signatories/:id/removal', administrator, signatories.remove),
  ];
}
