import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { actOrShow, type FormMistake, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame, findEventFor } from '../events/events.service.js';
import { promoteAfterSeatsChanged } from '../invitations/invitations.service.js';
import { apportion, InfeasibleMinimum } from './apportionment.js';
import { EventQuota, type Dimension } from './event-quota.entity.js';
import { populationBy, reservedSeats, stratumChoices } from './quotas.repository.js';
import { holderSchema, quotaSchema } from './quotas.schema.js';
import { countReserved, nameReservedSeat, saveQuota } from './quotas.service.js';
import { readStrata } from './strata.js';
import { layOutStrip } from './strip.js';

interface FormRow {
  key: string;
  seats: string | number;
  limit: string | number | null;
}

/** Empty rows at the end, so that strata can be added without a script. */
const spareRows = 2;

/** A form that came back, with a mistake or with suggested shares. */
type Shown = Partial<FormState> & { isSuggested?: boolean };

export function quotaPages(deps: AppDeps) {
  const { db } = deps;

  async function show(req: Request, res: Response, state: Shown = {}, mistake?: FormMistake): Promise<void> {
    const actor = officeActor(req);
    const eventId = idFrom(req);
    const frame = await eventFrame(deps, actor, eventId);
    const quota = await db.manager.findOneByOrFail(EventQuota, { eventId });
    const strata = await readStrata(db.manager, eventId);
    const dimension = asDimension(state.values?.dimension ?? req.query.dimension, quota.dimension);
    const language = req.language === 'en' ? 'en' : 'id';
    const choices = await stratumChoices(db.manager, dimension, actor.office.regionCode, language);
    const typed = state.values?.strata as Record<string, FormRow> | undefined;
    const kept = dimension === quota.dimension ? strata.filter(({ key }) => key !== 'umum') : [];
    const rows: FormRow[] = typed ? Object.values(typed) : kept;
    const reserved = await countReserved(db.manager, eventId);
    const names = new Map(choices.map(({ key, name }) => [key, name]));
    const errors = mistake?.errors ?? state.errors ?? {};
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    res.page(
      'quotas/quota',
      {
        title: frame.event.title,
        ...frame,
        quota,
        dimension,
        choices,
        rows: dimension === 'none' ? [] : [...rows, ...spare()],
        strata,
        strip: layOutStrip(strata),
        nameOf: (key: string) => names.get(key) ?? req.t(`quota.key_${key === 'umum' ? 'umum' : 'lainnya'}`),
        isSuggested: state.isSuggested,
        reserved,
        reservedSeats: await reservedSeats(db.manager, eventId),
        errors,
        mistake,
        values: { ...flatReserved(state.values), ...state.values },
      },
      status,
    );
  }

  /** Fills the strata with what the apportionment gives (rules.md 18), for the person to look at before saving. */
  async function suggest(req: Request, res: Response): Promise<void> {
    const actor = officeActor(req);
    const eventId = idFrom(req);
    await findEventFor(db.manager, actor, eventId);
    const body = req.body as Record<string, unknown>;
    const { seats } = readForm(quotaSchema.pick({ seats: true }), body);
    const dimension = asDimension(body.dimension, 'none');
    const population = await populationBy(db.manager, dimension, eventId, actor.office.regionCode);
    try {
      const shares = apportion(population, { seats, minimum: 1 });
      const strata = population.map(({ key }) => ({ key, seats: shares.get(key) ?? 0, limit: '' }));
      await show(req, res, { values: { ...body, dimension, strata: { ...strata } }, isSuggested: true });
    } catch (error) {
      if (!(error instanceof InfeasibleMinimum)) throw error;
      const problem = { key: 'quota.infeasible', values: { needed: error.needed, seats: error.seats } };
      await show(req, res, { values: body, errors: { seats: problem } });
    }
  }

  return {
    show: (req: Request, res: Response) => show(req, res),

    async save(req: Request, res: Response): Promise<void> {
      const { act } = req.body as { act?: string };
      if (act === 'suggest')
        return actOrShow(
          req,
          () => suggest(req, res),
          (state) => show(req, res, state),
        );
      // Another dimension has other strata: the form comes back with them before anything is kept.
      if (act === 'dimension') return show(req, res, { values: { ...(req.body as object), strata: {} } });
      await actOrShow(
        req,
        async () => {
          const actor = officeActor(req);
          const { id } = await findEventFor(db.manager, actor, idFrom(req));
          const wanted = readForm(quotaSchema, req.body);
          await saveQuota(deps, actor, id, wanted, promoteAfterSeatsChanged(deps.clock, actor));
          res.flash('quota.saved', { count: wanted.seats });
          res.redirect(303, `/events/${id}/${act === 'next' ? 'invitations' : 'quota'}`);
        },
        (state) => show(req, res, state),
      );
    },

    nameReserved: (req: Request, res: Response): Promise<void> =>
      actOrShow(
        req,
        async () => {
          const actor = officeActor(req);
          const { id } = await findEventFor(db.manager, actor, idFrom(req));
          const { holderName } = readForm(holderSchema, req.body);
          await nameReservedSeat(deps, actor, id, idFrom(req, 'seatId'), holderName);
          res.flash('common.saved');
          res.redirect(303, `/events/${id}/quota#reserved`);
        },
        (mistake) => show(req, res, {}, { ...mistake, form: `seat${idFrom(req, 'seatId')}` }),
      ),
  };
}

const spare = (): FormRow[] => Array.from({ length: spareRows }, () => ({ key: '', seats: '', limit: '' }));

const asDimension = (given: unknown, otherwise: Dimension): Dimension =>
  given === 'none' || given === 'service' || given === 'region' ? given : otherwise;

/** The form's fields `reserved[speaker]` come back as an object; the page asks for them by their names. */
function flatReserved(values: Record<string, unknown> | undefined): Record<string, unknown> {
  const reserved = values?.reserved as Record<string, unknown> | undefined;
  return Object.fromEntries(
    Object.entries(reserved ?? {}).map(([use, count]) => [`reserved[${use}]`, count]),
  );
}
