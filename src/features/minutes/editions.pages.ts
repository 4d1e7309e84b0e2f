import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame } from '../events/events.service.js';
import { checkedEditions, editionByNumber, takeEditionPdf } from './editions.service.js';
import { countedIn } from './participants.js';
import { sendPaper } from './paper.pages.js';

/** Handlers for what was approved: the list of editions with their check, each edition, and its paper. */
export function editionPages(deps: AppDeps) {
  return {
    async list(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const editions = await checkedEditions(deps, actor, idFrom(req));
      const frame = await eventFrame(deps, actor, idFrom(req));
      res.page('minutes/editions', { title: req.t('minutes.editions'), ...frame, editions });
    },

    async show(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const number = idFrom(req, 'number');
      const { edition, content } = await editionByNumber(deps, actor, idFrom(req), number);
      const frame = await eventFrame(deps, actor, idFrom(req));
      const title = req.t('minutes.edition', { number });
      res.page('minutes/edition', {
        title,
        ...frame,
        content,
        counted: countedIn(content),
        sha256: edition.sha256,
      });
    },

    async paper(req: Request, res: Response): Promise<void> {
      const number = idFrom(req, 'number');
      const sha256 = await takeEditionPdf(deps, officeActor(req), idFrom(req), number);
      sendPaper(deps, res, sha256, req.t('minutes.file_name_edition', { number }));
    },
  };
}
