import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { NotFound } from '../../errors.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { mailStanding } from './mail-settings.service.js';
import type { Mails } from './mails.js';
import { messageStates } from './message.entity.js';
import { outboxFilter, type OutboxFilter } from './messages.schema.js';
import { mayBeCancelled, mayBeTried, whyWaiting } from './outbox.policy.js';
import { countWaiting, listOutbox, listToldEvents, type OutboxRow } from './outbox.repository.js';
import { callOff, noteReading, previewMessage, shownMail, tryAgain } from './outbox.service.js';
import { channels, invitationPurposes, userPurposes } from './purposes.js';

const address = '/settings/outbox';

/** The list keeps its filters in its address. */
function addressOf(filter: OutboxFilter, before: number | undefined): string {
  const kept = Object.entries({ ...filter, before: before ?? null }).flatMap(([name, value]) =>
    value === '' || value === null ? [] : [[name, String(value)]],
  );
  return `${address}?${new URLSearchParams(kept).toString()}`;
}

/** A mail is shown in a frame that may do nothing: no script, no form, no address from outside. */
function frameOnly(res: Response): void {
  res.set(
    'Content-Security-Policy',
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
  );
  res.set('X-Frame-Options', 'SAMEORIGIN');
}

/** The page around it is the only one that holds frames, and only our own. */
function allowOwnFrames(res: Response): void {
  const policy = String(res.getHeader('Content-Security-Policy'));
  res.set('Content-Security-Policy', `${policy};frame-src 'self'`);
}

/** Kotak keluar: everything that the office tells anybody, and whether it has left. */
export function outboxPages(deps: AppDeps, mails: Mails) {
  const { db, clock } = deps;
  const id = (req: Request) => idFrom(req, 'messageId');

  return {
    async list(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const filter = outboxFilter.parse(req.query);
      const [{ rows, hasMore }, waiting, events, standing] = await Promise.all([
        listOutbox(db, actor, filter),
        countWaiting(db, actor),
        listToldEvents(db, actor),
        mailStanding(deps),
      ]);
      res.page('messages/outbox', {
        title: req.t('outbox.title'),
        ...{ rows, waiting, events, standing },
        why: (row: OutboxRow) => whyWaiting(row, standing, clock.now()),
        choices: { states: messageStates, channels, purposes: [...invitationPurposes, ...userPurposes] },
        values: { ...filter, event: filter.event ?? '' },
        isFiltered: Object.entries(filter).some(([name, value]) => name !== 'before' && Boolean(value)),
        older: hasMore ? addressOf(filter, rows.at(-1)?.id) : undefined,
        newest: filter.before ? addressOf(filter, undefined) : undefined,
      });
    },

    async show(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const { message, written, files } = await previewMessage(deps, mails, actor, id(req));
      const standing = await mailStanding(deps);
      await noteReading(deps, actor, message);
      allowOwnFrames(res);
      res.page('messages/message', {
        title: req.t('outbox.one'),
        ...{ message, written, files, standing },
        why: whyWaiting(message, standing, clock.now()),
        mayTry: mayBeTried(message),
        mayCancel: mayBeCancelled(message),
      });
    },

    async mail(req: Request, res: Response): Promise<void> {
      const { written } = await previewMessage(deps, mails, officeActor(req), id(req));
      if (written?.kind !== 'mail') throw new NotFound();
      const as = req.query.as === 'text' ? 'text' : 'html';
      frameOnly(res);
      res.type(as).send(shownMail(written.content, as));
    },

    async tryAgain(req: Request, res: Response): Promise<void> {
      await tryAgain(deps, officeActor(req), id(req));
      res.flash('outbox.tried');
      res.redirect(303, `${address}/${id(req)}`);
    },

    async callOff(req: Request, res: Response): Promise<void> {
      await callOff(deps, officeActor(req), id(req));
      res.flash('outbox.called_off');
      res.redirect(303, `${address}/${id(req)}`);
    },
  };
}
