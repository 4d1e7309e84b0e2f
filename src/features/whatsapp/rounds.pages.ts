import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { baseUrl } from '../../web/base-url.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame, findEventFor } from '../events/events.service.js';
import { sharedTexts, sharingOf } from '../invitations/invitations.service.js';
import { roundPurposeNames, roundPurposes } from './audience.js';
import { audienceOf, roundsOf } from './rounds.repository.js';
import { startRound } from './rounds.service.js';
import { readRoundChoice, roundForm } from './whatsapp.schema.js';

/** A round by hand: what to whom, looked at before it is written. */
export function roundPages(deps: AppDeps) {
  const { db } = deps;

  async function show(req: Request, res: Response, state?: FormState): Promise<void> {
    const actor = officeActor(req);
    const frame = await eventFrame(deps, actor, idFrom(req));
    const { event } = frame;
    const chosen = readRoundChoice(state?.values ?? req.query);
    const audience = await audienceOf(db, event.id, chosen.answer);
    const [example] = audience.first;
    const sharing = await sharingOf(deps, baseUrl(req, deps.config), actor, event);
    const told = { purpose: chosen.purpose, detail: { changes: chosen.changes } };
    res.page(
      'whatsapp/round',
      {
        title: event.title,
        ...frame,
        chosen,
        purposes: roundPurposeNames,
        fitting: roundPurposes[chosen.purpose],
        audience,
        example: example && { name: example.name, text: sharedTexts(sharing, example, told).text },
        rounds: await roundsOf(db, event.id),
        clientId: randomUUID(),
        errors: state?.errors ?? {},
      },
      state ? 422 : 200,
    );
  }

  return {
    show: (req: Request, res: Response) => show(req, res),

    start: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const actor = officeActor(req);
          const { id } = await findEventFor(db.manager, actor, idFrom(req));
          const form = readForm(roundForm, req.body);
          const count = await startRound(deps, actor, id, form);
          if (count !== undefined) res.flash('whatsapp.round_started', { count });
          res.redirect(303, `/events/${id}/invitations/whatsapp`);
        },
        (state) => show(req, res, state),
      ),
  };
}
