import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { actOrShow } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { addressOf } from '../../web/limits.js';
import { beginSession } from '../../web/session.js';
import { openAccess, setPasswordByLink } from './access-links.service.js';
import { accessForm } from './accounts.schema.js';
import { findActor } from './actor.repository.js';

/** Welcome and reset links: someone sets their password, and is signed in. */
export function accessPages(deps: AppDeps) {
  const tokenOf = (req: Request) => String(req.params.token);

  const ended = (req: Request, res: Response) =>
    res.page('accounts/access-ended', { layout: 'plain', title: req.t('access.ended') }, 410);

  async function showForm(req: Request, res: Response, state = {}, status = 200): Promise<void> {
    const access = await openAccess(deps, tokenOf(req), addressOf(req));
    if (!access) return ended(req, res);
    res.page('accounts/access', { layout: 'plain', title: req.t('access.title'), access, ...state }, status);
  }

  return {
    show: (req: Request, res: Response) => showForm(req, res),

    setPassword: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const { password } = readForm(accessForm, req.body);
          const access = await setPasswordByLink(deps, tokenOf(req), password, addressOf(req));
          if (!access) return ended(req, res);
          const actor = await findActor(deps.db, access.userId, undefined);
          if (!actor) return ended(req, res);
          await beginSession(req, deps, { ...actor, officeId: actor.office?.id });
          res.flash('access.done');
          res.redirect(303, '/');
        },
        (state) => showForm(req, res, state, 422),
      ),
  };
}
