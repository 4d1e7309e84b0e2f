import { inTransaction, type Tx } from '../../database/data-source.js';
import { Conflict, InvalidInput } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit, type AuditAuthor } from '../audit/audit.service.js';
import { openInvitations, tellCancellation } from '../invitations/invitations.service.js';
import { Event } from './event.entity.js';
import type { EventState } from './event-words.js';
import { missingForPublication } from './event-steps.js';
import { countsOf } from './events.repository.js';
import type { ChosenState } from './events.schema.js';
import { lockEvent, type EventChanges, type EventDeps } from './plan.service.js';

async function saveState(
  tx: Tx,
  actor: OfficeActor,
  event: Event,
  action: string,
  changes: EventChanges,
): Promise<void> {
  await tx.update(Event, event.id, { ...changes, version: event.version + 1 });
  await recordAudit(tx, byActor(actor), {
    action,
    subject: ['event', event.id],
    fields: ['state'],
    detail: { from: event.state, to: changes.state ?? event.state },
  });
}

/**
 * Publishes a draft: its invitations go out in the same transaction.
 * @throws InvalidInput at `publication` while something is missing; Conflict when it is no draft
 */
export function publishEvent({ db, clock }: EventDeps, actor: OfficeActor, id: number): Promise<void> {
  return inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, actor, id);
    if (event.state !== 'draft') throw new Conflict('event.error.not_draft');
    const now = clock.now();
    if (missingForPublication(event, await countsOf(tx, id), now).length > 0)
      throw InvalidInput.at('publication', 'event.error.incomplete');
    await saveState(tx, actor, event, 'event.published', { state: 'published', publishedAt: now });
    await openInvitations(tx, clock, actor, id);
  });
}

/**
 * Cancels an event; everyone who was told of it is told so.
 * @throws Conflict when it is finished or cancelled already
 */
export function cancelEvent(
  { db, clock }: EventDeps,
  actor: OfficeActor,
  id: number,
  reason: string,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, actor, id);
    if (event.state === 'finished' || event.state === 'cancelled') throw new Conflict('event.error.over');
    await saveState(tx, actor, event, 'event.cancelled', {
      state: 'cancelled',
      cancelReason: reason,
      calendarSequence: event.calendarSequence + 1,
    });
    await tellCancellation(tx, clock, actor, id);
  });
}

/** Where an event stands by its days alone. */
export function stateByClock(
  { startsAt, endsAt }: Pick<Event, 'startsAt' | 'endsAt'>,
  now: Date,
): EventState {
  if (endsAt && endsAt <= now) return 'finished';
  return startsAt && startsAt <= now ? 'running' : 'published';
}

/**
 * A person overrules the clock, or gives the event back to it.
 * @throws Conflict for a draft or a cancelled event, which have acts of their own
 */
export function overruleState(
  { db, clock }: EventDeps,
  actor: OfficeActor,
  id: number,
  chosen: ChosenState,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, actor, id);
    if (event.state === 'draft' || event.state === 'cancelled') throw new Conflict('event.error.state_fixed');
    const state = chosen === 'clock' ? stateByClock(event, clock.now()) : chosen;
    await saveState(tx, actor, event, 'event.state_overruled', { state, stateByHand: chosen !== 'clock' });
  });
}

interface Due {
  id: number;
  officeId: number;
  state: EventState;
  startsAt: Date;
  endsAt: Date;
}

// Another process may be at the same rows: it keeps them, and this one finds nothing to do.
const dueQuery = `
  SELECT id, office_id AS "officeId", state, starts_at AS "startsAt", ends_at AS "endsAt" FROM event
  WHERE NOT state_by_hand
    AND ((state = 'published' AND starts_at <= $1) OR (state = 'running' AND ends_at <= $1))
  ORDER BY id LIMIT 200 FOR NO KEY UPDATE SKIP LOCKED`;

/**
 * Moves events on by their days: published → running → finished. Safe to run twice and in several processes.
 * @returns how many events moved
 */
export function advanceEvents({ db, clock }: EventDeps): Promise<number> {
  return inTransaction(db, async (tx) => {
    const now = clock.now();
    const due = (await tx.query(dueQuery, [now])) as Due[];
    for (const event of due) {
      const state = stateByClock(event, now);
      const author: AuditAuthor = { officeId: event.officeId, userId: null, way: 'clock' };
      await tx.update(Event, event.id, { state });
      await recordAudit(tx, author, {
        action: 'event.advanced',
        subject: ['event', event.id],
        fields: ['state'],
        detail: { from: event.state, to: state },
      });
    }
    return due.length;
  });
}
