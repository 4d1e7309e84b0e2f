import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { Forbidden } from '../../errors.js';
import { actOrShow, type FormMistake, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { formValues } from './institutions.pages.js';
import { canPropose } from './institutions.policy.js';
import { findInstitutionFor } from './institutions.repository.js';
import {
  decisionSchema,
  handoverSchema,
  institutionAsideSchema,
  institutionSchema,
} from './institutions.schema.js';
import { choicesFor } from './institutions.view.js';
import { decideProposal, proposeChange, proposeHandover } from './proposals.service.js';

type ShowRecord = (req: Request, res: Response, mistake: FormMistake) => Promise<void>;

/** Proposals to the office that manages an institution (rules.md 19). Two of the forms stand on its record. */
export function proposalPages({ db, clock }: AppDeps, showRecord: ShowRecord) {
  async function show(req: Request, res: Response, state?: FormState) {
    const actor = officeActor(req);
    const institution = await findInstitutionFor(db, actor, idFrom(req));
    if (!canPropose(actor, institution)) throw new Forbidden('institution.error.managed_here');
    const keep = { code: institution.regionCode, name: institution.regionName };
    const choices = await choicesFor(db, actor.office, req, keep);
    const values = state?.values ?? formValues(institution);
    const title = req.t('institution.propose_title');
    const page = { title, mode: 'propose', institution, choices, values, errors: state?.errors ?? {} };
    res.page('institutions/form', page, state ? 422 : 200);
  }

  const back = (req: Request, res: Response, textKey: string) => {
    res.flash(textKey);
    res.redirect(303, `/institutions/${idFrom(req)}`);
  };

  return {
    showNew: (req: Request, res: Response) => show(req, res),

    propose: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const facts = readForm(institutionSchema, req.body);
          const { note } = readForm(institutionAsideSchema, req.body);
          await proposeChange(db, officeActor(req), idFrom(req), facts, note);
          back(req, res, 'institution.flash.proposed');
        },
        (state) => show(req, res, state),
      ),

    handover: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          await findInstitutionFor(db, officeActor(req), idFrom(req));
          const { note } = readForm(handoverSchema, req.body);
          await proposeHandover(db, officeActor(req), idFrom(req), note);
          back(req, res, 'institution.flash.handover');
        },
        (state) => showRecord(req, res, { ...state, form: 'handover' }),
      ),

    decide: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          await findInstitutionFor(db, officeActor(req), idFrom(req));
          const { decision, note } = readForm(decisionSchema, req.body);
          const ids = { institutionId: idFrom(req), proposalId: idFrom(req, 'proposal') };
          await decideProposal(db, officeActor(req), ids, { decision, note, now: clock.now() });
          back(req, res, `institution.flash.${decision}`);
        },
        (state) => showRecord(req, res, { ...state, form: `proposal${idFrom(req, 'proposal')}` }),
      ),
  };
}
