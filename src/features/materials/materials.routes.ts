import { Router } from 'express';
import type { AppDeps } from '../../app.js';
import { can, get, post, type Route } from '../../web/routes.js';
import { filesUpload } from '../../web/uploads.js';
import { materialLimits, photoLimits } from './limits.js';
import { materialLinkPages } from './links.pages.js';
import { materialPages } from './materials.pages.js';
import { photoPages } from './photos.pages.js';

const reads = can('office.read');
const edits = can('material.edit');

export function materialRoutes(deps: AppDeps): Route[] {
  const pages = materialPages(deps);
  const photos = photoPages(deps);
  const files = filesUpload(deps.files, 'files', materialLimits);
  const one = '/events/:id/materials/:materialId';
  const photo = '/events/:id/photos/:photoId';
  return [
    get('/events/:id/materials', reads, pages.list),
    post('/events/:id/materials', edits, pages.addFiles, files),
    get('/events/:id/materials.zip', reads, pages.all),
    post('/events/:id/materials/links', edits, pages.addLink),
    get(one, reads, pages.show),
    post(one, edits, pages.change),
    get(`${one}/file`, reads, pages.file),
    get(`${one}/versions/:number/file`, reads, pages.versionFile),
    post(`${one}/versions`, edits, pages.addVersion, files),
    post(`${one}/archive`, edits, pages.archive),
    post(`${one}/restoration`, edits, pages.restore),
    post(`${one}/link`, edits, pages.renewLink),

    get('/events/:id/photos', reads, photos.list),
    post('/events/:id/photos', edits, photos.add, filesUpload(deps.files, 'photos', photoLimits)),
    get(`${photo}/picture`, reads, photos.picture),
    get(`${photo}/thumbnail`, reads, photos.thumbnail),
    post(photo, edits, photos.change),
    post(`${photo}/removal`, edits, photos.remove),
  ];
}

/** Materials behind secret links: no session is opened (rules.md 25). */
export function materialLinkRouter(deps: AppDeps): Router {
  const { one, all, shared } = materialLinkPages(deps);
  const router = Router();
  router.get('/u/:token/materials.zip', all.u);
  router.get('/u/:token/materials/:materialId', one.u);
  router.get('/d/:token/materials.zip', all.d);
  router.get('/d/:token/materials/:materialId', one.d);
  router.get('/m/:token', shared);
  return router;
}
