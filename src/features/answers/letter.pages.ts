import type { Request, RequestHandler, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { Conflict, InvalidInput, NotFound } from '../../errors.js';
import { checkFormToken } from '../../web/secret-link.js';
import { sendEvidence } from '../../web/send-file.js';
import { uploadedFiles } from '../../web/uploads.js';
import {
  findLetter,
  handInLetter,
  judgeLetter,
  removeLetter,
} from '../assignment-letters/letters.service.js';
import type { Outcome } from './answers.schema.js';
import { openInvitation } from './links.service.js';
import { situationOf } from './situation.js';
import type { ShowAnswer } from './showing.pages.js';

/** The letter of assignment on the institution's page: handed in, replaced, opened and taken back. */
export function letterLinkPages(deps: AppDeps, show: ShowAnswer) {
  /** Whoever has no such link sends no file either: asked before anything is read. */
  const mustOpen: RequestHandler = async (req, _res, next) => {
    await openInvitation(deps, req);
    next();
  };

  async function act(req: Request, res: Response, outcome: Outcome, work: (id: number) => Promise<void>) {
    const view = await openInvitation(deps, req);
    const address = `/u/${String(req.params.token)}`;
    checkFormToken(deps, req, address);
    try {
      await work(view.id);
      res.redirect(303, `${address}?done=${outcome}#surat-tugas`);
    } catch (error) {
      if (!(error instanceof InvalidInput) && !(error instanceof Conflict)) throw error;
      await show(req, res, await openInvitation(deps, req), { status: error.status, problem: error });
    }
  }

  return {
    mustOpen,

    handIn: (req: Request, res: Response) =>
      act(req, res, 'letter_sent', async (id) =>
        handInLetter(deps, id, await judgeLetter(deps.files, uploadedFiles(req)[0])),
      ),

    remove: (req: Request, res: Response) => act(req, res, 'letter_removed', (id) => removeLetter(deps, id)),

    /** Behind the same secret as the page: who may hand it in may read it again. */
    async file(req: Request, res: Response): Promise<void> {
      const view = await openInvitation(deps, req);
      const isComing = ['accepted', 'reconfirm', 'finished'].includes(situationOf(view, deps.clock.now()));
      const letter = isComing ? await findLetter(deps.db, view.id) : undefined;
      if (!letter) throw new NotFound('answer.unknown_link');
      await sendEvidence(deps, req, res, letter);
    },
  };
}
