import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { Conflict } from '../../errors.js';
import { addDays, endOfDay, localParts } from '../../i18n/zones.js';
import type { Event } from '../events/event.entity.js';
import { actOrShow, type FormMistake, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame, findEventFor } from '../events/events.service.js';
import { fallingOff } from '../invitations/choosing.js';
import { officeRegions, serviceTypes } from '../institutions/institutions.service.js';
import { readQuota, stratumNames } from '../quotas/quotas.service.js';
import { layOutStrip } from '../quotas/strip.js';
import { criteria, type Criterion } from './criteria.js';
import { decideSelection, obstacleToDecision } from './decision.service.js';
import { previewSelection, whatIf, type Preview } from './preview.service.js';
import { reasonOf, type ReasonContext } from './reasons.js';
import { ruleSentences } from './rule-sentences.js';
import { changesOf, runsOf, type SelectionEntry } from './runs.repository.js';
import {
  decisionSchema,
  mustForm,
  readMove,
  settingsSchema,
  viewSchema,
  type SelectionView,
} from './selection.schema.js';
import { dropMust, newSeed, readPlanOf, saveSettings, setMust } from './selection.service.js';

const perPage = 100;

/** A form that came back: with mistakes, or with the order or the seed changed and nothing kept. */
type Shown = Partial<FormMistake>;

/** Words that are searched for in a name, each anywhere in it. */
const holds = (name: string, search: string) =>
  search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => name.toLowerCase().includes(word));

function listOf(preview: Preview, { show, q, after }: SelectionView) {
  const entries = preview.result?.entries ?? [];
  // A search goes through all of them: whoever looks for an institution does not know where it is.
  const found = q === '' ? entries.filter(({ outcome }) => outcome === show) : entries;
  const rows = found.filter(({ facts }) => holds(facts.name, q));
  return {
    rows: rows.slice(after, after + perPage),
    next: rows.length > after + perPage ? after + perPage : 0,
  };
}

/** Whoever the selection chooses, or keeps as a reserve. */
const stayingOn = ({ result }: Preview): number[] =>
  [...(result?.selection.chosen ?? []), ...(result?.selection.reserves ?? [])].map(
    ({ candidate }) => candidate.id,
  );

/** The institution that a form is open for: the one that was picked, or the one of a form that came back. */
export function pickedOf<E extends { institutionId: number }>(
  entries: E[],
  { values }: Shown,
  { pick }: SelectionView,
): E | undefined {
  const id = Number(values?.institutionId ?? pick);
  return entries.find(({ institutionId }) => institutionId === id);
}

/** Half of the time until the event's answer-by: the other half is for those who come after. */
function proposedWave({ answerBy, zone }: Pick<Event, 'answerBy' | 'zone'>, now: Date): string {
  if (!answerBy || answerBy <= now) return '';
  const half = new Date((now.getTime() + answerBy.getTime()) / 2);
  const day = localParts(half, zone).date;
  const proposed = day > localParts(now, zone).date ? day : addDays(day, 1);
  return endOfDay(proposed, zone) <= answerBy ? proposed : '';
}

