import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { actOrShow } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { localPath } from '../../web/language.js';
import { addressOf } from '../../web/limits.js';
import { beginSession, endSession } from '../../web/session.js';
import { NotFound } from '../../errors.js';
import { listRegionGroups } from '../regions/regions.service.js';
import { isMailSet } from '../messages/mail-settings.service.js';
import { askForPassword } from './forgotten.service.js';
import { forgottenForm, setupForm, signInForm } from './accounts.schema.js';
import { hasUsers, setUp } from './setup.service.js';
import { signIn } from './sign-in.service.js';

/** Sign-in, sign-out, the forgotten password, and the first run. */
export function signInPages(deps: AppDeps) {
  const plain = (req: Request, title: string) => ({ layout: 'plain', title: req.t(title) });

  return {
    show(req: Request, res: Response): void {
      if (req.actor) return res.redirect(303, '/');
      res.page('accounts/sign-in', plain(req, 'account.sign_in'));
    },

    signIn: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const wanted = localPath(req.session.returnTo);
          const actor = await signIn(deps, readForm(signInForm, req.body), addressOf(req));
          await beginSession(req, deps, { ...actor, officeId: actor.office?.id });
          res.redirect(303, wanted);
        },
        (state) => res.page('accounts/sign-in', { ...plain(req, 'account.sign_in'), ...state }, 422),
      ),

    async signOut(req: Request, res: Response): Promise<void> {
      await endSession(req);
      res.redirect(303, '/session');
    },

    forgotten: (req: Request, res: Response) => showForgotten(req, res),

    askForPassword: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const { email } = readForm(forgottenForm, req.body);
          await askForPassword(deps, email, addressOf(req));
          res.flash('account.forgotten_sent');
          res.redirect(303, '/session');
        },
        (state) => showForgotten(req, res, state, 422),
      ),

    showSetup: async (req: Request, res: Response) => showSetup(req, res),

    setUp: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          await refuseWhenOver();
          const made = await setUp(deps, readForm(setupForm, req.body), addressOf(req));
          await beginSession(req, deps, { ...made, sessionVersion: 1 });
          res.flash('setup.done');
          res.redirect(303, '/');
        },
        (state) => showSetup(req, res, state, 422),
      ),
  };

  async function showForgotten(req: Request, res: Response, state = {}, status = 200): Promise<void> {
    // Where no mail leaves, a form would promise one.
    const canMail = await isMailSet(deps);
    res.page('accounts/forgotten', { ...plain(req, 'account.forgotten'), canMail, ...state }, status);
  }

  async function refuseWhenOver(): Promise<void> {
    if (await hasUsers(deps.db)) throw new NotFound();
  }

  async function showSetup(req: Request, res: Response, state = {}, status = 200): Promise<void> {
    await refuseWhenOver();
    const regionGroups = await listRegionGroups(deps.db);
    res.page('accounts/setup', { ...plain(req, 'setup.title'), wide: true, regionGroups, ...state }, status);
  }
}
