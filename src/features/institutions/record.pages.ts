import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { localParts } from '../../i18n/zones.js';
import { actOrShow, type FormMistake } from '../../web/form-page.js';
import { baseUrl } from '../../web/base-url.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { owedByInstitution } from '../actions/actions.service.js';
import { institutionFeedAddress } from '../feeds/feeds.service.js';
import { canEdit, canPropose } from './institutions.policy.js';
import {
  accreditationsOf,
  changesOf,
  colleaguesOf,
  findInstitutionFor,
  lastConfirmation,
  invitationsOf,
  representativesOf,
} from './institutions.repository.js';
import { pendampingSchema } from './institutions.schema.js';
import { archiveInstitution, choosePendamping, restoreInstitution } from './institutions.service.js';
import { asText, checkedRecord, nowOf } from './record-check.facts.js';
import { choicesFor } from './institutions.view.js';
import { proposalsOf } from './proposals.service.js';
import { noteReading } from './representatives.service.js';

/** The record of an LKS, and what is done with it as a whole. */
export function recordPages(deps: AppDeps) {
  const { db, clock } = deps;

  /** The record of an LKS; with the form that came back, if one did. */
  async function show(req: Request, res: Response, mistake?: FormMistake) {
    const actor = officeActor(req);
    const institution = await findInstitutionFor(db, actor, idFrom(req));
    const { id } = institution;
    const mayEdit = canEdit(actor, institution);
    const [choices, representatives, accreditations, invitations, history, proposals, colleagues, actions] =
      await Promise.all([
        choicesFor(db, actor.office, req),
        representativesOf(db, id),
        accreditationsOf(db, id),
        invitationsOf(db, actor.office, id),
        changesOf(db, id),
        proposalsOf(db, id),
        mayEdit ? colleaguesOf(db, actor.office) : [],
        owedByInstitution(db, actor.office.id, id),
      ]);
    if (representatives.length > 0) await noteReading(db, actor, id);
    // The managing office decides on all of them; others see what they proposed themselves.
    const isManaging = institution.managingOfficeId === actor.office.id;
    const seen = proposals.filter((proposal) => isManaging || proposal.officeId === actor.office.id);
    const record = checkedRecord(
      institution,
      representatives.find(({ isLeader }) => isLeader),
    );
    const page = {
      title: institution.name,
      institution,
      checkNow: (field: string) => nowOf(record, field),
      checkText: asText,
      confirmedAt: await lastConfirmation(db, id),
      mayEdit,
      feed: mayEdit && (await institutionFeedAddress(deps, baseUrl(req, deps.config), id)),
      mayPropose: canPropose(actor, institution),
      ...{
        choices,
        representatives,
        accreditations,
        invitations,
        history,
        proposals: seen,
        colleagues,
        actions,
      },
      today: localParts(clock.now(), actor.office.zone).date,
      mistake,
      errors: mistake?.errors ?? {},
    };
    res.page('institutions/record', page, mistake ? 422 : 200);
  }

  return {
    record: (req: Request, res: Response) => show(req, res),
    showAgain: show,

    async archive(req: Request, res: Response) {
      await archiveInstitution(db, officeActor(req), idFrom(req), clock.now());
      res.flash('institution.flash.archived');
      res.redirect(303, `/institutions/${idFrom(req)}`);
    },

    async restore(req: Request, res: Response) {
      await restoreInstitution(db, officeActor(req), idFrom(req));
      res.flash('institution.flash.restored');
      res.redirect(303, `/institutions/${idFrom(req)}`);
    },

    pendamping: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const { pendampingId } = readForm(pendampingSchema, req.body);
          await choosePendamping(db, officeActor(req), idFrom(req), pendampingId);
          res.flash('common.saved');
          res.redirect(303, `/institutions/${idFrom(req)}`);
        },
        (state) => show(req, res, { ...state, form: 'pendamping' }),
      ),
  };
}
