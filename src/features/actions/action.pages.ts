import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { NotFound } from '../../errors.js';
import { localParts } from '../../i18n/zones.js';
import { sendEvidence } from '../../web/send-file.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor, type Handler } from '../../web/routes.js';
import { uploadedFiles } from '../../web/uploads.js';
import type { Verb } from './action.machine.js';
import { mayChange, stepsFor } from './actions.policy.js';
import { noteSchema, reasonSchemas, stepSchema } from './actions.schema.js';
import { findActionFor, noteAction, stepAction, timeLineOf, type StepDetails } from './actions.service.js';
import { findEvidence, judgeEvidence } from './evidence.js';

/** What a step's form says, by the fields that it has. */
const detailsFrom: Partial<Record<Verb, (body: unknown) => StepDetails>> = {
  return: (body) => {
    const { version, returnReason } = readForm(reasonSchemas.return, body);
    return { version, reason: returnReason };
  },
  defer: (body) => {
    const { version, deferReason, deferUntil } = readForm(reasonSchemas.defer, body);
    return { version, reason: deferReason, until: deferUntil };
  },
  drop: (body) => {
    const { version, dropReason } = readForm(reasonSchemas.drop, body);
    return { version, reason: dropReason };
  },
  reopen: (body) => {
    const { version, reopenReason } = readForm(reasonSchemas.reopen, body);
    return { version, reason: reopenReason };
  },
};

/** One follow-up: what it is, what became of it, and the next step. */
export function actionPages(deps: AppDeps) {
  const { db, clock, files } = deps;

  async function show(req: Request, res: Response, state?: FormState): Promise<void> {
    const actor = officeActor(req);
    const action = await findActionFor(db, actor, idFrom(req));
    const page = {
      title: action.title,
      action,
      today: localParts(clock.now(), actor.office.zone).date,
      timeLine: await timeLineOf(db, action.id),
      steps: stepsFor(actor, action),
      mayChange: mayChange(actor, action),
      clientId: state?.values.clientId ?? randomUUID(),
    };
    res.page('actions/action', { ...page, ...state }, state ? 422 : 200);
  }

  const step =
    (verb: Verb): Handler =>
    (req, res) =>
      actOrShow(
        req,
        async () => {
          const details = (detailsFrom[verb] ?? ((body) => readForm(stepSchema, body)))(req.body);
          await stepAction(deps, officeActor(req), idFrom(req), verb, details);
          res.flash(`action.done_${verb}`);
          res.redirect(303, `/actions/${idFrom(req)}`);
        },
        (state) => show(req, res, state),
      );

  const note: Handler = (req, res) =>
    actOrShow(
      req,
      async () => {
        // Found first: nothing is judged or kept for an address that is not there.
        const { id } = await findActionFor(db, officeActor(req), idFrom(req));
        const typed = readForm(noteSchema, req.body);
        const evidence = await judgeEvidence(files, uploadedFiles(req)[0]);
        await noteAction(deps, officeActor(req), id, typed, evidence);
        res.flash('action.done_note');
        res.redirect(303, `/actions/${id}#riwayat`);
      },
      (state) => show(req, res, state),
    );

  const file =
    (small: boolean): Handler =>
    async (req, res) => {
      const { id } = await findActionFor(db, officeActor(req), idFrom(req));
      const found = await findEvidence(db, { actionId: id, noteId: idFrom(req, 'noteId'), small });
      if (!found) throw new NotFound();
      await sendEvidence(deps, req, res, found);
    };

  return { show: (req: Request, res: Response) => show(req, res), step, note, file };
}
