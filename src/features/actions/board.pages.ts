import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { localParts } from '../../i18n/zones.js';
import { readForm } from '../../web/form.js';
import { officeActor } from '../../web/routes.js';
import { seriesFor } from '../events/plan.service.js';
import { actionStates } from './action.machine.js';
import { exportSchema, filterSchema, type ActionFilter } from './actions.schema.js';
import { exportPaper, exportSheet } from './exports.service.js';
import { boardOf } from './board.service.js';
import { sendSheet } from '../../web/downloads.js';

/** The board with other filters or another page, as an address. */
export function boardAddress(filter: Partial<ActionFilter>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter))
    if (value && !(name === 'state' && value === 'unclosed')) query.set(name, String(value));
  return query.size > 0 ? `/actions?${query.toString()}` : '/actions';
}

/** The board of all follow-ups of the office, and its table as a file. */
export function boardPages(deps: AppDeps) {
  const { db, clock } = deps;

  return {
    async list(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const filter = readForm(filterSchema, req.query);
      const today = localParts(clock.now(), actor.office.zone).date;
      const { next, ...shown } = await boardOf(db, actor, filter, today);
      const { after, ...kept } = filter;
      const { state, order, ...others } = kept;
      res.page('actions/board', {
        title: req.t('menu.actions'),
        ...shown,
        today,
        filter: kept,
        states: actionStates,
        series: await seriesFor(deps, actor),
        isFiltered: state !== 'unclosed' || [order, ...Object.values(others)].some(Boolean),
        isScoped: Object.values(others).some(Boolean),
        addressOf: (changes: Partial<ActionFilter>) => boardAddress({ ...kept, ...changes }),
        firstPage: after ? boardAddress(kept) : null,
        nextPage: next && boardAddress({ ...kept, after: next }),
      });
    },

    /** What the board, or an event's page, shows: as the RTL table of domain.md. */
    async download(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const { format, ...filter } = readForm(exportSchema, req.body);
      const name = `RTL ${localParts(clock.now(), actor.office.zone).date}`;
      if (format === 'xlsx') return sendSheet(res, await exportSheet(deps, actor, filter), name);
      const paper = await exportPaper(deps, actor, filter);
      res.type('pdf').attachment(`${name}.pdf`).send(paper);
    },
  };
}