/** Fair selection: settings, what they give today, what if, and the decision. */
export function selectionPages(deps: AppDeps) {
  const { db, clock } = deps;

  async function show(req: Request, res: Response, shown: Shown = {}): Promise<void> {
    const actor = officeActor(req);
    const frame = await eventFrame(deps, actor, idFrom(req));
    const { event } = frame;
    const plan = await readPlanOf(db.manager, event.id);
    const view = viewSchema.parse(req.query);
    const preview = await previewSelection(db.manager, actor, event, plan, clock.now());
    const context: ReasonContext = {
      settings: plan.settings,
      asOf: preview.rules.asOf,
      event,
      t: req.t,
      format: req.format,
    };
    const quota = await readQuota(db.manager, event.id);
    const runs = await runsOf(db, event.id);
    const nameOf = await stratumNames(db, actor.office, req);
    const strata = preview.result?.selection.strata ?? [];
    const errors = shown.errors ?? {};
    res.page(
      'selection/selection',
      {
        title: req.t('selection.title'),
        ...frame,
        plan,
        preview,
        view,
        list: listOf(preview, view),
        picked: pickedOf(preview.result?.entries ?? [], shown, view),
        obstacle: await obstacleToDecision(db.manager, event),
        falling: await fallingOff(db.manager, event.id, stayingOn(preview)),
        undone: runs[0] ? (await changesOf(db, runs[0].id)).length : 0,
        whatIf: view.count && preview.result ? whatIf(preview, view.count) : undefined,
        strip: layOutStrip(
          strata.map(({ key, chosen, size }) => ({ key, taken: chosen, held: 0, free: size - chosen })),
        ),
        reasonOf: (entry: SelectionEntry) => reasonOf(entry, context),
        nameOf,
        rules: ruleSentences({ ...context, nameOf }),
        order: orderShown(shown, plan.settings.order),
        isOn: (criterion: Criterion) => isTicked(shown, criterion, plan.settings.off),
        regions: await officeRegions(db, actor.office),
        services: await serviceTypes(db),
        runs,
        quota,
        firstWaveOn: quota.firstWaveBy
          ? localParts(quota.firstWaveBy, event.zone).date
          : proposedWave(event, clock.now()),
        mistake: shown.form ? shown : undefined,
        errors,
        values: shown.values ?? {},
        isEdited: shown.values !== undefined,
      },
      Object.keys(errors).length > 0 ? 422 : 200,
    );
  }

  const at = (form: string) => (state: FormState) => ({ ...state, form });
  const back = (req: Request, res: Response, rest = '') =>
    res.redirect(303, `/events/${idFrom(req)}/selection${rest}`);

  return {
    show: (req: Request, res: Response) => show(req, res),

    async save(req: Request, res: Response): Promise<void> {
      const body = req.body as Record<string, unknown>;
      const move = readMove(body.act);
      if (move) return show(req, res, { values: { ...body, order: moved(ordered(body.order), move) } });
      if (body.act === 'seed') return show(req, res, { values: { ...body, seed: newSeed() } });
      await actOrShow(
        req,
        async () => {
          await saveSettings(deps, officeActor(req), idFrom(req), readForm(settingsSchema, body));
          res.flash('common.saved');
          back(req, res);
        },
        (state) => show(req, res, state),
      );
    },

    must: (req: Request, res: Response): Promise<void> =>
      actOrShow(
        req,
        async () => {
          await setMust(deps, officeActor(req), idFrom(req), readForm(mustForm, req.body));
          res.flash('common.saved');
          back(req, res, '#musts');
        },
        (state) => show(req, res, at('must')(state)),
      ),

    async dropMust(req: Request, res: Response): Promise<void> {
      await dropMust(deps, officeActor(req), idFrom(req), idFrom(req, 'institutionId'));
      res.flash('common.saved');
      back(req, res, '#musts');
    },

    decide: (req: Request, res: Response): Promise<void> =>
      actOrShow(
        req,
        async () => {
          const actor = officeActor(req);
          const { id } = await findEventFor(db.manager, actor, idFrom(req));
          const wanted = readForm(decisionSchema, req.body);
          const run = await decideSelection(deps, actor, id, wanted).catch((error: unknown) => {
            if (error instanceof Conflict) return error;
            throw error;
          });
          if (run instanceof Conflict) {
            // The page shows how things stand now; what was wanted is decided again from there.
            res.flash(run.textKey, run.values, 'no');
            return back(req, res);
          }
          res.flash('selection.decided');
          back(req, res, `/runs/${run}`);
        },
        (state) => show(req, res, at('decision')(state)),
      ),
  };
}

const asList = (given: unknown): unknown[] =>
  Array.isArray(given) ? given : given === undefined ? [] : [given];
const isCriterion = (name: unknown): name is Criterion => criteria.some((one) => one === name);
const ordered = (given: unknown): Criterion[] => [
  ...new Set([...asList(given).filter(isCriterion), ...criteria]),
];

function moved(order: Criterion[], { criterion, by }: { criterion: Criterion; by: -1 | 1 }): Criterion[] {
  const from = order.indexOf(criterion);
  const to = Math.min(order.length - 1, Math.max(0, from + by));
  const rest = order.filter((one) => one !== criterion);
  return [...rest.slice(0, to), criterion, ...rest.slice(to)];
}

const orderShown = ({ values }: Shown, kept: Criterion[]) => (values ? ordered(values.order) : kept);
const isTicked = ({ values }: Shown, criterion: Criterion, off: Criterion[]) =>
  values && !('institutionId' in values) && !('seen' in values)
    ? asList(values.on).includes(criterion)
    : !off.includes(criterion);
