import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { NotFound } from '../../errors.js';
import { formatPhone } from '../../i18n/format.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame, findEventFor } from '../events/events.service.js';
import { minutesAreFrozen } from '../minutes/frozen.js';
import { historyOf, listPeople, sessionsWithCounts, type PersonRow } from './attendance.repository.js';
import {
  correctionSchema,
  doorNameSchema,
  excuseSchema,
  guestFactsSchema,
  markSchema,
  takenAt,
} from './attendance.schema.js';
import {
  dayOf,
  findSession,
  isSettled,
  markPerson,
  nameAndMark,
  noteReading,
  type At,
} from './attendance.service.js';
import { guestKinds } from './guest.entity.js';
import { changeGuest } from './guests.service.js';
import { correctionFrom } from './correcting.js';
import type { MarkWish, Outcome } from './marking.js';
import type { Who } from './marks.repository.js';
import { flashOutcome, showOutcome, wantsPart } from './outcome.pages.js';

const whoIn = (req: Request): Who =>
  req.params.guestId === undefined
    ? { delegateId: idFrom(req, 'delegateId') }
    : { guestId: idFrom(req, 'guestId') };

const keyOf = (who: Who) => ('delegateId' in who ? `d${who.delegateId}` : `g${who.guestId}`);

/** One person in one session: checked in and out, named, excused, corrected; and the history behind it. */
export function personPages(deps: AppDeps) {
  const { db, clock } = deps;
  const keeperOf = (req: Request) => ({ userId: officeActor(req).userId, scanLinkId: null });

  async function eventAt(req: Request): Promise<At & { zone: string }> {
    const { id, zone } = await findEventFor(db.manager, officeActor(req), idFrom(req));
    return { eventId: id, sessionId: idFrom(req, 'sessionId'), zone };
  }

  /** Undefined for who is no longer expected: replaced, or the seat was given back. */
  async function lookFor({ eventId, sessionId }: At, who: Who): Promise<PersonRow | undefined> {
    const [row] = await listPeople(db.manager, eventId, sessionId, { only: keyOf(who) });
    return row;
  }

  async function findPerson(at: At, who: Who): Promise<PersonRow> {
    const row = await lookFor(at, who);
    if (!row) throw new NotFound();
    return row;
  }

  async function show(req: Request, res: Response, state?: FormState & { form: string }): Promise<void> {
    const actor = officeActor(req);
    const frame = await eventFrame(deps, actor, idFrom(req));
    const at = { eventId: frame.event.id, sessionId: idFrom(req, 'sessionId') };
    const session = await findSession(db.manager, at);
    const row = await findPerson(at, whoIn(req));
    await noteReading(deps, actor, at.eventId);
    res.page(
      'attendance/person',
      {
        title: frame.event.title,
        ...frame,
        session,
        day: dayOf(session, clock.now(), frame.event.zone),
        isOver: isSettled(session, clock.now(), frame.event.zone),
        sessions: await sessionsWithCounts(db.manager, at.eventId),
        row,
        history: await historyOf(db.manager, session.id, row),
        guest: await guestFormOf(at.eventId, row),
        newId: randomUUID,
        ...state,
      },
      state ? 422 : 200,
    );
  }

  /** Back to where the form stood: the list with its filters, or the person's own page. */
  const backTo = (req: Request): string => {
    const { back } = req.body as { back?: unknown };
    const list = `/events/${idFrom(req)}/attendance`;
    return typeof back === 'string' && /^\?[\w=&%.+-]*$/.test(back)
      ? `${list}${back}`
      : req.path.replace(/\/[a-z]+$/, '');
  };

  async function done(req: Request, res: Response, outcome: Outcome): Promise<void> {
    flashOutcome(req, outcome, (await eventAt(req)).zone);
    res.redirect(303, backTo(req));
  }

  const record = async (req: Request, wish: (at: At & { zone: string }) => MarkWish | Promise<MarkWish>) => {
    const at = await eventAt(req);
    return markPerson(deps, at, whoIn(req), keeperOf(req), await wish(at));
  };

  /** A form of the person's page: recorded, or shown again with what is wrong. */
  const act = (
    req: Request,
    res: Response,
    form: string,
    wish: (at: At & { zone: string }) => MarkWish | Promise<MarkWish>,
  ) =>
    actOrShow(
      req,
      async () => done(req, res, await record(req, wish)),
      (state) => show(req, res, { ...state, form }),
    );

  /** The form of a guest, as its hand-written facts now stand; none once the minutes that name them are approved. */
  const guestFormOf = async (eventId: number, row: PersonRow) =>
    row.kind === 'guest' && {
      kinds: guestKinds,
      isFrozen: await minutesAreFrozen(db.manager, eventId),
      facts: { ...row, kind: row.guestKind, phone: row.phone && formatPhone(row.phone) },
    };

  return {
    show: (req: Request, res: Response) => show(req, res),

    /** One tap in the list. A script gets the answer and the new line alone, and loads nothing else. */
    async mark(req: Request, res: Response): Promise<void> {
      const typed = readForm(markSchema, req.body);
      const outcome = await record(req, () => ({ ...typed, way: 'list', taken: takenAt(typed) }));
      if (!wantsPart(req)) return done(req, res, outcome);
      const event = await findEventFor(db.manager, officeActor(req), idFrom(req));
      const at = { eventId: event.id, sessionId: idFrom(req, 'sessionId') };
      const session = await findSession(db.manager, at);
      res.page('attendance/answer', {
        layout: 'none',
        outcome,
        shown: showOutcome(req, outcome, event),
        event,
        session,
        isOver: isSettled(session, clock.now(), event.zone),
        row: await lookFor(at, whoIn(req)),
        back: '',
        newId: randomUUID,
      });
    },

    excuse: (req: Request, res: Response) =>
      act(req, res, 'excuse', () => {
        const { clientId, reason } = readForm(excuseSchema, req.body);
        return { clientId, reason, kind: 'excused', way: 'list' };
      }),

    correct: (req: Request, res: Response) =>
      act(req, res, 'correction', async (at) => {
        const typed = readForm(correctionSchema, req.body);
        return correctionFrom(typed, await findSession(db.manager, at), at.zone, clock.now());
      }),

    name: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const { clientId, ...person } = readForm(doorNameSchema, req.body);
          const wish: MarkWish = { clientId, kind: 'in', way: 'list' };
          const known = { ...person, email: null, needs: '' };
          const delegateId = idFrom(req, 'delegateId');
          const at = await eventAt(req);
          await done(req, res, await nameAndMark(deps, at, delegateId, known, keeperOf(req), wish));
        },
        (state) => show(req, res, { ...state, form: 'name' }),
      ),

    changeGuest: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const facts = readForm(guestFactsSchema, req.body);
          const { eventId } = await eventAt(req);
          await changeGuest(deps, officeActor(req), eventId, idFrom(req, 'guestId'), facts);
          res.flash('common.saved');
          res.redirect(303, backTo(req));
        },
        (state) => show(req, res, { ...state, form: 'guest' }),
      ),
  };
}
