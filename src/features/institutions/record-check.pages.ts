import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { actOrShow, type FormMistake } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { findInstitutionFor } from './institutions.repository.js';
import { decideCheck } from './record-check.deciding.js';
import { checkDecisionSchema } from './record-check.schema.js';

type ShowRecord = (req: Request, res: Response, mistake: FormMistake) => Promise<void>;

/** What institutions proposed about their own record, decided field by field on the record's page. */
export function recordCheckPages({ db, clock }: AppDeps, showRecord: ShowRecord) {
  return {
    decide: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const actor = officeActor(req);
          await findInstitutionFor(db, actor, idFrom(req));
          const given = readForm(checkDecisionSchema, req.body);
          const ids = { institutionId: idFrom(req), proposalId: idFrom(req, 'check') };
          await decideCheck(db, actor, ids, { ...given, now: clock.now() });
          res.flash('institution.flash.decided');
          res.redirect(303, `/institutions/${idFrom(req)}`);
        },
        (state) => showRecord(req, res, { ...state, form: `check${idFrom(req, 'check')}` }),
      ),
  };
}
