import type { RequestHandler } from 'express';
import type { Deps } from '../deps.js';
import { findActor } from '../features/accounts/actor.repository.js';

/**
 * Finds out who is signed in. A person who was removed is signed out with their next click; who lost the office
 * they acted for acts for another one, but not with forms that were open for the first.
 */
export function currentActor({ db }: Deps): RequestHandler {
  return async (req, _res, next) => {
    const { userId, officeId, version } = req.session;
    if (userId !== undefined) {
      const actor = await findActor(db, userId, officeId);
      if (actor?.sessionVersion === version) req.actor = actor;
      if (req.actor?.office && req.actor.office.id !== officeId) {
        req.session.officeId = req.actor.office.id;
        req.csrfToken?.(true);
      }
    }
    next();
  };
}
