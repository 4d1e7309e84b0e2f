import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { NotFound } from '../../errors.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { plainText, readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame, findEventFor } from '../events/events.service.js';
import { clientIdSchema, guestSchema, walkInSchema } from './attendance.schema.js';
import { findSession, type At } from './attendance.service.js';
import { guestKinds } from './guest.entity.js';
import type { Outcome } from './marking.js';
import { flashOutcome } from './outcome.pages.js';
import { expectedDelegates, findInstitution, searchInstitutions, speakersToCome } from './walk-ins.lookup.js';
import { admitGuest, admitPerson, admitSpeaker } from './walk-ins.service.js';

/** People who are not in the list: of an institution, invited or not, speakers, guests. */
export function walkInPages(deps: AppDeps) {
  const { db } = deps;

  async function frameOf(req: Request) {
    const frame = await eventFrame(deps, officeActor(req), idFrom(req));
    const session = await findSession(db.manager, {
      eventId: frame.event.id,
      sessionId: idFrom(req, 'sessionId'),
    });
    return { title: frame.event.title, ...frame, session, newId: randomUUID };
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

  async function search(req: Request, res: Response, state?: FormState): Promise<void> {
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
      state ? 422 : 200,
    );
  }

  async function show(req: Request, res: Response, state?: FormState): Promise<void> {
    const frame = await frameOf(req);
    const { office } = officeActor(req);
    const id = idFrom(req, 'institutionId');
    const institution = await findInstitution(db.manager, office, frame.event.id, id);
    if (!institution) throw new NotFound();
    const expected = await expectedDelegates(db.manager, institution.invitationId);
    const replaceable = expected.filter(({ isHere }) => !isHere);
    res.page(
      'attendance/walk-in-person',
      { ...frame, institution, replaceable, ...state },
      state ? 422 : 200,
    );
  }

  return {
    search: (req: Request, res: Response) => search(req, res),
    show: (req: Request, res: Response) => show(req, res),

    admit: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const { clientId, replaces, reason, ...typed } = readForm(walkInSchema, req.body);
          const person = { ...typed, email: null, needs: '' };
          const given = { person, replaces, reason, clientId };
          const at = await atOf(req);
          const institutionId = idFrom(req, 'institutionId');
          await done(req, res, await admitPerson(deps, officeActor(req), at, institutionId, given));
        },
        (state) => show(req, res, state),
      ),

    admitGuest: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const { clientId, kind, ...person } = readForm(guestSchema, req.body);
          const at = await atOf(req);
          await done(req, res, await admitGuest(deps, officeActor(req), at, { person, kind, clientId }));
        },
        (state) => search(req, res, state),
      ),

    async admitSpeaker(req: Request, res: Response): Promise<void> {
      const { clientId } = readForm(clientIdSchema, req.body);
      const at = await atOf(req);
      await done(
        req,
        res,
        await admitSpeaker(deps, officeActor(req), at, idFrom(req, 'speakerId'), clientId),
      );
    },
  };
}
