import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { InvalidInput } from '../../errors.js';
import { actOrShow } from '../../web/form-page.js';
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
  mistakeAt,
  reasonSchema,
  renameSchema,
  seatsSchema,
  type DelegateMistake,
} from './invitations.schema.js';
import { offerByHand, officeAuthor, revoke } from './invitations.service.js';
import { correctDelegate, replaceDelegate } from './naming.js';

type ShowAgain = (req: Request, res: Response, mistake: DelegateMistake) => Promise<void>;

/** What a person of the office records for an institution: an answer by phone, an offer, a revocation, a name. */
export function officeAnswerPages(deps: AppDeps, showAgain: ShowAgain) {
  /** One act on one invitation, then back to its page with what happened. */
  async function act(
    req: Request,
    res: Response,
    work: (book: Book, id: number) => Promise<unknown>,
  ): Promise<void> {
    const actor = officeActor(req);
    const { id: eventId } = await findEventFor(deps.db.manager, actor, idFrom(req));
    const id = idFrom(req, 'invitationId');
    await withBook(deps, eventId, officeAuthor(actor), (book) => work(book, id)).then(
      () => res.flash('common.saved'),
      (error: unknown) => {
        // Shown where the person is, beside the buttons that lead on.
        if (error instanceof SeatsShort) return res.flash('invitation.short', { count: error.free }, 'no');
        if (error instanceof InvalidInput && !req.params.delegateId) {
          const problem = Object.values(error.fields)[0];
          return res.flash(problem?.key ?? 'error.check_fields', problem?.values, 'no');
        }
        throw error;
      },
    );
    res.redirect(303, `/events/${eventId}/invitations/${id}`);
  }

  return {
    answer: (req: Request, res: Response) =>
      act(req, res, (book, id) => {
        const { answer } = req.body as { answer?: string };
        if (answer === 'decline') return decline(book, id);
        if (answer === 'confirm') return confirm(book, id);
        if (answer === 'stop_waiting') return stopWaiting(book, id);
        if (answer === 'release') return answerExtraOffer(book, id, 0);
        const { seats, shortage } = readForm(seatsSchema, req.body);
        return answer === 'more' ? answerExtraOffer(book, id, seats) : accept(book, id, seats, shortage);
      }),

    offer: (req: Request, res: Response) =>
      act(req, res, (book, id) => offerByHand(book, id, readForm(seatsSchema, req.body).seats)),

    revoke: (req: Request, res: Response) =>
      act(req, res, (book, id) => revoke(book, id, readForm(reasonSchema, req.body).reason)),

    renewLink: (req: Request, res: Response) => act(req, res, (book, id) => renewLink(book, deps.links, id)),

    giveBack: (req: Request, res: Response) =>
      act(req, res, (book, id) => giveBack(book, id, readForm(idsSchema, req.body).ids)),

    rename: (req: Request, res: Response) => {
      const delegateId = idFrom(req, 'delegateId');
      return actOrShow(
        req,
        () =>
          act(req, res, (book, id) => {
            const { other } = readForm(renameSchema, req.body);
            const person = readForm(delegateSchema, req.body);
            return other === 'other'
              ? replaceDelegate(book, id, delegateId, person)
              : correctDelegate(book, id, delegateId, person);
          }),
        ({ values, errors }) => showAgain(req, res, mistakeAt(delegateId, values, new InvalidInput(errors))),
      );
    },
  };
}
