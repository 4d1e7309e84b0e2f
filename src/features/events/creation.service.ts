import { Temporal } from 'temporal-polyfill';
import { inTransaction, type Tx } from '../../database/data-source.js';
import { InvalidInput } from '../../errors.js';
import { addDays, instantOf, localParts } from '../../i18n/zones.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { cloneQuota, createQuota } from '../quotas/quotas.service.js';
import { cloneRules } from '../reminders/reminders.service.js';
import { Event } from './event.entity.js';
import { findEvent } from './events.repository.js';
import type { CloneInput, NewEvent } from './events.schema.js';
import { insertAgendaItem, insertSession, insertSpeaker, readPlan } from './plan.repository.js';
import { spanOf } from './days.service.js';
import type { EventChanges, EventDeps } from './plan.service.js';

async function insertEvent(tx: Tx, actor: OfficeActor, fields: EventChanges): Promise<number> {
  const { identifiers } = await tx.insert(Event, {
    ...fields,
    officeId: actor.office.id,
    createdBy: actor.userId,
  });
  return Number(identifiers[0]?.id);
}

/**
 * A new draft from the short form: as many days in a row as asked for, each with one session at the same hours.
 * @throws InvalidInput when a day would end before it starts
 */
export function createEvent({ db }: EventDeps, actor: OfficeActor, wanted: NewEvent): Promise<number> {
  const { firstDay, from, to, days, ...facts } = wanted;
  const { zone } = actor.office;
  if (to && to <= from) throw InvalidInput.at('to', 'event.error.end_before_start');
  const sessions = Array.from({ length: days }, (_, index) => {
    const date = addDays(firstDay, index);
    return {
      date,
      title: '',
      startsAt: instantOf(date, from, zone),
      endsAt: to ? instantOf(date, to, zone) : null,
    };
  });
  return inTransaction(db, async (tx) => {
    const span = spanOf(sessions, zone);
    const id = await insertEvent(tx, actor, { ...facts, ...span, zone, namesUntil: span.startsAt });
    for (const session of sessions) await insertSession(tx, id, session);
    await createQuota(tx, id);
    await recordAudit(tx, byActor(actor), { action: 'event.created', subject: ['event', id] });
    return id;
  });
}

/** Moves instants by whole days of the wall clock, so that hours stay what they were. */
const mover = (days: number, zone: string) => (at: Date) => {
  const { date, time } = localParts(at, zone);
  return instantOf(addDays(date, days), time, zone);
};

async function clonePlan(
  tx: Tx,
  from: number,
  to: number,
  days: number,
  move: (at: Date) => Date,
): Promise<void> {
  const plan = await readPlan(tx, from);
  const speakerIds = new Map<number, number>();
  for (const speaker of plan.speakers) speakerIds.set(speaker.id, await insertSpeaker(tx, to, speaker));
  for (const session of plan.sessions) {
    const { id, date, title, startsAt, endsAt } = session;
    const moved = {
      title,
      date: addDays(date, days),
      startsAt: move(startsAt),
      endsAt: endsAt && move(endsAt),
    };
    const sessionId = await insertSession(tx, to, moved);
    for (const item of plan.agenda.filter((other) => other.sessionId === id))
      await insertAgendaItem(tx, {
        ...item,
        sessionId,
        startsAt: move(item.startsAt),
        endsAt: item.endsAt && move(item.endsAt),
        speakerId: item.speakerId && (speakerIds.get(item.speakerId) ?? null),
      });
  }
}

/**
 * A new draft like an earlier event: days and deadlines moved to the new first day, agenda, speakers, quota and
 * rules of reminding copied, nobody invited. A deadline that would already have passed is left open.
 * @throws NotFound for an event of another office, or none
 */
export function cloneEvent(
  { db, clock }: EventDeps,
  actor: OfficeActor,
  fromId: number,
  wanted: CloneInput,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const source = await findEvent(tx, actor, fromId);
    const first = source.firstDay ?? wanted.firstDay;
    const days = Temporal.PlainDate.from(first).until(wanted.firstDay).days;
    const move = mover(days, source.zone);
    const now = clock.now();
    const movedAhead = (deadline: Date) => (move(deadline) > now ? move(deadline) : null);
    const { id: _id, createdAt: _createdAt, ...facts } = source;
    const id = await insertEvent(tx, actor, {
      ...facts,
      title: wanted.title,
      state: 'draft',
      stateByHand: false,
      cancelReason: '',
      firstDay: source.firstDay && wanted.firstDay,
      startsAt: source.startsAt && move(source.startsAt),
      endsAt: source.endsAt && move(source.endsAt),
      answerBy: source.answerBy && movedAhead(source.answerBy),
      namesUntil: source.namesUntil && move(source.namesUntil),
      calendarSequence: 0,
      remindersStoppedAt: null,
      clonedFromId: fromId,
      version: 1,
      publishedAt: null,
    });
    await clonePlan(tx, fromId, id, days, move);
    await cloneQuota(tx, fromId, id, movedAhead);
    await cloneRules(tx, fromId, id);
    await recordAudit(tx, byActor(actor), {
      action: 'event.cloned',
      subject: ['event', id],
      detail: { from: fromId },
    });
    return id;
  });
}
