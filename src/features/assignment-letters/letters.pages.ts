import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { sendEvidence } from '../../web/send-file.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { findEventFor } from '../events/events.service.js';
import { belongsToEvent } from '../invitations/invitations.service.js';
import { readLetter } from './letters.service.js';

/** What the office opens of letters; institutions hand them in on their own page (`answers/letter.pages.ts`). */
export function letterPages(deps: AppDeps) {
  return {
    async file(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const { id: eventId } = await findEventFor(deps.db.manager, actor, idFrom(req));
      const invitationId = idFrom(req, 'invitationId');
      await belongsToEvent(deps.db, eventId, invitationId);
      const letter = await readLetter(deps, actor, {
        eventId,
        invitationId,
        letterId: idFrom(req, 'letterId'),
      });
      await sendEvidence(deps, req, res, letter);
    },
  };
}
