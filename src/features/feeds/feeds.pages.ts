import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { calendarType } from '../../calendar/ics.js';
import { baseUrl, isOnlyHere } from '../../web/base-url.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { openSecretLink } from '../../web/secret-link.js';
import { findInstitutionFeed, findOfficeFeed, institutionFeed, officeFeed } from './feeds.repository.js';
import {
  feedCalendar,
  officeFeedAddress,
  renewInstitutionFeed,
  renewOfficeFeed,
  type FeedPurpose,
} from './feeds.service.js';

/** Calendars to subscribe to, and the pages where their addresses are seen and renewed. */
export function feedPages(deps: AppDeps) {
  const { db, clock, config } = deps;

  /** Two reads, and 304 as long as nothing in it is new. */
  async function sendFeed(
    req: Request,
    res: Response,
    purpose: FeedPurpose,
    find: typeof findOfficeFeed,
    read: typeof officeFeed,
  ): Promise<void> {
    const owner = await openSecretLink(deps, req, purpose, (id) => find(db, id));
    const now = clock.now();
    const events = await read(db, owner.id, now);
    const { tag, text } = feedCalendar(owner, events, baseUrl(req, config), now);
    res.set('Cache-Control', 'private, no-cache').set('ETag', tag);
    if (req.fresh) return void res.status(304).end();
    res.set('Content-Type', calendarType('PUBLISH')).send(text());
  }

  return {
    officeFeed: (req: Request, res: Response) => sendFeed(req, res, 'officeFeed', findOfficeFeed, officeFeed),
    institutionFeed: (req: Request, res: Response) =>
      sendFeed(req, res, 'institutionFeed', findInstitutionFeed, institutionFeed),

    async showOffice(req: Request, res: Response): Promise<void> {
      const base = baseUrl(req, config);
      res.page('feeds/office', {
        title: req.t('feed.title'),
        address: await officeFeedAddress(deps, base, officeActor(req)),
        onlyHere: isOnlyHere(base),
      });
    },

    async renewOffice(req: Request, res: Response): Promise<void> {
      await renewOfficeFeed(db, officeActor(req));
      res.flash('feed.renewed');
      res.redirect(303, '/settings/calendar');
    },

    async renewInstitution(req: Request, res: Response): Promise<void> {
      const id = idFrom(req);
      await renewInstitutionFeed(db, officeActor(req), id);
      res.flash('feed.renewed');
      res.redirect(303, `/institutions/${id}#kalender`);
    },
  };
}
