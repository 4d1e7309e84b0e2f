import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { qrSvg } from '../../documents/qr.js';
import { NotFound } from '../../errors.js';
import { localParts } from '../../i18n/zones.js';
import { translators } from '../../texts.js';
import { baseUrl } from '../../web/base-url.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { byHand } from '../messages/whatsapp-sender.js';
import { boardAddress } from './board.pages.js';
import { actionsOfOwner } from './board.service.js';
import { findOwner, renewOwnerLink, type OwnerRecord } from './owners.service.js';

/** An owner with all that it owes, and its link to pass on. */
export function ownerPages(deps: AppDeps) {
  const { db, clock, links } = deps;

  const linkOf = (req: Request, { id, tokenVersion }: OwnerRecord) =>
    `${baseUrl(req, deps.config)}/t/${links.token('owner', id, tokenVersion)}`;

  const find = (req: Request) => findOwner(db, officeActor(req).office.id, idFrom(req, 'ownerId'));

  function shareOf(req: Request, owner: OwnerRecord) {
    // Colleagues sign in: theirs would be a way around that.
    if (owner.kind === 'user') return undefined;
    const url = linkOf(req, owner);
    const { name: office } = officeActor(req).office;
    // Messages go out in Indonesian, whatever the screen shows.
    const text = translators.id('action.message', { owner: owner.name, office, link: url });
    return { url, text, whatsapp: byHand.handOver({ phone: owner.phone, text }).address };
  }

  return {
    async show(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const owner = await find(req);
      const { open, closed, older } = await actionsOfOwner(db, actor, owner.id);
      res.page('actions/owner', {
        title: owner.name,
        owner,
        today: localParts(clock.now(), actor.office.zone).date,
        share: shareOf(req, owner),
        actions: [...open, ...closed],
        older: older && { count: older, href: boardAddress({ owner: owner.id, state: 'all' }) },
      });
    },

    async qr(req: Request, res: Response): Promise<void> {
      const owner = await find(req);
      if (owner.kind === 'user') throw new NotFound();
      res.type('svg').send(qrSvg(linkOf(req, owner)));
    },

    async renew(req: Request, res: Response): Promise<void> {
      const id = idFrom(req, 'ownerId');
      await renewOwnerLink(deps, officeActor(req), id);
      res.flash('action.link_renewed');
      res.redirect(303, `/actions/owners/${id}`);
    },
  };
}
