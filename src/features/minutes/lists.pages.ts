import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { may, type OfficeActor } from '../accounts/permissions.js';
import { actOrShow, type FormMistake } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { flatRows, nestRows, rowCount } from '../../web/rows.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame } from '../events/events.service.js';
import { isOpen } from './minutes.machine.js';
import { handoverSchema, indicatorSchema, mostParts, reviewSchema, versionSchema } from './minutes.schema.js';
import {
  listsOf,
  removeRow,
  saveHandover,
  saveIndicator,
  saveReview,
  type ListName,
} from './lists.service.js';

type Save = (actor: OfficeActor, eventId: number, body: unknown) => Promise<void>;

/** Fields of an indicator's form: its parts, and two more to fill. */
const indicatorValues = (indicator: { parts: { name: string; value: number }[] }) => ({
  ...indicator,
  ...flatRows([...indicator.parts, { name: '', value: '' }, { name: '', value: '' }].slice(0, mostParts)),
});

/** Handlers for handovers, reviews and indicators: one form a row, so that nobody overwrites another's. */
export function listPages(deps: AppDeps) {
  async function show(req: Request, res: Response, mistake?: FormMistake): Promise<void> {
    const actor = officeActor(req);
    const frame = await eventFrame(deps, actor, idFrom(req));
    const lists = await listsOf(deps, actor, idFrom(req));
    res.page(
      'minutes/lists',
      {
        title: req.t('minutes.lists'),
        ...frame,
        ...lists,
        writes: isOpen(lists.minutes.state) && may(req.actor, 'minutes.write'),
        mistake,
        errors: mistake?.errors ?? {},
        indicatorValues,
        rowCount,
        newId: randomUUID,
      },
      mistake ? 422 : 200,
    );
  }

  const saves: [ListName, Save][] = [
    ['handovers', (actor, id, body) => saveHandover(deps, actor, id, readForm(handoverSchema, body))],
    ['reviews', (actor, id, body) => saveReview(deps, actor, id, readForm(reviewSchema, body))],
    [
      'indicators',
      (actor, id, body) =>
        saveIndicator(deps, actor, id, readForm(indicatorSchema, nestRows(body, ['name', 'value']))),
    ],
  ];

  const lists = saves.map(([name, saveRow]) => ({
    name,
    save: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          await saveRow(officeActor(req), idFrom(req), req.body);
          res.flash('common.saved');
          res.redirect(303, `/events/${idFrom(req)}/minutes/lists#${name}`);
        },
        (state) => {
          const { id } = state.values;
          // The row that it came from; one to add has no number yet.
          const row = typeof id === 'string' && id !== '' ? id : 'new';
          return show(req, res, { ...state, form: `${name}-${row}` });
        },
      ),
    async remove(req: Request, res: Response): Promise<void> {
      const { version } = readForm(versionSchema, req.body);
      await removeRow(deps, officeActor(req), idFrom(req), name, { id: idFrom(req, 'rowId'), version });
      res.flash('minutes.row_removed');
      res.redirect(303, `/events/${idFrom(req)}/minutes/lists#${name}`);
    },
  }));

  return { show: (req: Request, res: Response) => show(req, res), lists };
}
