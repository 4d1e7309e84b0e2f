import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { localParts } from '../../i18n/zones.js';
import { actOrShow, type FormMistake, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame, findEventFor } from '../events/events.service.js';
import { type transitions } from './action.machine.js';
import { stepsFor } from './actions.policy.js';
import { evaluationSchema } from './actions.schema.js';
import { allActionsOfEvent, evaluationOf, type EvaluatedAction } from './actions.service.js';
import { recordEvaluation } from './carrying.js';

/** Steps that need no more than a tap while a meeting goes on. */
const stepsHere = ['start', 'hand_in', 'verify'] as const satisfies (keyof typeof transitions)[];

/** `form` is what the ids of its fields begin with. */
type EvaluationMistake = FormMistake & { id: number };

/** The form of one follow-up with something wrong; its fields carry its number, so that each is one of its kind. */
function mistakeAt(id: number, { errors, values }: FormState): EvaluationMistake {
  const named = Object.entries(errors).map(([name, problem]) => [`${name}-${id}`, problem] as const);
  return { id, form: 'field', values, errors: Object.fromEntries(named) };
}

/** Follow-ups of an event, and what earlier ones of its series left to ask about. */
export function eventActionPages(deps: AppDeps) {
  const { db, clock } = deps;

  async function show(req: Request, res: Response, mistake?: EvaluationMistake): Promise<void> {
    const actor = officeActor(req);
    const frame = await eventFrame(deps, actor, idFrom(req));
    const asked = await evaluationOf(db, frame.event.id);
    const stepsOf = (action: EvaluatedAction) =>
      // Who handed it in is looked at again when it is verified.
      stepsHere.filter((verb) => stepsFor(actor, { ...action, handedInBy: null }).includes(verb));
    const page = {
      title: req.t('menu.actions'),
      ...frame,
      today: localParts(clock.now(), actor.office.zone).date,
      evaluation: asked.map((action) => ({ ...action, steps: stepsOf(action), clientId: randomUUID() })),
      actions: await allActionsOfEvent(db, frame.event.id),
      mistake,
      errors: mistake?.errors ?? {},
    };
    res.page('actions/event', page, mistake ? 422 : 200);
  }

  return {
    show: (req: Request, res: Response) => show(req, res),

    async evaluate(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const { id: eventId } = await findEventFor(db.manager, actor, idFrom(req));
      const actionId = idFrom(req, 'actionId');
      await actOrShow(
        req,
        async () => {
          const said = readForm(evaluationSchema, req.body);
          await recordEvaluation(deps, actor, { eventId, actionId }, said);
          res.flash('action.done_evaluation');
          res.redirect(303, `/events/${eventId}/actions#rtl-${actionId}`);
        },
        (state) => show(req, res, mistakeAt(actionId, state)),
      );
    },
  };
}
