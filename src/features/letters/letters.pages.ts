import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { uploadedFiles } from '../../web/uploads.js';
import { eventFrame } from '../events/events.service.js';
import type { LetterIds } from './access.js';
import { addressOfLetter, idsOf, letterActor, letterFormActor, letterShower } from './letter.pages.js';
import { approvalForm, numberForm, reasonForm } from './letters.schema.js';
import { lettersOf } from './letters.repository.js';
import { giveNumber, releaseNumber } from './numbers.service.js';
import { outdatedLetterOf } from './outdated.service.js';
import { keepSigned, removeSigned } from './signed.service.js';
import {
  approveLetter,
  beginLetter,
  discardLetter,
  issueLetter,
  reopenLetter,
  returnLetter,
  submitLetter,
} from './writing.service.js';

/** The letters of an event, one letter on its way to being issued, and the steps on that way. */
export function letterPages(deps: AppDeps) {
  const { db } = deps;

  const [show, actOn, actOnForm] = [letterShower(deps), letterActor(deps), letterFormActor(deps)];

  /**
   * One step on the way.
   * @param flash the text for what was done
   */
  const step =
    <Done>(
      form: string,
      work: (req: Request, ids: LetterIds) => Promise<Done>,
      flash: string | ((done: Done) => string),
    ) =>
    (req: Request, res: Response): Promise<void> =>
      actOnForm(req, res, form, async () => {
        const ids = idsOf(req);
        const done = await work(req, ids);
        res.flash(typeof flash === 'string' ? flash : flash(done));
        res.redirect(303, addressOfLetter(ids));
      });

  return {
    async list(req: Request, res: Response): Promise<void> {
      const frame = await eventFrame(deps, officeActor(req), idFrom(req));
      const letters = await lettersOf(db.manager, frame.event.id);
      const goesOut = letters.find(({ state }) => state === 'issued');
      const outdated = await outdatedLetterOf(db.manager, frame.event);
      res.page('letters/list', {
        title: req.t('surat.title'),
        ...frame,
        ...{ letters, outdated, goesOutId: goesOut?.id },
      });
    },

    async begin(req: Request, res: Response): Promise<void> {
      const eventId = idFrom(req);
      const letterId = await beginLetter(deps, officeActor(req), eventId);
      res.redirect(303, addressOfLetter({ eventId, letterId }));
    },

    show: (req: Request, res: Response) => show(req, res),

    submit: step(
      'submission',
      (req, ids) => submitLetter(deps, officeActor(req), ids),
      'surat.flash.submitted',
    ),
    giveBack: step(
      'return',
      (req, ids) => returnLetter(deps, officeActor(req), ids, readForm(reasonForm, req.body).reason),
      'surat.flash.returned',
    ),
    approve: step(
      'approval',
      (req, ids) => approveLetter(deps, officeActor(req), ids, readForm(approvalForm, req.body).seen),
      'surat.flash.approved',
    ),
    reopen: step(
      'reopening',
      (req, ids) => reopenLetter(deps, officeActor(req), ids),
      'surat.flash.reopened',
    ),
    issue: step('issuance', (req, ids) => issueLetter(deps, officeActor(req), ids), 'surat.flash.issued'),
    release: step(
      'release',
      (req, ids) => releaseNumber(deps, officeActor(req), ids, readForm(reasonForm, req.body).reason),
      (isSignedGone) => (isSignedGone ? 'surat.flash.released_signed' : 'surat.flash.released'),
    ),
    sign: step(
      'signed',
      (req, ids) => keepSigned(deps, officeActor(req), ids, uploadedFiles(req)[0]),
      'surat.flash.signed',
    ),
    removeSigned: step(
      'signed',
      (req, ids) => removeSigned(deps, officeActor(req), ids),
      'surat.flash.signed_removed',
    ),

    number: (req: Request, res: Response): Promise<void> =>
      actOnForm(req, res, 'number', async () => {
        const ids = idsOf(req);
        const number = await giveNumber(deps, officeActor(req), ids, readForm(numberForm, req.body));
        res.flash('surat.flash.numbered', { number });
        res.redirect(303, addressOfLetter(ids));
      }),

    discard: (req: Request, res: Response): Promise<void> =>
      actOn(req, res, async () => {
        const ids = idsOf(req);
        await discardLetter(deps, officeActor(req), ids);
        res.flash('surat.flash.discarded');
        res.redirect(303, `/events/${ids.eventId}/letters`);
      }),
  };
}
