import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { installationUid } from '../../database/installation.js';
import { calendarType } from '../../calendar/ics.js';
import { localParts } from '../../i18n/zones.js';
import { actionsOfEvent } from '../actions/actions.service.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { baseUrl } from '../../web/base-url.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { findOwnOffice } from '../offices/offices.service.js';
import { cloneEvent, createEvent } from './creation.service.js';
import { eventKinds, eventStates } from './event-words.js';
import { eventIcs } from './events.calendar.js';
import {
  cancellationSchema,
  cloneSchema,
  listSchema,
  monthSchema,
  newEventSchema,
  stateSchema,
  type ListFilter,
} from './events.schema.js';
import { droppedDaysOf, eventFrame, eventList, eventMonth, eventOverview } from './events.service.js';
import { cancelEvent, overruleState, publishEvent } from './publication.service.js';

/** The list with other filters or another page, as an address. */
function listAddress(filter: ListFilter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, String(value));
  return query.size > 0 ? `/events?${query.toString()}` : '/events';
}

/** Handlers for the office's events: list, month, a new one, and what is done with one as a whole. */
export function eventPages(deps: AppDeps) {
  const { db, clock, config } = deps;

  async function list(req: Request, res: Response): Promise<void> {
    const actor = officeActor(req);
    const filter = readForm(listSchema, req.query);
    const { next, ...shown } = await eventList(db, actor, filter);
    const { after, ...kept } = filter;
    res.page('events/list', {
      title: req.t('menu.events'),
      ...shown,
      filter,
      isFiltered: Object.values(kept).some(Boolean),
      firstPage: after ? listAddress(kept) : null,
      nextPage: next && listAddress({ ...kept, after: next }),
      kinds: eventKinds,
      states: eventStates,
    });
  }

  async function month(req: Request, res: Response): Promise<void> {
    const { month: wanted } = readForm(monthSchema, req.query);
    const shown = await eventMonth(deps, officeActor(req), wanted);
    res.page('events/calendar', { title: req.t('event.calendar'), ...shown });
  }

  function showNew(req: Request, res: Response, state?: FormState): void {
    const status = state ? 422 : 200;
    res.page('events/new', { title: req.t('event.new'), kinds: eventKinds, ...state }, status);
  }

  const create = (req: Request, res: Response) =>
    actOrShow(
      req,
      async () => {
        const id = await createEvent(deps, officeActor(req), readForm(newEventSchema, req.body));
        res.flash('event.created');
        res.redirect(303, `/events/${id}/plan`);
      },
      (state) => showNew(req, res, state),
    );

  async function overview(req: Request, res: Response, state?: FormState): Promise<void> {
    const actor = officeActor(req);
    const shown = await eventOverview(deps, actor, idFrom(req));
    const actions = await actionsOfEvent(db, shown.event.id);
    const today = localParts(clock.now(), actor.office.zone).date;
    res.page(
      'events/overview',
      { title: shown.event.title, ...shown, actions, today, ...state },
      state ? 422 : 200,
    );
  }

  /** An act on an event as a whole: done, then back to its overview. */
  const act =
    (work: (req: Request) => Promise<void>, flashKey: string) =>
    (req: Request, res: Response): Promise<void> =>
      actOrShow(
        req,
        async () => {
          await work(req);
          res.flash(flashKey);
          res.redirect(303, `/events/${idFrom(req)}`);
        },
        (state) => overview(req, res, state),
      );

  async function showClone(req: Request, res: Response, state?: FormState): Promise<void> {
    const frame = await eventFrame(deps, officeActor(req), idFrom(req));
    res.page('events/clone', { title: req.t('event.clone'), ...frame, ...state }, state ? 422 : 200);
  }

  const clone = (req: Request, res: Response) =>
    actOrShow(
      req,
      async () => {
        const id = await cloneEvent(deps, officeActor(req), idFrom(req), readForm(cloneSchema, req.body));
        res.flash('event.cloned');
        res.redirect(303, `/events/${id}/plan`);
      },
      (state) => showClone(req, res, state),
    );

  async function calendarFile(req: Request, res: Response): Promise<void> {
    const { event, plan } = await eventOverview(deps, officeActor(req), idFrom(req));
    const day = event.firstDay ?? localParts(event.createdAt, event.zone).date;
    const { name, email } = await findOwnOffice(db, officeActor(req));
    const calendar = eventIcs(event, plan.sessions, {
      t: req.t,
      url: `${baseUrl(req, config)}/events/${event.id}`,
      installation: await installationUid(db),
      organizer: { name, email },
      dropped: await droppedDaysOf(db, event.id),
      now: clock.now(),
    });
    res.attachment(`kegiatan-${day}.ics`).set('Content-Type', calendarType('PUBLISH')).send(calendar);
  }

  return {
    list,
    month,
    showNew: (req: Request, res: Response) => showNew(req, res),
    create,
    overview: (req: Request, res: Response) => overview(req, res),
    publish: act((req) => publishEvent(deps, officeActor(req), idFrom(req)), 'event.published'),
    cancel: act((req) => {
      const { reason } = readForm(cancellationSchema, req.body);
      return cancelEvent(deps, officeActor(req), idFrom(req), reason);
    }, 'event.cancelled'),
    overrule: act((req) => {
      const { state } = readForm(stateSchema, req.body);
      return overruleState(deps, officeActor(req), idFrom(req), state);
    }, 'common.saved'),
    showClone: (req: Request, res: Response) => showClone(req, res),
    clone,
    calendarFile,
  };
}
