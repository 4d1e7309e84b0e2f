import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { Conflict, NotFound } from '../../errors.js';
import { localParts } from '../../i18n/zones.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame, findEventFor } from '../events/events.service.js';
import {
  institutionFilterSchema,
  officeRegions,
  serviceTypes,
} from '../institutions/institutions.service.js';
import { choosableInstitutions, seesAll } from './choosable.service.js';
import { withBook } from './book.js';
import { chooseInstitutions } from './choosing.js';
import { chosenSchema } from './invitations.schema.js';
import { officeAuthor } from './invitations.service.js';

/** Choosing institutions by filter and by hand: everything a filter finds is ticked, and can be unticked. */
export function choosePages(deps: AppDeps) {
  const { db, clock } = deps;

  const find = (req: Request, eventId: number) => {
    const { office } = officeActor(req);
    const filter = institutionFilterSchema.parse(req.query);
    const today = localParts(clock.now(), office.zone).date;
    return choosableInstitutions(db, office, eventId, filter, today).then((rows) => ({ filter, rows }));
  };

  async function show(req: Request, res: Response, state?: FormState): Promise<void> {
    const actor = officeActor(req);
    const frame = await eventFrame(deps, actor, idFrom(req));
    if (['finished', 'cancelled'].includes(frame.event.state)) throw new Conflict('invitation.event_over');
    const { filter, rows } = await find(req, frame.event.id);
    const chosen = new Set(asList(state?.values.institutions));
    const page = {
      title: frame.event.title,
      ...frame,
      rows: rows.map((row) => ({ ...row, ticked: !state || chosen.has(String(row.id)) })),
      filter,
      // Goes with the form, so that it comes back over the same list.
      filtered: new URLSearchParams(filter).toString(),
      regions: await officeRegions(db, actor.office),
      services: await serviceTypes(db),
    };
    res.page('invitations/choose', { ...page, ...state }, state ? 422 : 200);
  }

  return {
    show: (req: Request, res: Response) => show(req, res),

    choose: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const actor = officeActor(req);
          const { id } = await findEventFor(db.manager, actor, idFrom(req));
          const { institutions, as } = readForm(chosenSchema, req.body);
          // An id that the office cannot see was never on its page.
          if (!(await seesAll(db, actor.office, institutions))) throw new NotFound();
          const count = await withBook(deps, id, officeAuthor(actor), (book) =>
            chooseInstitutions(book, deps.links, institutions, as),
          );
          res.flash('invitation.chosen', { count });
          res.redirect(303, `/events/${id}/invitations`);
        },
        (state) => show(req, res, state),
      ),
  };
}

const asList = (sent: unknown): unknown[] => (Array.isArray(sent) ? sent : [sent]);
