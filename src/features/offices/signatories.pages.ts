import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { formatNip, personName } from '../../i18n/format.js';
import { actOrShow } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { findSignatory, listSignatories } from './offices.repository.js';
import { signatoryForm } from './offices.schema.js';
import { addSignatory, changeSignatory, removeSignatory } from './signatories.service.js';
import { authorities } from './signatory.entity.js';

/** Who signs the letters of the office. */
export function signatoryPages(deps: AppDeps) {
  const back = '/settings/signatories';

  async function showNew(req: Request, res: Response, state = {}, status = 200): Promise<void> {
    const known = await listSignatories(deps.db, officeActor(req).office.id);
    const next = Math.min(99, Math.max(0, ...known.map((one) => one.sort)) + 1);
    const title = req.t('signatory.add');
    const signatory = { sort: next };
    res.page('offices/signatory', { title, signatory, authorities, formatNip, ...state }, status);
  }

  async function showOne(req: Request, res: Response, state = {}, status = 200): Promise<void> {
    const signatory = await findSignatory(deps.db, officeActor(req), idFrom(req));
    const title = personName(signatory);
    res.page('offices/signatory', { title, signatory, authorities, formatNip, ...state }, status);
  }

  const done = (res: Response, text: string) => {
    res.flash(text);
    res.redirect(303, back);
  };

  return {
    async list(req: Request, res: Response): Promise<void> {
      const signatories = await listSignatories(deps.db, officeActor(req).office.id);
      res.page('offices/signatories', { title: req.t('signatory.title'), signatories, formatNip });
    },

    showNew: (req: Request, res: Response) => showNew(req, res),
    show: (req: Request, res: Response) => showOne(req, res),

    add: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          await addSignatory(deps, officeActor(req), readForm(signatoryForm, req.body));
          done(res, 'common.saved');
        },
        (state) => showNew(req, res, state, 422),
      ),

    change: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          await changeSignatory(deps, officeActor(req), idFrom(req), readForm(signatoryForm, req.body));
          done(res, 'common.saved');
        },
        (state) => showOne(req, res, state, 422),
      ),

    async remove(req: Request, res: Response): Promise<void> {
      await removeSignatory(deps, officeActor(req), idFrom(req));
      done(res, 'signatory.removed');
    },
  };
}
