import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { Conflict, InvalidInput, NotFound } from '../../errors.js';
import { normaliseCode } from '../../links/tokens.js';
import { plainText, readForm } from '../../web/form.js';
import { addressOf } from '../../web/limits.js';
import { idFrom } from '../../web/routes.js';
import { checkFormToken } from '../../web/secret-link.js';
import { renewFeedByLink } from '../feeds/feeds.service.js';
import {
  accept,
  answerExtraOffer,
  confirm,
  decline,
  giveBack,
  SeatsShort,
  stopWaiting,
} from '../invitations/answering.js';
import { linkAuthor, readInvitation, withBook, type Book } from '../invitations/book.js';
import type { Invitation } from '../invitations/invitation.entity.js';
import {
  delegateSchema,
  knownSchema,
  mistakeAt,
  renameSchema,
  sendKnownPerson,
} from '../invitations/invitations.service.js';
import { correctDelegate, replaceDelegate } from '../invitations/naming.js';
import { mailSoon } from '../messages/mail-settings.service.js';
import { findByCode, type InvitationKey } from './answers.repository.js';
import { answerSchema, type Answer, type Outcome } from './answers.schema.js';
import { openInvitation, openToAct } from './links.service.js';
import type { ShowAnswer } from './showing.pages.js';

/** The page of the invited institution: no account, no session, no script needed. */
export function answerPages(deps: AppDeps, show: ShowAnswer) {
  const { db, links } = deps;

  /** One act under the lock; what the rules refuse is told on the same page, with what is true now. */
  async function act(
    req: Request,
    res: Response,
    work: (book: Book, key: InvitationKey) => Promise<Outcome>,
    delegateId?: number,
  ): Promise<void> {
    const key = await openToAct(deps, req);
    const address = `/u/${String(req.params.token)}`;
    checkFormToken(deps, req, address);
    try {
      const outcome = await withBook(deps, key.eventId, linkAuthor, async (book) => {
        // Judged again under the lock: whoever renewed the link meanwhile meant this one, too.
        const { tokenVersion } = await readInvitation(book, key.id);
        if (tokenVersion !== key.tokenVersion) throw new NotFound('answer.unknown_link');
        return work(book, key);
      });
      mailSoon(deps);
      res.redirect(303, `${address}?done=${outcome}`);
    } catch (error) {
      const fresh = await openInvitation(deps, req);
      const values = req.body as Record<string, unknown>;
      if (error instanceof SeatsShort) return show(req, res, fresh, { status: 409, short: error, values });
      if (error instanceof InvalidInput)
        return show(req, res, fresh, {
          status: 422,
          problem: error,
          values,
          ...(delegateId && {
            mistake: mistakeAt(delegateId, { values, errors: error.fields }),
            delegateId,
          }),
        });
      if (error instanceof Conflict) return show(req, res, fresh, { status: 409, problem: error });
      throw error;
    }
  }

  return {
    async show(req: Request, res: Response): Promise<void> {
      await show(req, res, await openInvitation(deps, req));
    },

    backToPage: (req: Request, res: Response) =>
      res.redirect(303, `/u/${encodeURIComponent(plainText(req.params.token))}`),

    answer: (req: Request, res: Response) =>
      act(req, res, async (book, key) => perform(book, key.id, readForm(answerSchema, req.body))),

    rename: (req: Request, res: Response) => {
      const id = idFrom(req, 'delegateId');
      return act(
        req,
        res,
        async (book, key) => {
          const { other } = readForm(renameSchema, req.body);
          const person = readForm(delegateSchema, req.body);
          if (person.name === '') throw InvalidInput.at('name', 'error.required');
          if (other === 'same') await correctDelegate(book, key.id, id, person);
          else await replaceDelegate(book, key.id, id, person);
          return other === 'same' ? 'named' : 'replaced';
        },
        id,
      );
    },

    /** One tap: somebody whom this institution sent before. */
    sendKnown: (req: Request, res: Response) =>
      act(req, res, (book, key) => {
        const { known } = readForm(knownSchema, req.body);
        return sendKnownPerson(book, key.id, idFrom(req, 'delegateId'), known);
      }),

    giveBack: (req: Request, res: Response) =>
      act(req, res, async (book, key) => {
        const invitation = await giveBack(book, key.id, [idFrom(req, 'delegateId')]);
        return invitation.state === 'declined' ? 'declined' : 'returned';
      }),

    /** A new address for the calendar of all its invitations: somebody has the old one who should not. */
    renewCalendar: (req: Request, res: Response) =>
      act(req, res, async (book, key) => {
        const { institutionId } = await readInvitation(book, key.id);
        await renewFeedByLink(book.tx, { institutionId, officeId: book.quota.officeId });
        return 'calendar_renewed';
      }),

    askCode: (_req: Request, res: Response) => {
      res.page('answers/code', {
        layout: 'link',
        title: res.req.t('answer.code_title'),
        formToken: links.formToken('/u'),
      });
    },

    async enterCode(req: Request, res: Response): Promise<void> {
      checkFormToken(deps, req, '/u');
      const attempt = await deps.limits.attempt('code', addressOf(req));
      const typed = plainText((req.body as { code?: unknown }).code, 40);
      const code = normaliseCode(typed);
      const found = code && (await findByCode(db, links.codeHash(code)));
      if (found) {
        await attempt.forgive();
        return res.redirect(303, `/u/${links.token('invitation', found.id, found.tokenVersion)}`);
      }
      const key = code ? 'answer.code_unknown' : 'answer.code_shape';
      const page = { layout: 'link', title: req.t('answer.code_title'), formToken: links.formToken('/u') };
      res.page('answers/code', { ...page, values: { code: typed }, errors: { code: { key } } }, 422);
    },
  };
}

async function perform(book: Book, id: number, { answer, seats, shortage }: Answer): Promise<Outcome> {
  switch (answer) {
    case 'accept':
      return outcomeOf(await accept(book, id, seats, shortage));
    case 'more':
      return outcomeOf(await answerExtraOffer(book, id, seats));
    case 'release':
      await answerExtraOffer(book, id, 0);
      return 'released';
    case 'confirm':
      await confirm(book, id);
      return 'confirmed';
    case 'stop_waiting':
      return (await stopWaiting(book, id)).state === 'declined' ? 'declined' : 'stopped';
    case 'decline':
      await decline(book, id);
      return 'declined';
  }
}

const outcomeOf = ({ state }: Invitation): Outcome => (state === 'accepted' ? 'accepted' : 'waiting');
