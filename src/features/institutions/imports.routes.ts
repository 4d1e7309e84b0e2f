import type { AppDeps } from '../../app.js';
import { can, get, post, type Route } from '../../web/routes.js';
import { fileUpload } from '../../web/uploads.js';
import { importPages } from './imports.pages.js';

const upload = fileUpload('file', { fileSize: 10_000_000, fields: 5, fieldSize: 10_000 });

export function importRoutes(deps: AppDeps): Route[] {
  const pages = importPages(deps);
  const edit = can('registry.edit');
  const at = '/institutions/import/:batch';
  return [
    get('/institutions/import', edit, pages.start),
    post('/institutions/import', edit, pages.read, upload),
    get(at, edit, pages.preview),
    post(`${at}/columns`, edit, pages.columns),
    post(`${at}/choices`, edit, pages.choices),
    post(`${at}/application`, edit, pages.apply),
    post(`${at}/removal`, edit, pages.discard),
    get(`${at}/report.xlsx`, edit, pages.report),
  ];
}
