import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { Forbidden, NotFound } from '../../errors.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { grades } from './institution.facts.js';
import { canEdit } from './institutions.policy.js';
import { accreditationsOf, findInstitutionFor, representativesOf } from './institutions.repository.js';
import { accreditationSchema, representativeSchema } from './institutions.schema.js';
import {
  addAccreditation,
  addRepresentative,
  changeAccreditation,
  changeRepresentative,
  endRepresentative,
  removeAccreditation,
} from './representatives.service.js';

type Kind = 'representative' | 'accreditation';

/** Forms of what belongs to one institution: its representatives and its accreditations. */
export function peoplePages({ db, clock }: AppDeps) {
  async function managed(req: Request) {
    const institution = await findInstitutionFor(db, officeActor(req), idFrom(req));
    if (!canEdit(officeActor(req), institution)) throw new Forbidden('institution.error.managed_elsewhere');
    return institution;
  }

  async function show(req: Request, res: Response, kind: Kind, state?: FormState) {
    const institution = await managed(req);
    const paramName = kind === 'representative' ? 'person' : 'accreditation';
    const read = kind === 'representative' ? representativesOf : accreditationsOf;
    const rows: { id: number }[] = await read(db, institution.id);
    const isNew = req.params[paramName] === undefined;
    const stored = rows.find(({ id }) => id === idFrom(req, paramName));
    if (!isNew && !stored) throw new NotFound();
    res.page(
      `institutions/${kind}`,
      {
        title: req.t(`institution.${kind}.${isNew ? 'new' : 'edit'}`),
        institution,
        stored,
        grades: grades.map((grade) => [grade, grade]),
        values: state?.values ?? {},
        errors: state?.errors ?? {},
      },
      state ? 422 : 200,
    );
  }

  const done = (req: Request, res: Response, textKey = 'common.saved') => {
    res.flash(textKey);
    res.redirect(303, `/institutions/${idFrom(req)}`);
  };

  return {
    showRepresentative: (req: Request, res: Response) => show(req, res, 'representative'),

    saveRepresentative: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const facts = readForm(representativeSchema, req.body);
          const person = idFrom(req, 'person');
          if (req.params.person === undefined)
            await addRepresentative(db, officeActor(req), idFrom(req), facts);
          else await changeRepresentative(db, officeActor(req), idFrom(req), person, facts);
          done(req, res);
        },
        (state) => show(req, res, 'representative', state),
      ),

    async endRepresentative(req: Request, res: Response) {
      await endRepresentative(db, officeActor(req), idFrom(req), idFrom(req, 'person'), clock.now());
      done(req, res, 'institution.representative.ended');
    },

    showAccreditation: (req: Request, res: Response) => show(req, res, 'accreditation'),

    saveAccreditation: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const facts = readForm(accreditationSchema, req.body);
          const id = idFrom(req, 'accreditation');
          if (req.params.accreditation === undefined)
            await addAccreditation(db, officeActor(req), idFrom(req), facts);
          else await changeAccreditation(db, officeActor(req), idFrom(req), id, facts);
          done(req, res);
        },
        (state) => show(req, res, 'accreditation', state),
      ),

    async removeAccreditation(req: Request, res: Response) {
      await removeAccreditation(db, officeActor(req), idFrom(req), idFrom(req, 'accreditation'));
      done(req, res, 'institution.accreditation.removed');
    },
  };
}
