import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { zoneLabel } from '../../i18n/zones.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { plainText, readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame, findEventFor } from '../events/events.service.js';
import { belongsToEvent } from '../invitations/invitations.service.js';
import type { PlannedKey } from './reminders.repository.js';
import { rulesSchema, stopSchema } from './reminders.schema.js';
import { changeRules, remindersFor, stopReminders, stopRemindersOf } from './reminders.service.js';
import { slots, type Rule, type Slot } from './rules.js';

/** A page goes on after this row: `2026-03-06T00:00:00.000Z|day|12` */
function readPlace(given: unknown): PlannedKey | undefined {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\|([a-z_]+)\|(\d{1,9})$/.exec(plainText(given, 80));
  const moment = new Date(parts?.[1] ?? '');
  if (!parts || Number.isNaN(moment.getTime())) return undefined;
  return { moment, slot: parts[2] ?? '', id: Number(parts[3]) };
}

const placeText = ({ moment, slot, id }: PlannedKey) => `${moment.toISOString()}|${slot}|${id}`;

/** The rules as fields of the form. */
function fieldsOf(rules: Record<Slot, Rule>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const slot of slots) {
    fields[`${slot}_active`] = rules[slot].active ? 'on' : undefined;
    fields[`${slot}_days`] = rules[slot].days;
    fields[`${slot}_hour`] = rules[slot].hour;
  }
  return fields;
}

/** Reminders of an event: its rules, what is planned, and stopping. */
export function reminderPages(deps: AppDeps) {
  async function show(req: Request, res: Response, state?: FormState): Promise<void> {
    const actor = officeActor(req);
    const frame = await eventFrame(deps, actor, idFrom(req));
    const after = readPlace(req.query.after);
    const { next, rules, ...shown } = await remindersFor(deps, actor, frame.event.id, after);
    res.page(
      'reminders/reminders',
      {
        title: req.t('reminder.title'),
        ...frame,
        ...shown,
        slots,
        rules,
        quietZone: zoneLabel(shown.quiet.zone),
        isFirst: !after,
        next: next && placeText(next),
        errors: state?.errors ?? {},
        values: state?.values ?? fieldsOf(rules),
        saved: fieldsOf(rules),
      },
      state ? 422 : 200,
    );
  }

  const back = (req: Request, res: Response) =>
    res.redirect(303, `/events/${idFrom(req)}/invitations/reminders`);

  return {
    show: (req: Request, res: Response) => show(req, res),

    change: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          await changeRules(deps, officeActor(req), idFrom(req), readForm(rulesSchema, req.body));
          res.flash('common.saved');
          back(req, res);
        },
        (state) => show(req, res, state),
      ),

    async stop(req: Request, res: Response): Promise<void> {
      const { id } = await findEventFor(deps.db.manager, officeActor(req), idFrom(req));
      const isStop = readForm(stopSchema, req.body).act === 'stop';
      await stopReminders(deps, officeActor(req), id, isStop);
      res.flash(isStop ? 'reminder.stopped_all' : 'reminder.resumed_all');
      back(req, res);
    },

    async stopOne(req: Request, res: Response): Promise<void> {
      const { id } = await findEventFor(deps.db.manager, officeActor(req), idFrom(req));
      const invitationId = idFrom(req, 'invitationId');
      await belongsToEvent(deps.db, id, invitationId);
      const { act, from } = readForm(stopSchema, req.body);
      await stopRemindersOf(deps, officeActor(req), id, invitationId, act === 'stop');
      res.flash(act === 'stop' ? 'reminder.stopped_one' : 'reminder.resumed_one');
      if (from === 'list') return back(req, res);
      res.redirect(303, `/events/${id}/invitations/${invitationId}#pengingat`);
    },
  };
}
