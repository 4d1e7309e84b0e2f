import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { personName, type PersonName } from '../../i18n/format.js';
import { actOrShow } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { baseUrl, isOnlyHere } from '../../web/base-url.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { isMailSet } from '../messages/mail-settings.service.js';
import { mayHandLinkTo } from './accounts.policy.js';
import { inviteForm, rolesForm } from './accounts.schema.js';
import { findColleague, listColleagues } from './colleagues.repository.js';
import {
  changeRoles,
  inviteColleague,
  makeColleagueLink,
  removeColleague,
  type HandedLink,
} from './colleagues.service.js';

/** The page with a link to hand over. Not behind a redirect: the link would have to be kept somewhere for that. */
export async function showHandedLink(
  deps: AppDeps,
  req: Request,
  res: Response,
  { token, purpose }: HandedLink,
  { person, office, back }: { person: PersonName & { email: string }; office: string; back: string },
): Promise<void> {
  const base = baseUrl(req, deps.config);
  const link = `${base}/access/${token}`;
  const name = personName(person);
  const message = req.t(`access.message_${purpose}`, { name, office, link });
  const title = req.t('access.link_title');
  const mailedTo = (await isMailSet(deps)) ? person.email : undefined;
  const onlyHere = isOnlyHere(base);
  res.page('accounts/handed-link', { title, link, purpose, name, back, message, mailedTo, onlyHere }, 201);
}

/** The people of the office and their roles. */
export function colleaguePages(deps: AppDeps) {
  async function showList(req: Request, res: Response, state = {}, status = 200): Promise<void> {
    const colleagues = await listColleagues(deps.db, officeActor(req));
    res.page('accounts/colleagues', { title: req.t('colleague.title'), colleagues, ...state }, status);
  }

  async function showOne(req: Request, res: Response, state = {}, status = 200): Promise<void> {
    const colleague = await findColleague(deps.db, officeActor(req), idFrom(req));
    const title = personName(colleague);
    const mayHandLink = mayHandLinkTo(colleague);
    res.page('accounts/colleague', { title, colleague, mayHandLink, ...state }, status);
  }

  const back = '/settings/colleagues';

  return {
    list: (req: Request, res: Response) => showList(req, res),
    show: (req: Request, res: Response) => showOne(req, res),

    invite: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const form = readForm(inviteForm, req.body);
          const actor = officeActor(req);
          const handed = await inviteColleague(deps, actor, form);
          if (handed)
            return showHandedLink(deps, req, res, handed, { person: form, office: actor.office.name, back });
          res.flash('colleague.added');
          res.redirect(303, back);
        },
        (state) => showList(req, res, state, 422),
      ),

    async makeLink(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const person = await findColleague(deps.db, actor, idFrom(req));
      const handed = await makeColleagueLink(deps, actor, person.userId);
      await showHandedLink(deps, req, res, handed, { person, office: actor.office.name, back });
    },

    changeRoles: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const { roles } = readForm(rolesForm, req.body);
          await changeRoles(deps, officeActor(req), idFrom(req), roles);
          res.flash('common.saved');
          res.redirect(303, back);
        },
        (state) => showOne(req, res, state, 422),
      ),

    remove: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          await removeColleague(deps, officeActor(req), idFrom(req));
          res.flash('colleague.removed');
          res.redirect(303, back);
        },
        ({ errors }) => showOne(req, res, { errors }, 422),
      ),
  };
}
