import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { formatPhone } from '../../i18n/format.js';
import { localParts, zoneNames } from '../../i18n/zones.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { plainText, readForm } from '../../web/form.js';
import { flatRows, nestRows, rowCount } from '../../web/rows.js';
import { idFrom, officeActor } from '../../web/routes.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { countConcerned } from '../invitations/invitations.service.js';
import { officeContact } from '../offices/offices.service.js';
import { changeAgenda, changeSpeakers } from './agenda.service.js';
import { changeDays } from './days.service.js';
import type { Event } from './event.entity.js';
import { eventKinds, speakerRoles } from './event-words.js';
import {
  agendaSchema,
  agendaTells,
  daysSchema,
  dayTells,
  deadlinesSchema,
  factsSchema,
  placeSchema,
  speakersSchema,
  speakerTells,
} from './events.schema.js';
import { eventOverview, type EventOverview } from './events.service.js';
import type { Plan } from './plan.repository.js';
import {
  changeDeadlines,
  changeFacts,
  changePlace,
  seriesFor,
  suggestVenues,
  venuesFor,
  venueNameOf,
} from './plan.service.js';

type Values = Record<string, unknown>;

/** A part of the plan that is edited by itself, at `/events/:id/plan/<name>`. */
interface Part {
  name: string;
  /** What the form shows at first. */
  values: (shown: EventOverview) => Values | Promise<Values>;
  /** Lists to choose from. */
  choices?: (actor: OfficeActor, plan: Plan) => Values | Promise<Values>;
  /** Gives true when those who had accepted were asked again. */
  save: (actor: OfficeActor, id: number, body: unknown) => Promise<unknown>;
}

const dateIn = (at: Date | null, zone: string) => (at ? localParts(at, zone).date : '');
const timeIn = (at: Date | null, zone: string) => (at ? localParts(at, zone).time : '');

const factValues = ({ event, seriesName }: EventOverview) => {
  const { kind, kindLabel, title, subject, partner, notes } = event;
  return { kind, kindLabel, title, subject, partner, notes, series: seriesName };
};

const placeValues = ({ venueName, venueAddress, mapUrl, onlineUrl, contactName, contactPhone }: Event) => ({
  venueName,
  venueAddress,
  mapUrl,
  onlineUrl,
  contactName,
  contactPhone: contactPhone && formatPhone(contactPhone),
});

const deadlineValues = ({
  event: { answerBy, namesUntil, zone, filling, lateAfterMinutes, recordCheck },
}: EventOverview) => ({
  recordCheck: recordCheck ? 'on' : undefined,
  lateAfterMinutes,
  filling,
  answerByDate: dateIn(answerBy, zone),
  answerByTime: timeIn(answerBy, zone),
  namesUntilDate: dateIn(namesUntil, zone),
  namesUntilTime: timeIn(namesUntil, zone),
});

const sessionValues = ({ event, plan: { sessions } }: EventOverview) => ({
  zone: event.zone,
  ...flatRows([
    ...sessions.map(({ id, date, title, startsAt, endsAt }) => ({
      id,
      date,
      title,
      from: timeIn(startsAt, event.zone),
      to: timeIn(endsAt, event.zone),
    })),
    { id: '', date: '', title: '', from: '', to: '' },
  ]),
});

/** The rows of the agenda stand under their sessions, each with one to spare. */
const agendaValues = ({ event, plan: { sessions, agenda } }: EventOverview) =>
  flatRows(
    sessions.flatMap((session) => [
      ...agenda
        .filter(({ sessionId }) => sessionId === session.id)
        .map(({ startsAt, endsAt, ...item }) => ({
          ...item,
          from: timeIn(startsAt, event.zone),
          to: timeIn(endsAt, event.zone),
        })),
      { sessionId: session.id, from: '', to: '', title: '', speakerId: '', speakerRole: '' },
    ]),
  );

/** A row that somebody put in between moves all below it: what is saved at a place says nothing about that place. */
const withoutRows = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith('rows.')));

