import { Router } from 'express';
import type { AppDeps } from '../../app.js';
import { honestBody } from '../../web/honest-body.js';
import { readUpload } from '../../web/mount.js';
import { filesUpload } from '../../web/uploads.js';
import { evidenceLimits } from './evidence.js';
import { ownerLinkPages } from './owner-link.pages.js';

/** Pages behind an owner's secret link: they open no session, and GET changes nothing (rules.md 24 and 25). */
export function ownerLinkRouter(deps: AppDeps): Router {
  const pages = ownerLinkPages(deps);
  const upload = readUpload(filesUpload(deps.files, 'file', evidenceLimits));
  const router = Router();
  router.get('/t/:token', pages.show);
  router.post('/t/:token/actions/:id', pages.mustOpen, upload, honestBody, pages.report);
  router.get('/t/:token/actions/:id/notes/:noteId', pages.file);
  return router;
}
