import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { formatPhone } from '../../i18n/format.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame } from '../events/events.service.js';
import { seriesFor, venuesFor } from '../events/plan.service.js';
import { actionAsideSchema, actionSchema } from './actions.schema.js';
import { changeAction, createAction, findActionFor, prefilledFrom } from './actions.service.js';
import type { ActionRecord } from './actions.repository.js';
import { findOwner, ownerChoices, type OwnerRecord } from './owners.service.js';

type Values = Record<string, unknown>;

/** A follow-up as the fields of its form hold it. */
function valuesOf(action: ActionRecord, owner: OwnerRecord): Values {
  const { problem, title, proposedBy, involved, dueOn, seriesId, version } = action;
  const names = { unit: 'ownerUnit', institution: 'ownerInstitution', outside: 'ownerOutside', user: '' };
  return {
    ...{ problem, title, proposedBy, involved, version },
    dueOn: dueOn ?? '',
    seriesId: seriesId ?? '',
    ownerKind: owner.kind,
    ownerUserId: owner.userId ?? '',
    ...(owner.kind !== 'user' && { [names[owner.kind]]: owner.name }),
    ownerPhone: owner.kind === 'outside' && owner.phone ? formatPhone(owner.phone) : '',
  };
}

/** The form of a follow-up: from an event, from a line of its minutes, by itself, and to change one. */
export function actionFormPages(deps: AppDeps) {
  const { db } = deps;

  async function show(
    req: Request,
    res: Response,
    shown: { title: string; values: Values; event?: unknown; action?: ActionRecord },
    state?: FormState,
  ): Promise<void> {
    const actor = officeActor(req);
    const values = { ...(state ? state.values : shown.values) };
    // Told once that somebody was faster, whoever saves again means it.
    if (state?.errors.version && shown.action) values.version = shown.action.version;
    const choices = await ownerChoices(db, actor.office.id);
    const lists = { institutions: await venuesFor(deps, actor), series: await seriesFor(deps, actor) };
    const page = { ...shown, ...lists, choices, values, errors: state?.errors ?? {} };
    res.page('actions/form', page, state ? 422 : 200);
  }

  /** The event in the path, or none for a follow-up by itself. */
  const eventIn = async (req: Request) =>
    req.params.id === undefined ? undefined : (await eventFrame(deps, officeActor(req), idFrom(req))).event;

  async function showNew(req: Request, res: Response, state?: FormState): Promise<void> {
    const event = await eventIn(req);
    const { block } = readForm(actionAsideSchema, state ? state.values : req.query);
    const line = event && block ? await prefilledFrom(db, event.id, block) : {};
    const values = { ownerKind: 'institution', block, ...line };
    await show(req, res, { title: req.t('action.new'), values, ...(event && { event }) }, state);
  }

  async function showEdit(req: Request, res: Response, state?: FormState): Promise<void> {
    const actor = officeActor(req);
    const action = await findActionFor(db, actor, idFrom(req));
    const values = valuesOf(action, await findOwner(db, actor.office.id, action.ownerId));
    await show(req, res, { title: req.t('action.edit'), action, values }, state);
  }

  return {
    showNew: (req: Request, res: Response) => showNew(req, res),
    showEdit: (req: Request, res: Response) => showEdit(req, res),

    async create(req: Request, res: Response): Promise<void> {
      const event = await eventIn(req);
      await actOrShow(
        req,
        async () => {
          const { block = null } = readForm(actionAsideSchema, req.body);
          const form = readForm(actionSchema, req.body);
          const origin = { eventId: event?.id ?? null, blockId: block };
          const id = await createAction(deps, officeActor(req), origin, form);
          res.flash('action.created');
          res.redirect(303, event ? `/events/${event.id}/actions#rtl-${id}` : `/actions/${id}`);
        },
        (state) => showNew(req, res, state),
      );
    },

    async change(req: Request, res: Response): Promise<void> {
      const { id } = await findActionFor(db, officeActor(req), idFrom(req));
      await actOrShow(
        req,
        async () => {
          const { version } = readForm(actionAsideSchema, req.body);
          await changeAction(deps, officeActor(req), id, readForm(actionSchema, req.body), version);
          res.flash('common.saved');
          res.redirect(303, `/actions/${id}`);
        },
        (state) => showEdit(req, res, state),
      );
    },
  };
}
