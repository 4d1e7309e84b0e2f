import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { localParts } from '../../i18n/zones.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { canEdit } from './institutions.policy.js';
import { listInstitutions } from './institutions.list.js';
import { findInstitutionFor, type InstitutionRecord } from './institutions.repository.js';
import { institutionAsideSchema, institutionSchema, listSchema } from './institutions.schema.js';
import { addInstitution, changeInstitution } from './institutions.service.js';
import { choicesFor } from './institutions.view.js';
import { countOpenProposals } from './proposals.service.js';

const noErrors: FormState = { errors: {}, values: {} };

/** A record as the fields of its form hold it. */
export function formValues(institution: InstitutionRecord): Record<string, unknown> {
  const [mainService, ...otherServices] = institution.services;
  return { ...institution, mainService, otherServices };
}

export function institutionPages({ db, clock }: AppDeps) {
  const today = (req: Request) => localParts(clock.now(), officeActor(req).office.zone).date;

  async function showForm(
    req: Request,
    res: Response,
    shown: { mode: 'new' | 'edit'; institution?: InstitutionRecord },
    state: FormState,
  ) {
    const { institution } = shown;
    const keep = institution && { code: institution.regionCode, name: institution.regionName };
    const choices = await choicesFor(db, officeActor(req).office, req, keep);
    const stored = institution
      ? formValues(institution)
      : { registrationState: 'not_registered', ownership: 'community' };
    const values = Object.keys(state.values).length > 0 ? state.values : stored;
    // Told once that somebody was faster, whoever saves again means it.
    if (state.errors.version && institution) values.version = institution.version;
    const title = req.t(institution ? 'institution.edit_title' : 'institution.new_title');
    const status = Object.keys(state.errors).length > 0 ? 422 : 200;
    res.page(
      'institutions/form',
      { title, ...shown, choices, errors: state.errors, values, saved: stored },
      status,
    );
  }

  return {
    async list(req: Request, res: Response) {
      const { office } = officeActor(req);
      const query = readForm(listSchema, req.query);
      const [page, choices, openProposals] = await Promise.all([
        listInstitutions(db, office, query, today(req)),
        choicesFor(db, office, req),
        countOpenProposals(db, office.id),
      ]);
      const { after: _after, before: _before, sort, ...filter } = query;
      const isFiltered = Object.values(filter).some((value) => value !== '');
      const title = req.t('institution.list_title');
      const shown = { title, page, choices, filter, sort, isFiltered, openProposals };
      res.page('institutions/list', { ...shown, today: today(req) });
    },

    showNew: (req: Request, res: Response) => showForm(req, res, { mode: 'new' }, noErrors),

    add: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const facts = readForm(institutionSchema, req.body);
          const { sameName } = readForm(institutionAsideSchema, req.body);
          const id = await addInstitution(db, officeActor(req), facts, { sameName });
          res.flash('institution.flash.added');
          res.redirect(303, `/institutions/${id}`);
        },
        (state) => showForm(req, res, { mode: 'new' }, state),
      ),

    async showEdit(req: Request, res: Response) {
      const institution = await findInstitutionFor(db, officeActor(req), idFrom(req));
      if (!canEdit(officeActor(req), institution))
        return res.redirect(303, `/institutions/${institution.id}/proposals/new`);
      return showForm(req, res, { mode: 'edit', institution }, noErrors);
    },

    async change(req: Request, res: Response) {
      const actor = officeActor(req);
      const institution = await findInstitutionFor(db, actor, idFrom(req));
      await actOrShow(
        req,
        async () => {
          const facts = readForm(institutionSchema, req.body);
          const { version, sameName, complete } = readForm(institutionAsideSchema, req.body);
          await changeInstitution(db, actor, institution.id, facts, { version, sameName, complete });
          res.flash('common.saved');
          res.redirect(303, `/institutions/${institution.id}`);
        },
        (state) => showForm(req, res, { mode: 'edit', institution }, state),
      );
    },
  };
}
