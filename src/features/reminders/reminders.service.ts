import type { DataSource } from 'typeorm';
import type { Clock } from '../../clock.js';
import { inTransaction } from '../../database/data-source.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { findEventFor } from '../events/events.service.js';
import { lockEvent, openPlan, savePlan } from '../events/plan.service.js';
import { withBook } from '../invitations/book.js';
import { officeAuthor } from '../invitations/invitations.service.js';
import { queueMessages } from '../messages/outbox.js';
import { findOwnOffice } from '../offices/offices.service.js';
import { lockQuota } from '../quotas/quota-lock.js';
import { nextAllowed, type QuietHours } from './quiet.js';
import {
  dueEvents,
  dueReminders,
  holdReminders,
  markStopped,
  plannedReminders,
  plannedSums,
  recallPast,
  rulesOf,
  writeRules,
  writtenSums,
  type DueEvent,
  type PlannedKey,
} from './reminders.repository.js';
import type { RulesForm } from './reminders.schema.js';
import { reminderPurposes } from './rules.js';

export { cloneRules } from './reminders.repository.js';

interface ReminderDeps {
  db: DataSource;
  clock: Clock;
}

/**
 * When and how often an event reminds.
 * @throws InvalidInput at `version` when somebody else was faster, Conflict for a cancelled event
 */
export const changeRules = (
  { db }: ReminderDeps,
  actor: OfficeActor,
  eventId: number,
  { version, rules }: RulesForm,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const event = await openPlan(tx, actor, eventId, version);
    await writeRules(tx, eventId, rules);
    await savePlan(tx, actor, event, {}, ['reminders']);
  });

/**
 * Stops every reminder of an event at once, those that wait to be sent too, or lets them go on. A moment that passed
 * meanwhile is not made up for unless it is less than a day ago.
 */
export const stopReminders = (
  { db, clock }: ReminderDeps,
  actor: OfficeActor,
  eventId: number,
  isStop: boolean,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, actor, eventId);
    if ((event.remindersStoppedAt !== null) === isStop) return;
    await savePlan(tx, actor, event, { remindersStoppedAt: isStop ? clock.now() : null });
    await holdReminders(tx, eventId, reminderPurposes, isStop);
  });

/** The same for one institution alone, whose invitation the caller has found in the event. */
export const stopRemindersOf = (
  deps: ReminderDeps,
  actor: OfficeActor,
  eventId: number,
  invitationId: number,
  isStop: boolean,
): Promise<void> =>
  withBook(deps, eventId, officeAuthor(actor), async ({ tx, now }) => {
    await markStopped(tx, invitationId, isStop ? now : null);
    await holdReminders(tx, eventId, reminderPurposes, isStop, invitationId);
    await recordAudit(tx, byActor(actor), {
      action: isStop ? 'invitation.reminders_stopped' : 'invitation.reminders_resumed',
      subject: ['invitation', invitationId],
      detail: { event: eventId },
    });
  });

const pageSize = 25;

/**
 * Who of an event will be told what, when and by which channel, as far as can be said now; moments in the office's
 * quiet hours are moved to their end. @throws NotFound
 */
export async function remindersFor(
  { db, clock }: ReminderDeps,
  actor: OfficeActor,
  eventId: number,
  after: PlannedKey | undefined,
) {
  await findEventFor(db.manager, actor, eventId);
  const { quietFrom, quietUntil, zone } = await findOwnOffice(db, actor);
  const quiet: QuietHours = { from: quietFrom, until: quietUntil, zone };
  const now = clock.now();
  // What is due already goes with the next round of the clock, or when the quiet hours end.
  const at = (moment: Date) => nextAllowed(moment < now ? now : moment, quiet);
  const found = await plannedReminders(db.manager, eventId, now, after, pageSize + 1);
  const last = found.length > pageSize ? found[pageSize - 1] : undefined;
  const sums = await plannedSums(db.manager, eventId, now);
  return {
    quiet,
    rules: await rulesOf(db.manager, eventId),
    sums: sums.map((sum) => ({ ...sum, from: at(sum.from), until: at(sum.until) })),
    written: await writtenSums(db.manager, eventId, reminderPurposes),
    planned: found.slice(0, pageSize).map((one) => ({ ...one, at: at(one.moment) })),
    next: last && { moment: last.moment, slot: last.slot, id: last.invitationId },
  };
}

/**
 * Writes the reminders of one event that are due. Under the lock of the quota, like every answer: who answers at the
 * same time is either reminded before, and the reminder called off with the answer, or not at all.
 */
const remind = ({ db, clock }: ReminderDeps, { eventId, officeId }: DueEvent): Promise<number> =>
  inTransaction(db, async (tx) => {
    await lockQuota(tx, eventId);
    const now = clock.now();
    let reminded = 0;
    for (const { purpose, cause, ids } of await dueReminders(tx, eventId, now)) {
      const telling = { officeId, eventId, purpose, cause, now, overtakes: [purpose] };
      const count = await queueMessages(tx, telling, ids);
      reminded += count;
      if (count > 0)
        await recordAudit(
          tx,
          { officeId, userId: null, way: 'clock' },
          { action: 'event.reminded', subject: ['event', eventId], detail: { purpose, count } },
        );
    }
    return reminded;
  });

/**
 * Writes every reminder that is due and not in the quiet hours of its office. Safe in several processes and after a
 * kill: an event is one transaction, and the key of a message keeps it from being written twice.
 * @returns how many institutions are reminded
 */
export async function queueDueReminders(deps: ReminderDeps): Promise<number> {
  const now = deps.clock.now();
  await recallPast(deps.db.manager, now);
  let reminded = 0;
  for (const event of await dueEvents(deps.db.manager, now)) {
    const quiet = { from: event.quietFrom, until: event.quietUntil, zone: event.zone };
    if (nextAllowed(now, quiet) <= now) reminded += await remind(deps, event);
  }
  return reminded;
}
