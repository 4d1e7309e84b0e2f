import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { sheetSchema } from './attendance.schema.js';
import { makeSheet } from './sheet.service.js';

type ShowAgain = (req: Request, res: Response, state: FormState) => Promise<void>;

/** The attendance list as a file. */
export function sheetPages(deps: AppDeps, showAgain: ShowAgain) {
  return {
    download: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const wish = readForm(sheetSchema, req.body);
          const { content, type, name } = await makeSheet(deps, officeActor(req), idFrom(req), wish, req);
          res.set('Cache-Control', 'no-store').attachment(name).type(type).send(content);
        },
        (state) => showAgain(req, res, state),
      ),
  };
}
