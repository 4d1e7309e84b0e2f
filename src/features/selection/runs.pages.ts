import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { sendSheet } from '../../web/downloads.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame, findEventFor } from '../events/events.service.js';
import { stratumNames } from '../quotas/quotas.service.js';
import { layOutStrip } from '../quotas/strip.js';
import { changeSelection } from './changes.service.js';
import { reasonOf } from './reasons.js';
import { ruleSentences } from './rule-sentences.js';
import { runPaper, runSheet } from './report.service.js';
import { changesOf, entriesOfRun, findRun, runsOf, type SelectionEntry } from './runs.repository.js';
import { pickedOf } from './selection.pages.js';
import { changeSchema, viewSchema } from './selection.schema.js';

const perPage = 100;

/** A selection as it was decided, what was changed by hand since, and its papers. */
export function runPages(deps: AppDeps) {
  const { db } = deps;

  async function show(req: Request, res: Response, state?: FormState): Promise<void> {
    const actor = officeActor(req);
    const frame = await eventFrame(deps, actor, idFrom(req));
    const run = await findRun(db, frame.event.id, idFrom(req, 'runId'));
    const view = viewSchema.parse(req.query);
    const search = view.q.toLowerCase();
    const entries = await entriesOfRun(db, frame.event.id, run.id);
    const found = entries.filter(({ outcome, facts }) =>
      search === '' ? outcome === view.show : facts.name.toLowerCase().includes(search),
    );
    const [last] = await runsOf(db, frame.event.id);
    const context = {
      settings: run.settings,
      asOf: run.asOf,
      event: frame.event,
      t: req.t,
      format: req.format,
    };
    const nameOf = await stratumNames(db, actor.office, req);
    res.page(
      'selection/run',
      {
        title: req.t('selection.run', { number: run.number }),
        ...frame,
        ...{ run, view },
        isLast: last?.id === run.id,
        counts: Object.fromEntries(
          ['chosen', 'reserve', 'excluded'].map((outcome) => [
            outcome,
            entries.filter((entry) => entry.outcome === outcome).length,
          ]),
        ),
        rows: found.slice(view.after, view.after + perPage),
        next: found.length > view.after + perPage ? view.after + perPage : 0,
        changes: await changesOf(db, run.id),
        strip: layOutStrip(
          run.strata.map(({ key, chosen, size }) => ({ key, taken: chosen, held: 0, free: size - chosen })),
        ),
        reasonOf: (entry: SelectionEntry) => reasonOf(entry, context),
        nameOf,
        rules: ruleSentences({ ...context, nameOf }),
        picked: pickedOf(entries, state ?? {}, view),
        mistake: state && { ...state, form: 'change' },
        errors: state?.errors ?? {},
        values: {},
      },
      state ? 422 : 200,
    );
  }

  return {
    show: (req: Request, res: Response) => show(req, res),

    change: (req: Request, res: Response): Promise<void> =>
      actOrShow(
        req,
        async () => {
          const ids = { eventId: idFrom(req), runId: idFrom(req, 'runId') };
          await changeSelection(deps, officeActor(req), ids, readForm(changeSchema, req.body));
          res.flash('common.saved');
          res.redirect(303, `/events/${ids.eventId}/selection/runs/${ids.runId}#changes`);
        },
        (state) => show(req, res, state),
      ),

    async paper(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const event = await findEventFor(db.manager, actor, idFrom(req));
      const paper = await runPaper(deps, actor, event, idFrom(req, 'runId'));
      res
        .type('pdf')
        .attachment(`Berita acara pemilihan ${event.firstDay ?? ''}.pdf`)
        .send(paper);
    },

    async sheet(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const event = await findEventFor(db.manager, actor, idFrom(req));
      await sendSheet(
        res,
        await runSheet(deps, actor, event, idFrom(req, 'runId')),
        `Pemilihan ${event.firstDay ?? ''}`,
      );
    },
  };
}
