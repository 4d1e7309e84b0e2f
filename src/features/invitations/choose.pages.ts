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
  type InstitutionFilter,
  officeRegions,
  serviceTypes,
} from '../institutions/institutions.service.js';
import { choosableIds, describeChoosable, seesAll, stillChoosable } from './choosable.service.js';
import { withBook } from './book.js';
import { chooseInstitutions } from './choosing.js';
import { choosingSchema, chosenSchema, onwardSchema, sentTicksSchema } from './invitations.schema.js';
import { officeAuthor } from './invitations.service.js';
import { tickedOf, writeIds, type Ticks } from './ticks.js';

const perPage = 100;

const queryOf = (values: Record<string, string>): string =>
  new URLSearchParams(Object.entries(values).filter(([, value]) => value !== '')).toString();

/** A filter with its page and ticks, as the address of the choice has them. */
const addressOf = (filter: InstitutionFilter, { ticked, except }: Ticks, page: number): string =>
  queryOf({ ...filter, ticked, except: writeIds(except), page: String(page) });

/** Choosing institutions by filter and by hand: what a filter finds is ticked and can be unticked, or the other way. */
export function choosePages(deps: AppDeps) {
  const { db, clock } = deps;

  /** The page of a list that is asked for, and which LKS are ticked on it and elsewhere. */
  async function look(req: Request, eventId: number, state?: FormState) {
    const { office } = officeActor(req);
    const filter = institutionFilterSchema.parse(req.query);
    const asked = readForm(choosingSchema, req.query);
    const today = localParts(clock.now(), office.zone).date;
    const found = await choosableIds(db, office, eventId, filter, today);
    const sent = state ? readForm(sentTicksSchema, state.values) : asked;
    const except = await stillChoosable(db, office, eventId, sent.except);
    const ticks: Ticks = { ticked: sent.ticked, except };
    const ticked = new Set(tickedOf(ticks, found));
    const pages = Math.max(1, Math.ceil(found.length / perPage));
    const page = Math.min(asked.page, pages);
    const shown = found.slice((page - 1) * perPage, page * perPage);
    const others = [...ticked].filter((id) => !shown.includes(id));
    const rows = await describeChoosable(db, office, shown);
    return {
      rows: rows.map((row) => ({ ...row, ticked: ticked.has(row.id) })),
      ...{ filter, found: found.length, page, pages, ticked: ticks.ticked, count: ticked.size, others },
      // They go with the form, and come back with it over the same list.
      sent: { except: writeIds(except), shown: writeIds(shown), others: writeIds(others) },
      query: queryOf({ ...filter, page: String(page) }),
      allQuery: addressOf(filter, { ticked: 'all', except: [] }, 1),
      noneQuery: addressOf(filter, { ticked: 'none', except: [] }, 1),
    };
  }

  async function show(req: Request, res: Response, state?: FormState): Promise<void> {
    const actor = officeActor(req);
    const frame = await eventFrame(deps, actor, idFrom(req));
    if (['finished', 'cancelled'].includes(frame.event.state)) throw new Conflict('invitation.event_over');
    const page = {
      title: frame.event.title,
      ...frame,
      choice: await look(req, frame.event.id, state),
      regions: await officeRegions(db, actor.office),
      services: await serviceTypes(db),
    };
    res.page('invitations/choose', { ...page, ...state }, state ? 422 : 200);
  }

  return {
    show: (req: Request, res: Response) => show(req, res),

    /** To another page or filter, with what is ticked. */
    goOn: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const { id } = await findEventFor(db.manager, officeActor(req), idFrom(req));
          const { page, ...ticks } = readForm(onwardSchema, req.body);
          const filter = institutionFilterSchema.parse(req.body);
          res.redirect(303, `/events/${id}/invitations/choose?${addressOf(filter, ticks, page)}`);
        },
        (state) => show(req, res, state),
      ),

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
