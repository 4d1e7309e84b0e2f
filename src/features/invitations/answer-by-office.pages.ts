import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { InvalidInput } from '../../errors.js';
import { actOrShow, type FormMistake, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { findEventFor } from '../events/events.service.js';
import {
  accept,
  answerExtraOffer,
  confirm,
  decline,
  giveBack,
  SeatsShort,
  stopWaiting,
} from './answering.js';
import { withBook, type Book } from './book.js';
import { renewLink } from './choosing.js';
import {
  delegateSchema,
  idsSchema,
  knownSchema,
  mistakeAt,
  offerSchema,
  reasonSchema,
  renameSchema,
  seatsSchema,
} from './invitations.schema.js';
import { sendKnownPerson } from './known-people.js';
import { offerByHand, officeAuthor, revoke } from './invitations.service.js';
import { correctDelegate, replaceDelegate, type DelegatePerson } from './naming.js';
import { maySeeNeeds } from './invitations.policy.js';

type ShowAgain = (req: Request, res: Response, mistake: FormMistake) => Promise<void>;

/** Which form of the page comes back after a mistake. */
type FormOf = string | ((state: FormState) => FormMistake);

/** The form asks how many come: the answer to "not that many are free" stands beside that number. */
function atSeats(error: unknown): never {
  throw error instanceof SeatsShort
    ? InvalidInput.at('seats', 'invitation.short', { count: error.free })
    : error;
}

/** What a person of the office records for an institution: an answer by phone, an offer, a revocation, a name. */
export function officeAnswerPages(deps: AppDeps, showAgain: ShowAgain) {
  /** One act on one invitation, then back to its page with what happened. */
  const act = (
    req: Request,
    res: Response,
    form: FormOf,
    work: (book: Book, id: number) => Promise<unknown>,
  ): Promise<void> =>
    actOrShow(
      req,
      async () => {
        const actor = officeActor(req);
        const { id: eventId } = await findEventFor(deps.db.manager, actor, idFrom(req));
        const id = idFrom(req, 'invitationId');
        await withBook(deps, eventId, officeAuthor(actor), (book) => work(book, id)).catch(atSeats);
        res.flash('common.saved');
        res.redirect(303, `/events/${eventId}/invitations/${id}`);
      },
      (state) => showAgain(req, res, typeof form === 'string' ? { ...state, form } : form(state)),
    );

  return {
    answer: (req: Request, res: Response) =>
      act(req, res, 'answer', (book, id) => {
        const { answer } = req.body as { answer?: string };
        if (answer === 'decline') return decline(book, id);
        if (answer === 'confirm') return confirm(book, id);
        if (answer === 'stop_waiting') return stopWaiting(book, id);
        if (answer === 'release') return answerExtraOffer(book, id, 0);
        const { seats, shortage } = readForm(seatsSchema, req.body);
        return answer === 'more' ? answerExtraOffer(book, id, seats) : accept(book, id, seats, shortage);
      }),

    offer: (req: Request, res: Response) =>
      act(req, res, 'offer', (book, id) => {
        const { seats, reason } = readForm(offerSchema, req.body);
        return offerByHand(book, id, seats, reason);
      }),

    revoke: (req: Request, res: Response) =>
      act(req, res, 'revocation', (book, id) => revoke(book, id, readForm(reasonSchema, req.body).reason)),

    renewLink: (req: Request, res: Response) =>
      act(req, res, 'link', (book, id) => renewLink(book, deps.links, id)),

    giveBack: (req: Request, res: Response) =>
      act(req, res, 'return', (book, id) => giveBack(book, id, readForm(idsSchema, req.body).ids)),

    /** One tap: somebody whom this institution sent before. */
    sendKnown: (req: Request, res: Response) =>
      act(req, res, 'known', (book, id) => {
        const { known } = readForm(knownSchema, req.body);
        return sendKnownPerson(book, id, idFrom(req, 'delegateId'), known);
      }),

    rename: (req: Request, res: Response) => {
      const delegateId = idFrom(req, 'delegateId');
      const mistaken = (state: FormState) => mistakeAt(delegateId, state);
      return act(req, res, mistaken, (book, id) => {
        const { other } = readForm(renameSchema, req.body);
        const { needs, ...known } = readForm(delegateSchema, req.body);
        // Who may not see what somebody needs must not overwrite it either.
        const person: Partial<DelegatePerson> = maySeeNeeds(officeActor(req)) ? { ...known, needs } : known;
        return other === 'other'
          ? replaceDelegate(book, id, delegateId, person)
          : correctDelegate(book, id, delegateId, person);
      });
    },
  };
}
