import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { actOrShow, type FormMistake } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { findEventFor } from '../events/events.service.js';
import { noteCall } from './calls.js';
import { callSchema } from './invitations.schema.js';

/** Phone calls about an invitation. */
export function callPages(
  deps: AppDeps,
  showAgain: (req: Request, res: Response, mistake: FormMistake) => Promise<void>,
) {
  return {
    note: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const actor = officeActor(req);
          const { id: eventId } = await findEventFor(deps.db.manager, actor, idFrom(req));
          const invitationId = idFrom(req, 'invitationId');
          await noteCall(deps, actor, { eventId, invitationId }, readForm(callSchema, req.body));
          res.flash('call.noted');
          res.redirect(303, `/events/${eventId}/invitations/${invitationId}`);
        },
        (state) => showAgain(req, res, { ...state, form: 'call' }),
      ),
  };
}
