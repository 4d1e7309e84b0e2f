import type { Request, Response } from 'express';
import { z } from 'zod';
import type { AppDeps } from '../../app.js';
import { checkbox, readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame, findEventFor } from '../events/events.service.js';
import { readQuota, stratumNames } from '../quotas/quotas.service.js';
import { layOutStrip } from '../quotas/strip.js';
import { withBook, type Book } from './book.js';
import { officeAuthor } from './invitations.service.js';
import { linesOf, seatMovesOf } from './queue.repository.js';
import { tellTurn, type Turn } from './turn.js';
import { fillSeatsNow, setWaves } from './waves.service.js';

const wavesSchema = z.object({ paused: checkbox, movesAtOnce: checkbox });

/** Who is in line for a seat, what would have to happen, and the waves that pass seats on. */
export function queuePages(deps: AppDeps) {
  const { db } = deps;

  const act = async (req: Request, res: Response, work: (book: Book) => Promise<void>): Promise<void> => {
    const actor = officeActor(req);
    const { id } = await findEventFor(db.manager, actor, idFrom(req));
    await withBook(deps, id, officeAuthor(actor), work);
    res.redirect(303, `/events/${id}/invitations/queue`);
  };

  return {
    async show(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const frame = await eventFrame(deps, actor, idFrom(req));
      const lines = await linesOf(db, frame.event.id);
      res.page('invitations/queue', {
        title: frame.event.title,
        ...frame,
        lines,
        tell: (turn: Turn) => tellTurn(turn, req.t, req.language).join(' '),
        strip: layOutStrip(lines),
        quota: await readQuota(db.manager, frame.event.id),
        moves: await seatMovesOf(db, frame.event.id),
        nameOf: await stratumNames(db.manager, actor.office, req),
      });
    },

    waves: (req: Request, res: Response) =>
      act(req, res, async (book) => {
        await setWaves(book, readForm(wavesSchema, req.body));
        res.flash('common.saved');
      }),

    fill: (req: Request, res: Response) =>
      act(req, res, async (book) => {
        const count = await fillSeatsNow(book);
        res.flash(count === 0 ? 'queue.filled_all' : 'queue.filled', { count });
      }),
  };
}
