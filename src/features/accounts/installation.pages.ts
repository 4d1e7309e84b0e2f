import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { newOfficeForm, resetForm } from './accounts.schema.js';
import { showHandedLink } from './colleagues.pages.js';
import { mailStanding } from '../messages/mail-settings.service.js';
import type { Actor } from './permissions.js';
import { listRegionGroups } from '../regions/regions.service.js';
import { actOrShow } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { findSystemFacts, listOffices, makeAnyLink, openOffice } from './installation.service.js';

/** What the administrator of the installation sees: offices and the system, no records. */
export function installationPages(deps: AppDeps) {
  const actorOf = (req: Request) => req.actor as Actor;
  const back = '/installation';

  async function showOverview(req: Request, res: Response, state = {}, status = 200): Promise<void> {
    const [offices, facts, { state: mailState }] = await Promise.all([
      listOffices(deps.db),
      findSystemFacts(deps.db),
      mailStanding(deps),
    ]);
    const title = req.t('menu.installation');
    res.page('offices/installation', { title, offices, facts, mailState, ...state }, status);
  }

  async function showNew(req: Request, res: Response, state = {}, status = 200): Promise<void> {
    const regionGroups = await listRegionGroups(deps.db);
    res.page(
      'offices/new-office',
      { title: req.t('installation.new_office'), regionGroups, ...state },
      status,
    );
  }

  return {
    show: (req: Request, res: Response) => showOverview(req, res),
    showNew: (req: Request, res: Response) => showNew(req, res),

    create: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const form = readForm(newOfficeForm, req.body);
          const handed = await openOffice(deps, actorOf(req), form);
          if (handed)
            return showHandedLink(deps, req, res, handed, { person: form, office: form.officeName, back });
          res.flash('installation.opened');
          res.redirect(303, back);
        },
        (state) => showNew(req, res, state, 422),
      ),

    makeLink: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const { email } = readForm(resetForm, req.body);
          const handed = await makeAnyLink(deps, actorOf(req), email);
          await showHandedLink(deps, req, res, handed, {
            person: handed.user,
            office: req.t('app.name'),
            back,
          });
        },
        (state) => showOverview(req, res, state, 422),
      ),
  };
}
