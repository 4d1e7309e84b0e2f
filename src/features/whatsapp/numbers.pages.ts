import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { inTransaction } from '../../database/data-source.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { findEventFor } from '../events/events.service.js';
import { findInvitation } from '../invitations/invitations.service.js';
import { markWrong, unmarkWrong } from './numbers.js';
import { readPhone } from './whatsapp.schema.js';

/** Numbers of an institution, as its invitation shows them: whoever called one says whether it is right. */
export function numberPages({ db, clock }: AppDeps) {
  const act = (work: (req: Request, institutionId: number, phone: string) => Promise<unknown>) =>
    async function (req: Request, res: Response): Promise<void> {
      const { id: eventId } = await findEventFor(db.manager, officeActor(req), idFrom(req));
      const { institutionId, id } = await findInvitation(db, eventId, idFrom(req, 'invitationId'));
      const { phone } = (req.body ?? {}) as { phone?: unknown };
      await work(req, institutionId, readPhone(phone));
      res.flash('common.saved');
      res.redirect(303, `/events/${eventId}/invitations/${id}`);
    };

  return {
    mark: act((req, institutionId, phone) =>
      inTransaction(db, (tx) => markWrong(tx, officeActor(req), { institutionId }, phone, clock.now())),
    ),
    unmark: act((req, institutionId, phone) => unmarkWrong(db, officeActor(req), institutionId, phone)),
  };
}
