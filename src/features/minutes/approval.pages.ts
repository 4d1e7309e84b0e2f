import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { actOrShow } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import {
  approveMinutes,
  ChangedSinceRead,
  correctMinutes,
  publishMinutes,
  returnMinutes,
  submitMinutes,
} from './approval.service.js';
import { showMinutes } from './minutes.pages.js';
import { approvalSchema, reasonSchema } from './minutes.schema.js';

/** Handlers for the states of the minutes; each answers with their page. */
export function approvalPages(deps: AppDeps) {
  const show = showMinutes(deps);
  const act =
    (work: (req: Request) => Promise<void>, flashKey: string) =>
    (req: Request, res: Response): Promise<void> =>
      actOrShow(
        req,
        async () => {
          await work(req);
          res.flash(flashKey);
          res.redirect(303, `/events/${idFrom(req)}/minutes`);
        },
        (state) => show(req, res, state),
      );

  const approve = act(
    (req) => approveMinutes(deps, officeActor(req), idFrom(req), readForm(approvalSchema, req.body).seen),
    'minutes.flash.approved',
  );

  return {
    submit: act((req) => submitMinutes(deps, officeActor(req), idFrom(req)), 'minutes.flash.submitted'),
    giveBack: act(
      (req) => returnMinutes(deps, officeActor(req), idFrom(req), readForm(reasonSchema, req.body).reason),
      'minutes.flash.returned',
    ),
    /** Who read something else reads anew: the same page, with what it shows now and a button that means that. */
    async approve(req: Request, res: Response): Promise<void> {
      try {
        await approve(req, res);
      } catch (error) {
        if (!(error instanceof ChangedSinceRead)) throw error;
        res.flash(error.textKey, {}, 'no');
        res.redirect(303, `/events/${idFrom(req)}/minutes`);
      }
    },
    publish: act((req) => publishMinutes(deps, officeActor(req), idFrom(req)), 'minutes.flash.published'),
    correct: act(
      (req) => correctMinutes(deps, officeActor(req), idFrom(req), readForm(reasonSchema, req.body).reason),
      'minutes.flash.corrected',
    ),
  };
}
