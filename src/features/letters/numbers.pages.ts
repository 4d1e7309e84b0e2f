import type { Request, Response } from 'express';
import { z } from 'zod';
import type { AppDeps } from '../../app.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { skippedForm } from './letters.schema.js';
import { noteSkipped, readRegister, takeNoteBack } from './numbers.service.js';

const query = z.object({ year: z.coerce.number().int().min(1900).max(2199).optional().catch(undefined) });

/** The register of letter numbers. */
export function numberPages(deps: AppDeps) {
  async function show(req: Request, res: Response, state?: FormState): Promise<void> {
    const { year } = query.parse(state?.values ?? req.query);
    const register = await readRegister(deps, officeActor(req), year);
    const errors = state?.errors ?? {};
    res.page(
      'letters/numbers',
      { title: req.t('register.title'), register, errors, values: state?.values ?? {} },
      state ? 422 : 200,
    );
  }

  return {
    show: (req: Request, res: Response) => show(req, res),

    note: (req: Request, res: Response): Promise<void> =>
      actOrShow(
        req,
        async () => {
          const form = readForm(skippedForm, req.body);
          await noteSkipped(deps, officeActor(req), form);
          res.flash('register.noted');
          res.redirect(303, `/settings/numbers?year=${form.year}`);
        },
        (state) => show(req, res, state),
      ),

    async takeBack(req: Request, res: Response): Promise<void> {
      const year = await takeNoteBack(deps, officeActor(req), idFrom(req));
      res.flash('register.taken_back');
      res.redirect(303, `/settings/numbers?year=${year}`);
    },
  };
}
