import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { localParts } from '../../i18n/zones.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { draftsToFinish, nextEvents } from '../events/events.service.js';
import { readStrips } from '../quotas/strip.js';
import { awaitedOfMine } from '../unanswered/unanswered.service.js';
import { attentionOf, awaitedInstitutions, beginningsOf } from './home.repository.js';

/** How many lines of each kind the first screen has room for. */
const shown = { events: 5, drafts: 5, awaited: 5 };

export function homePages(deps: AppDeps) {
  const { db } = deps;

  async function office(req: Request, res: Response, actor: OfficeActor): Promise<void> {
    const upcoming = await nextEvents(deps, actor, shown.events);
    const [next, ...later] = upcoming;
    res.page('home/home', {
      title: req.t('menu.home'),
      next,
      later,
      awaited: next ? await awaitedInstitutions(db, actor, next.id, shown.awaited) : [],
      drafts: await draftsToFinish(deps, actor, shown.drafts),
      attention: await attentionOf(db, actor, localParts(deps.clock.now(), actor.office.zone).date),
      awaitedMine: await awaitedOfMine(db, actor, deps.clock.now()),
      beginnings: await beginningsOf(db, actor),
      strips: await readStrips(
        db.manager,
        upcoming.map(({ id }) => id),
      ),
    });
  }

  async function home(req: Request, res: Response): Promise<void> {
    if (req.actor?.office) return office(req, res, req.actor as OfficeActor);
    res.page('home/no-office', { title: req.t('menu.home') });
  }

  return { home };
}
