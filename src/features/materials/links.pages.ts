import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { NotFound } from '../../errors.js';
import { idFrom } from '../../web/routes.js';
import { openSecretLink } from '../../web/secret-link.js';
import { openDelegate, openInvitation } from '../answers/links.service.js';
import { findPublicMaterial, materialsForLink, type Reader } from './handing-out.js';
import { materialSending } from './sending.pages.js';

/** Finds out whose link an address holds. @throws NotFound for a token that opens nothing */
type Open = (req: Request) => Promise<{ reader: Reader; title: string }>;

/** Materials for those who came by a link: one content, or all of them. */
export function materialLinkPages(deps: AppDeps) {
  const { sendContent, sendCounted, sendZip } = materialSending(deps);

  const byInstitution: Open = async (req) => {
    const { id, event } = await openInvitation(deps, req);
    return { reader: { invitationId: id }, title: event.title };
  };
  const byDelegate: Open = async (req) => {
    const { key, view } = await openDelegate(deps, req);
    return { reader: { invitationId: view.id, delegateId: key.id }, title: view.event.title };
  };

  const one = (open: Open) => async (req: Request, res: Response) => {
    const { reader } = await open(req);
    const visible = await materialsForLink(deps.db, reader, deps.clock.now());
    const material = visible.find(({ id }) => id === idFrom(req, 'materialId'));
    if (!material) throw new NotFound();
    await sendCounted(req, res, material, reader);
  };

  const all = (open: Open) => async (req: Request, res: Response) => {
    const { reader, title } = await open(req);
    const visible = await materialsForLink(deps.db, reader, deps.clock.now());
    await sendZip(req, res, title, visible, reader);
  };

  return {
    one: { u: one(byInstitution), d: one(byDelegate) },
    all: { u: all(byInstitution), d: all(byDelegate) },

    /** What is public, to everybody who holds its address; a link leads on to where it points. */
    async shared(req: Request, res: Response): Promise<void> {
      const material = await openSecretLink(deps, req, 'material', (id) => findPublicMaterial(deps.db, id));
      if (material.url !== '') return res.redirect(302, material.url);
      await sendContent(req, res, material);
    },
  };
}
