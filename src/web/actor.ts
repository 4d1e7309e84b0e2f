import type { RequestHandler } from 'express';
import type { Deps } from '../deps.js';
import { findActor } from '../features/accounts/actor.repository.js';

/** Finds out who is signed in. A person who was removed is signed out with their next click. */
export function currentActor({ db }: Deps): RequestHandler {
  return async (req, _res, next) => {
    const { userId, officeId } = req.session;
    if (userId !== undefined) {
      const actor = await findActor(db, userId, officeId);
      if (actor) req.actor = actor;
    }
    next();
  };
}
