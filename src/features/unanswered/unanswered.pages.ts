import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { localParts } from '../../i18n/zones.js';
import { sendSheet } from '../../web/downloads.js';
import { plainText } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame, findEventFor } from '../events/events.service.js';
import { contactWords, exportAwaited, readAwaited, type Awaited } from './unanswered.service.js';

const isMine = (given: Record<string, unknown> | undefined) => plainText(given?.mine) === '1';

/** Who has not answered, by region, for those who ask them by phone. */
export function unansweredPages(deps: AppDeps) {
  const { db, clock } = deps;
  return {
    async show(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const frame = await eventFrame(deps, actor, idFrom(req));
      const { id: eventId, zone } = frame.event;
      const onlyMine = isMine(req.query);
      const { rows, isCut } = await readAwaited(db, actor, { eventId, zone, onlyMine, now: clock.now() });
      res.page('unanswered/unanswered', {
        title: frame.event.title,
        ...frame,
        onlyMine,
        isCut,
        count: rows.length,
        regions: [...Map.groupBy(rows, ({ regionName }) => regionName)],
        contactWords: (row: Awaited) => contactWords(req.t, row),
      });
    },

    async download(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const { id: eventId, zone } = await findEventFor(db.manager, actor, idFrom(req));
      const onlyMine = isMine(req.body as Record<string, unknown>);
      const now = clock.now();
      const sheet = await exportAwaited(
        db,
        actor,
        { eventId, zone, onlyMine, now },
        { t: req.t, dateTime: (at) => req.format.shortDateTime(at, zone) },
      );
      await sendSheet(res, sheet, `${req.t('unanswered.title')} ${localParts(now, zone).date}`);
    },
  };
}