function partsOf(deps: AppDeps): Part[] {
  return [
    {
      name: 'facts',
      values: factValues,
      choices: async (actor) => ({ kinds: eventKinds, series: await seriesFor(deps, actor) }),
      save: (actor, id, body) => changeFacts(deps, actor, id, readForm(factsSchema, body)),
    },
    {
      name: 'place',
      values: async ({ event }) => ({
        ...placeValues(event),
        venueInstitution: await venueNameOf(deps, event),
      }),
      choices: async (actor) => ({ venues: await venuesFor(deps, actor) }),
      save: (actor, id, body) => changePlace(deps, actor, id, readForm(placeSchema, body)),
    },
    {
      name: 'deadlines',
      values: deadlineValues,
      save: (actor, id, body) => changeDeadlines(deps, actor, id, readForm(deadlinesSchema, body)),
    },
    {
      name: 'days',
      values: sessionValues,
      choices: () => ({ zones: zoneNames }),
      save: (actor, id, body) => changeDays(deps, actor, id, readForm(daysSchema, nestRows(body, dayTells))),
    },
    {
      name: 'speakers',
      values: ({ plan }) => flatRows([...plan.speakers, { id: '', name: '' }]),
      choices: () => ({ roles: speakerRoles }),
      save: (actor, id, body) =>
        changeSpeakers(deps, actor, id, readForm(speakersSchema, nestRows(body, speakerTells))),
    },
    {
      name: 'agenda',
      values: agendaValues,
      choices: (_actor, { sessions, speakers }) => ({ sessions, speakers }),
      save: (actor, id, body) =>
        changeAgenda(deps, actor, id, readForm(agendaSchema, nestRows(body, agendaTells))),
    },
  ];
}

/** Handlers for the plan of an event: the page that shows all of it, and a form for each part. */
export function planPages(deps: AppDeps) {
  async function plan(req: Request, res: Response): Promise<void> {
    const actor = officeActor(req);
    const shown = await eventOverview(deps, actor, idFrom(req));
    const { contactName, contactPhone } = shown.event;
    const ofOffice = contactName === '' && contactPhone === null;
    const contact = ofOffice ? await officeContact(deps.db, actor) : { contactName, contactPhone };
    res.page('events/plan', { title: shown.event.title, ...shown, contact });
  }

  async function show(part: Part, req: Request, res: Response, state?: FormState): Promise<void> {
    const actor = officeActor(req);
    const shown = await eventOverview(deps, actor, idFrom(req));
    const { event, steps, plan: hangers } = shown;
    const saved = await part.values(shown);
    const values = state?.values ?? saved;
    // Told once that somebody was faster, whoever saves again means it.
    const version = state && !state.errors.version ? state.values.version : event.version;
    res.page(
      `events/plan-${part.name}`,
      {
        title: req.t(`event.part.${part.name}`),
        event,
        steps,
        part: part.name,
        ...(await part.choices?.(actor, hangers)),
        ...(event.isAnnounced && { concerned: await countConcerned(deps.db, event.id) }),
        ...state,
        saved: withoutRows(saved),
        values: { ...values, version },
        rows: rowCount(values),
      },
      state ? 422 : 200,
    );
  }

  const save = (part: Part, req: Request, res: Response) =>
    actOrShow(
      req,
      async () => {
        const id = idFrom(req);
        const askedAgain = (await part.save(officeActor(req), id, req.body)) === true;
        res.flash(askedAgain ? 'event.days_moved' : 'common.saved');
        const more = (req.body as { more?: unknown }).more !== undefined;
        res.redirect(303, more ? `/events/${id}/plan/${part.name}#more` : `/events/${id}/plan#${part.name}`);
      },
      (state) => show(part, req, res, state),
    );

  /** Names for a field that suggests; a script asks for them. */
  async function venues(req: Request, res: Response): Promise<void> {
    const names = await suggestVenues(deps, officeActor(req), plainText(req.query.q, 100));
    res.set('Cache-Control', 'private, no-store').json(names);
  }

  const parts = partsOf(deps).map((part) => ({
    name: part.name,
    show: (req: Request, res: Response) => show(part, req, res),
    save: (req: Request, res: Response) => save(part, req, res),
  }));
  return { plan, venues, parts };
}
