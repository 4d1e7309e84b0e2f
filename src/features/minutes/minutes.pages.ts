import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { localParts } from '../../i18n/zones.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { may } from '../accounts/permissions.js';
import { eventFrame } from '../events/events.service.js';
import { hashOf } from './approval.service.js';
import { takePaper, workOn } from './minutes.service.js';
import { allows, isOpen, transitions, type Verb } from './minutes.machine.js';
import { headSchema } from './minutes.schema.js';
import { missingForSubmission } from './missing.js';
import { countedIn } from './participants.js';
import { sendPaper } from './paper.pages.js';
import type { Minutes } from './minutes.entity.js';
import { beginMinutes, changeHead, HeadTaken } from './writing.service.js';

const dateIn = (at: Date | null, zone: string) => (at ? localParts(at, zone).date : '');
const timeIn = (at: Date | null, zone: string) => (at ? localParts(at, zone).time : '');

const headValues = (minutes: Minutes, zone: string): Record<string, unknown> => ({
  letterNumber: minutes.letterNumber,
  letterDate: minutes.letterDate,
  fromDate: dateIn(minutes.heldFrom, zone),
  fromTime: timeIn(minutes.heldFrom, zone),
  untilDate: dateIn(minutes.heldUntil, zone),
  untilTime: timeIn(minutes.heldUntil, zone),
  chairName: minutes.chairName,
  chairPosition: minutes.chairPosition,
  secretaryName: minutes.secretaryName,
  recorderName: minutes.recorderName,
  recorderPosition: minutes.recorderPosition,
  participantsNote: minutes.participantsNote,
});

/** What this person may do next with minutes in this state. */
const actsOf = (req: Request, { state }: Minutes) =>
  Object.fromEntries(
    (Object.keys(transitions) as Verb[]).map((verb) => [
      verb,
      allows(verb, state) && may(req.actor, transitions[verb].by),
    ]),
  );

/** The page of the minutes, in whichever state they are. */
export function showMinutes(deps: AppDeps) {
  return async (req: Request, res: Response, state?: FormState): Promise<void> => {
    const actor = officeActor(req);
    const work = await workOn(deps, actor, idFrom(req));
    const frame = await eventFrame(deps, actor, idFrom(req));
    const page = { title: req.t('minutes.title'), ...frame, ...state };
    const status = state ? 422 : 200;
    if (!work) return res.page('minutes/begin', page, status);
    const writes = isOpen(work.minutes.state) && may(req.actor, 'minutes.write');
    const shown = {
      ...page,
      ...work,
      acts: actsOf(req, work.minutes),
      counted: countedIn(work.content),
      missing: missingForSubmission(work.content),
      seen: hashOf(work.content),
      newId: randomUUID,
    };
    res.page(writes ? 'minutes/editor' : 'minutes/read', shown, status);
  };
}

/** Handlers for beginning, head and paper of the minutes. */
export function minutesPages(deps: AppDeps) {
  const show = showMinutes(deps);

  async function showHead(req: Request, res: Response, state?: FormState, taken?: Minutes): Promise<void> {
    const actor = officeActor(req);
    const frame = await eventFrame(deps, actor, idFrom(req));
    const work = await workOn(deps, actor, idFrom(req));
    if (!work || !isOpen(work.minutes.state)) return res.redirect(303, `/events/${frame.event.id}/minutes`);
    const now = headValues(work.minutes, frame.event.zone);
    const values = state?.values ?? now;
    // Told once what somebody else wrote, whoever saves again means it.
    const version = state && !taken ? values.version : work.minutes.version;
    const theirs = taken
      ? Object.entries(now).filter(([name, value]) => (values[name] ?? '') !== (value ?? ''))
      : [];
    const page = { title: req.t('minutes.head'), ...frame, ...state, theirs, values: { ...values, version } };
    res.page('minutes/head', page, state ? 422 : 200);
  }

  return {
    show: (req: Request, res: Response) => show(req, res),

    async begin(req: Request, res: Response): Promise<void> {
      const id = idFrom(req);
      await beginMinutes(deps, officeActor(req), id);
      res.redirect(303, `/events/${id}/minutes`);
    },

    showHead: (req: Request, res: Response) => showHead(req, res),

    async saveHead(req: Request, res: Response): Promise<void> {
      let taken: Minutes | undefined;
      await actOrShow(
        req,
        async () => {
          const form = readForm(headSchema, req.body);
          await changeHead(deps, officeActor(req), idFrom(req), form).catch((error: unknown) => {
            if (error instanceof HeadTaken) taken = error.current;
            throw error;
          });
          res.flash('common.saved');
          res.redirect(303, `/events/${idFrom(req)}/minutes`);
        },
        (state) => showHead(req, res, state, taken),
      );
    },

    /** The approved paper, or a draft of it. */
    async paper(req: Request, res: Response): Promise<void> {
      const paper = await takePaper(deps, officeActor(req), idFrom(req));
      sendPaper(deps, res, paper, req.t('minutes.file_name'));
    },
  };
}
