import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { Conflict, NotFound } from '../../errors.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { plainText, readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame, findEventFor } from '../events/events.service.js';
import { clientIdSchema, guestSchema, walkInSchema } from './attendance.schema.js';
import { dayOf, findSession, type At } from './attendance.service.js';
import { guestKinds } from './guest.entity.js';
import type { Outcome } from './marking.js';
import { flashOutcome } from './outcome.pages.js';
import { expectedDelegates, findInstitution, searchInstitutions, speakersToCome } from './walk-ins.lookup.js';
import { admitGuest, admitPerson, admitSpeaker } from './walk-ins.service.js';

type ShowAgain = (state: FormState, status: number) => Promise<void>;

/** People who are not in the list: of an institution, invited or not, speakers, guests. */
export function walkInPages(deps: AppDeps) {
  const { db, clock } = deps;

  async function frameOf(req: Request) {
    const frame = await eventFrame(deps, officeActor(req), idFrom(req));
    const session = await findSession(db.manager, {
      eventId: frame.event.id,
      sessionId: idFrom(req, 'sessionId'),
    });
    const day = dayOf(session, clock.now(), frame.event.zone);
    return { title: frame.event.title, ...frame, session, day, newId: randomUUID };
  }

  async function atOf(req: Request): Promise<At> {
    const { id } = await findEventFor(db.manager, officeActor(req), idFrom(req));
    return { eventId: id, sessionId: idFrom(req, 'sessionId') };
  }

  /** Back to the list, searched for who has just come. */
  async function done(req: Request, res: Response, outcome: Outcome): Promise<void> {
    const event = await findEventFor(db.manager, officeActor(req), idFrom(req));
    flashOutcome(req, outcome, event.zone);
    res.redirect(303, `/events/${event.id}/attendance?session=${idFrom(req, 'sessionId')}`);
  }

  /** Whom the door refuses is said on the form, with everything as it was typed: the person may still stand there. */
  const admitOrShow = (req: Request, admit: () => Promise<void>, showAgain: ShowAgain): Promise<void> =>
    actOrShow(
      req,
      async () => {
        try {
          await admit();
        } catch (error) {
          if (!(error instanceof Conflict)) throw error;
          const { textKey: key, values, status } = error;
          await showAgain(
            { errors: { door: { key, values } }, values: req.body as FormState['values'] },
            status,
          );
        }
      },
      (state) => showAgain(state, 422),
    );

  async function search(req: Request, res: Response, state?: FormState, status = 200): Promise<void> {
    const actor = officeActor(req);
    const frame = await frameOf(req);
    const q = plainText(req.query.q, 100);
    res.page(
      'attendance/walk-in',
      {
        ...frame,
        q,
        found: await searchInstitutions(db.manager, actor.office, frame.event.id, q),
        speakers: await speakersToCome(db.manager, frame.event.id),
        kinds: guestKinds,
        ...state,
      },
      status,
    );
  }

  async function show(req: Request, res: Response, state?: FormState, status = 200): Promise<void> {
    const frame = await frameOf(req);
    const { office } = officeActor(req);
    const id = idFrom(req, 'institutionId');
    const institution = await findInstitution(db.manager, office, frame.event.id, id);
    if (!institution) throw new NotFound();
    const expected = await expectedDelegates(db.manager, institution.invitationId);
    // Seats are passed on until the event is over (rules.md 15).
    const isOver = frame.event.state === 'finished';
    const replaceable = isOver ? [] : expected.filter(({ isHere }) => !isHere);
    res.page('attendance/walk-in-person', { ...frame, institution, replaceable, ...state }, status);
  }

  return {
    search: (req: Request, res: Response) => search(req, res),
    show: (req: Request, res: Response) => show(req, res),

    admit: (req: Request, res: Response) =>
      admitOrShow(
        req,
        async () => {
          const { clientId, replaces, reason, ...typed } = readForm(walkInSchema, req.body);
          const person = { ...typed, email: null, needs: '' };
          const given = { person, replaces, reason, clientId };
          const at = await atOf(req);
          const institutionId = idFrom(req, 'institutionId');
          await done(req, res, await admitPerson(deps, officeActor(req), at, institutionId, given));
        },
        (state, status) => show(req, res, state, status),
      ),

    admitGuest: (req: Request, res: Response) =>
      admitOrShow(
        req,
        async () => {
          const { clientId, kind, reason, ...person } = readForm(guestSchema, req.body);
          const given = { person, kind, reason, clientId };
          await done(req, res, await admitGuest(deps, officeActor(req), await atOf(req), given));
        },
        (state, status) => search(req, res, state, status),
      ),

    admitSpeaker: (req: Request, res: Response) =>
      admitOrShow(
        req,
        async () => {
          const { clientId } = readForm(clientIdSchema, req.body);
          const id = idFrom(req, 'speakerId');
          await done(req, res, await admitSpeaker(deps, officeActor(req), await atOf(req), id, clientId));
        },
        (state, status) => search(req, res, state, status),
      ),
  };
}
