import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { findEventFor } from '../events/events.service.js';
import { findInvitation } from '../invitations/invitations.service.js';
import { unmarkWrong } from './numbers.js';
import { readPhone } from './whatsapp.schema.js';

/** Numbers of an institution, as its invitation shows them. */
export function numberPages({ db }: AppDeps) {
  return {
    async unmark(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const { id } = await findEventFor(db.manager, actor, idFrom(req));
      const { institutionId, id: invitationId } = await findInvitation(db, id, idFrom(req, 'invitationId'));
      const { phone } = (req.body ?? {}) as { phone?: unknown };
      await unmarkWrong(db, actor, institutionId, readPhone(phone));
      res.flash('common.saved');
      res.redirect(303, `/events/${id}/invitations/${invitationId}`);
    },
  };
}
