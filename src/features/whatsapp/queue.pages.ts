import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { baseUrl, isOnlyHere } from '../../web/base-url.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame, findEventFor } from '../events/events.service.js';
import { findInvitation, sharedTexts, sharingOf } from '../invitations/invitations.service.js';
import { answerNames } from './audience.js';
import { writeInvitationMails } from '../invitations/invitations.mails.js';
import { realLinks } from '../messages/mail-links.js';
import { byHand } from '../messages/whatsapp-sender.js';
import { spokenMail } from '../messages/wording.js';
import { knownNumbers } from './numbers.js';
import { heldBy, progressOf, waitingByPurpose, type HeldMessage } from './queue.repository.js';
import { markAsSent, reportWrongNumber, skip, stop, takeNext, undoable, undoSent } from './queue.service.js';
import { purposesNow } from './rounds.service.js';
import { readFilter, readPhone } from './whatsapp.schema.js';

const body = (req: Request) => (req.body ?? {}) as Record<string, unknown>;

/** The queue that is worked through with one thumb. */
export function whatsappQueuePages(deps: AppDeps) {
  const { db, clock } = deps;

  /** A delegate is told what their mail said. */
  async function mailedText(held: HeldMessage, base: string): Promise<string> {
    const message = { ...held, userId: null };
    const written = await writeInvitationMails(deps, [message], realLinks(deps.links, base));
    const mail = written.get(held.id);
    return mail?.kind === 'mail' ? spokenMail(mail.content) : '';
  }

  /** Everything of the message before this person. */
  async function cardOf(req: Request, event: Awaited<ReturnType<typeof eventFrame>>['event']) {
    const actor = officeActor(req);
    const at = { eventId: event.id, userId: actor.userId, now: clock.now() };
    const held = await heldBy(db, at);
    if (!held) return undefined;
    const row = await findInvitation(db, event.id, held.invitationId);
    const base = baseUrl(req, deps.config);
    const numbers = await knownNumbers(db, actor.office.id, { ...row, delegateId: held.delegateId });
    const number = numbers.find(({ wrongSince }) => wrongSince === null);
    const text =
      held.delegateId === null
        ? sharedTexts(await sharingOf(deps, base, actor, event), row, held).text
        : await mailedText(held, base);
    return {
      ...held,
      row,
      text,
      address: byHand.handOver({ phone: number?.phone ?? null, text }).address,
      number,
      wrongNumbers: numbers.filter(({ wrongSince }) => wrongSince !== null).length,
    };
  }

  async function show(req: Request, res: Response): Promise<void> {
    const actor = officeActor(req);
    const frame = await eventFrame(deps, actor, idFrom(req));
    const filter = readFilter(req.query);
    const at = { eventId: frame.event.id, userId: actor.userId, now: clock.now() };
    res.page('whatsapp/queue', {
      title: frame.event.title,
      ...frame,
      filter,
      answers: answerNames,
      purposes: await waitingByPurpose(db, at.eventId, at.now),
      progress: await progressOf(db, at, filter),
      card: await cardOf(req, frame.event),
      last: await undoable(db, at),
      mayRound: purposesNow(frame.event.state).length > 0,
      onlyHere: isOnlyHere(baseUrl(req, deps.config)),
    });
  }

  /** One act at the queue, then back to it with what comes next. */
  const act =
    (work: (desk: Parameters<typeof takeNext>[0], req: Request, res: Response) => Promise<unknown>) =>
    async (req: Request, res: Response): Promise<void> => {
      const actor = officeActor(req);
      const { id: eventId } = await findEventFor(db.manager, actor, idFrom(req));
      const filter = readFilter(body(req));
      await work({ deps, actor, eventId, filter }, req, res);
      const kept = new URLSearchParams({ answer: filter.answer, purpose: filter.purpose ?? '' });
      res.redirect(303, `/events/${eventId}/invitations/whatsapp?${kept.toString()}`);
    };
  const message = (req: Request) => idFrom(req, 'messageId');

  return {
    show,
    take: act((desk) => takeNext(desk)),
    stop: act((desk) => stop(desk)),
    skip: act(async (desk, req, res) => {
      if (await skip(desk, message(req))) res.flash('whatsapp.only_one');
    }),
    sent: act(async (desk, req, res) => {
      const outcome = await markAsSent(desk, message(req));
      if (outcome.result === 'already') res.flash('whatsapp.already_sent', { by: outcome.by }, 'no');
      if (outcome.result === 'overtaken') res.flash('whatsapp.overtaken', {}, 'no');
    }),
    wrongNumber: act(async (desk, req, res) => {
      await reportWrongNumber(desk, message(req), readPhone(body(req).phone));
      res.flash('whatsapp.number_marked');
    }),
    undo: act(async (desk, req, res) => {
      const undone = await undoSent(desk, message(req));
      res.flash(undone ? 'whatsapp.undone' : 'whatsapp.too_late_to_undo', {}, undone ? 'ok' : 'no');
    }),
  };
}
