import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame } from '../events/events.service.js';
import { previewSelection } from './preview.service.js';
import { simulationSchema } from './selection.schema.js';
import { readPlanOf } from './selection.service.js';
import { simulate } from './simulation.js';

/** What becomes of those who were never reached, year after year, by three ways of filling the seats. */
export function simulationPages(deps: AppDeps) {
  const { db, clock } = deps;
  return {
    async show(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const frame = await eventFrame(deps, actor, idFrom(req));
      const plan = await readPlanOf(db.manager, frame.event.id);
      const { years, decline } = simulationSchema.parse(req.query);
      const preview = await previewSelection(db.manager, actor, frame.event, plan, clock.now());
      const { candidates, rules, result } = preview;
      const never = candidates.filter(({ lastAttendedOn }) => lastAttendedOn === null).length;
      res.page('selection/simulation', {
        title: req.t('selection.simulation'),
        ...frame,
        ...{ preview, years, decline, never, rules },
        lines: result ? simulate(candidates, rules, { years, declineRate: decline / 100 }) : [],
      });
    },
  };
}
