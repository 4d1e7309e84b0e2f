import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { Conflict, Forbidden } from '../../errors.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { plainText, readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { may, type OfficeActor } from '../accounts/permissions.js';
import { eventFrame, findEventFor } from '../events/events.service.js';
import { officeRegions, serviceTypes } from '../institutions/institutions.service.js';
import { alikeInstitutions } from '../institutions/provisional.js';
import { withBook } from './book.js';
import { newcomerSchema } from './invitations.schema.js';
import { officeAuthor } from './invitations.service.js';
import { inviteNewcomer } from './newcomer.js';

/** An LKS that is in no list yet is invited with little more than its name. */
export function newcomerPages(deps: AppDeps) {
  const { db } = deps;

  /** It adds to the registry as well: who may only invite is refused. */
  function editor(req: Request): OfficeActor {
    const actor = officeActor(req);
    if (!may(actor, 'registry.edit')) throw new Forbidden();
    return actor;
  }

  async function show(req: Request, res: Response, state?: FormState): Promise<void> {
    const actor = editor(req);
    const frame = await eventFrame(deps, actor, idFrom(req));
    if (['finished', 'cancelled'].includes(frame.event.state)) throw new Conflict('invitation.event_over');
    const values = state?.values ?? {};
    const named = { name: plainText(values.name), regionCode: plainText(values.regionCode, 10) };
    const regions = await officeRegions(db, actor.office);
    const page = {
      title: req.t('newcomer.title'),
      ...frame,
      regions: regions.map(({ code, name }) => [code, name]),
      services: (await serviceTypes(db)).map((one) => [
        one.code,
        req.language === 'en' ? one.nameEn : one.nameId,
      ]),
      alike: state?.errors.name && named.name ? await alikeInstitutions(db, actor.office, named) : [],
      values,
      errors: state?.errors ?? {},
    };
    res.page('invitations/newcomer', page, state ? 422 : 200);
  }

  return {
    show: (req: Request, res: Response) => show(req, res),

    add: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const actor = editor(req);
          const { id } = await findEventFor(db.manager, actor, idFrom(req));
          const { isAnother, as, ...facts } = readForm(newcomerSchema, req.body);
          await withBook(deps, id, officeAuthor(actor), (book) =>
            inviteNewcomer(book, deps.links, actor, { facts, isAnother, as }),
          );
          res.flash('newcomer.added', { name: facts.name });
          res.redirect(303, `/events/${id}/invitations`);
        },
        (state) => show(req, res, state),
      ),
  };
}
