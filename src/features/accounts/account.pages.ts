import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { actOrShow } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { endSession } from '../../web/session.js';
import {
  changePassword,
  changeProfile,
  findOwnUser,
  listMemberships,
  requireMembership,
  signOutEverywhere,
} from './account.service.js';
import { officeChoice, passwordForm, profileForm } from './accounts.schema.js';
import type { Actor } from './permissions.js';

/** Guarded by `signedIn`, so there is one. */
function actorOf(req: Request): Actor {
  if (!req.actor) throw new Error(`${req.path} is not guarded`);
  return req.actor;
}

/** A person's own account: name, address, password, devices, and the office they act for. */
export function accountPages(deps: AppDeps) {
  async function showAccount(req: Request, res: Response, state = {}, status = 200): Promise<void> {
    const [user, memberships] = await Promise.all([
      findOwnUser(deps.db, actorOf(req)),
      listMemberships(deps.db, actorOf(req).userId),
    ]);
    res.page('accounts/account', { title: req.t('menu.account'), user, memberships, ...state }, status);
  }

  return {
    show: (req: Request, res: Response) => showAccount(req, res),

    changeProfile: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          await changeProfile(deps, actorOf(req), readForm(profileForm, req.body));
          res.flash('common.saved');
          res.redirect(303, '/account');
        },
        (state) => showAccount(req, res, state, 422),
      ),

    changePassword: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const typed = readForm(passwordForm, req.body);
          req.session.version = await changePassword(deps, actorOf(req), typed, req.sessionID);
          res.flash('account.password_changed');
          res.redirect(303, '/account');
        },
        (state) => showAccount(req, res, state, 422),
      ),

    async signOutEverywhere(req: Request, res: Response): Promise<void> {
      await signOutEverywhere(deps, actorOf(req));
      await endSession(req);
      res.redirect(303, '/session');
    },

    async offices(req: Request, res: Response): Promise<void> {
      const memberships = await listMemberships(deps.db, actorOf(req).userId);
      res.page('accounts/offices', { title: req.t('menu.switch_office'), memberships });
    },

    async switchOffice(req: Request, res: Response): Promise<void> {
      const { officeId } = readForm(officeChoice, req.body);
      await requireMembership(deps.db, actorOf(req).userId, officeId);
      req.session.officeId = officeId;
      // A form that is still open in another tab was meant for the other office.
      req.csrfToken?.(true);
      res.redirect(303, '/');
    },
  };
}
