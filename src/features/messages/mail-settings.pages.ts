import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { mailSecurities } from '../../mail/server.js';
import { actOrShow } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import type { Actor } from '../accounts/permissions.js';
import {
  changeMailSettings,
  findMailSettings,
  mailStanding,
  removeMailSettings,
  tryMail,
} from './mail-settings.service.js';
import { mailSettingsForm } from './messages.schema.js';

const address = '/installation/mail';

/** The mail server of the installation, for its administrator. */
export function mailSettingsPages(deps: AppDeps) {
  const actorOf = (req: Request) => req.actor as Actor;

  async function show(req: Request, res: Response, state = {}, status = 200): Promise<void> {
    const [settings, standing] = await Promise.all([findMailSettings(deps.db), mailStanding(deps)]);
    const title = req.t('mail_server.title');
    // The password never leaves again, sealed or not.
    const hasPassword = Boolean(settings?.passwordSealed);
    res.page(
      'messages/mail-server',
      { title, settings, hasPassword, standing, mailSecurities, ...state },
      status,
    );
  }

  return {
    show: (req: Request, res: Response) => show(req, res),

    save: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          await changeMailSettings(deps, actorOf(req), readForm(mailSettingsForm, req.body));
          res.flash('mail_server.saved');
          res.redirect(303, address);
        },
        (state) => show(req, res, state, 422),
      ),

    async test(req: Request, res: Response): Promise<void> {
      const { kind, words } = await tryMail(deps, actorOf(req), req.language === 'en' ? 'en' : 'id');
      const to = actorOf(req).email;
      if (kind === 'sent') res.flash('mail_server.test_sent', { to, words });
      else res.flash('mail_server.test_refused', { to, words }, 'no');
      res.redirect(303, address);
    },

    async remove(req: Request, res: Response): Promise<void> {
      await removeMailSettings(deps, actorOf(req));
      res.flash('mail_server.removed');
      res.redirect(303, address);
    },
  };
}
