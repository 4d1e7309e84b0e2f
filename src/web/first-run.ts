import type { RequestHandler } from 'express';
import type { Deps } from '../deps.js';
import { hasUsers } from '../features/accounts/setup.service.js';

/** While nobody can sign in, every page leads to /setup; once somebody can, this never asks again. */
export function firstRun({ db }: Deps): RequestHandler {
  let isOver = false;
  return async (req, res, next) => {
    isOver ||= await hasUsers(db);
    if (isOver || req.path === '/setup') return next();
    res.redirect(303, '/setup');
  };
}
