import { inTransaction } from '../../database/data-source.js';
import { Conflict, InvalidInput } from '../../errors.js';
import { personName } from '../../i18n/format.js';
import { instantOf } from '../../i18n/zones.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { carryActions } from '../actions/actions.service.js';
import { byActor, changedFields, recordAudit } from '../audit/audit.service.js';
import { findEventFor, readPlan, type Plan } from '../events/events.service.js';
import { issuedLetterOf } from '../letters/letters.service.js';
import { lockMinutes, mustBeOpen } from './access.js';
import type { MinutesDeps } from './blocks.service.js';
import { nameOfUser } from './editions.repository.js';
import { Minutes } from './minutes.entity.js';
import type { HeadForm } from './minutes.schema.js';

/** The chair as planned; a meeting that names none is led by who opens it. */
function plannedChair({ speakers }: Plan) {
  const byRole = (role: string) => speakers.find((speaker) => speaker.role === role);
  const chair = byRole('chair') ?? byRole('opening');
  return chair ? { chairName: personName(chair), chairPosition: chair.position } : {};
}

/**
 * Begins the minutes of an event: their head is filled from the plan and the letter that invited, and open promises of earlier events of the
 * series come up again. Pressed twice it begins once.
 * @throws NotFound for an event of another office; Conflict for one that is a draft or cancelled
 */
export function beginMinutes({ db, clock }: MinutesDeps, actor: OfficeActor, eventId: number): Promise<void> {
  return inTransaction(db, async (tx) => {
    const event = await findEventFor(tx, actor, eventId);
    if (event.state === 'draft' || event.state === 'cancelled') throw new Conflict('minutes.error.no_event');
    const plan = await readPlan(tx, eventId);
    const letter = await issuedLetterOf(tx, eventId);
    const head = {
      ...(letter && { letterNumber: letter.number, letterDate: letter.date }),
      heldFrom: plan.sessions[0]?.startsAt ?? null,
      heldUntil: plan.sessions.at(-1)?.endsAt ?? null,
      recorderName: await nameOfUser(tx, actor.userId),
      ...plannedChair(plan),
    };
    const begun = await tx
      .createQueryBuilder()
      .insert()
      .into(Minutes)
      .values({ eventId, ...head, createdAt: clock.now() })
      .orIgnore()
      .returning('event_id')
      .execute();
    if ((begun.raw as unknown[]).length === 0) return;
    await carryActions(tx, clock, eventId);
    await recordAudit(tx, byActor(actor), { action: 'minutes.begun', subject: ['minutes', eventId] });
  });
}

/** Somebody else changed the head meanwhile; carries what it says now. */
export class HeadTaken extends InvalidInput {
  constructor(readonly current: Minutes) {
    super({ version: { key: 'minutes.error.head_taken' } });
  }
}

/** @throws InvalidInput at the date or time that is missing, or when it ended before it began */
function heldTimes({ fromDate, fromTime, untilDate, untilTime }: HeadForm, zone: string) {
  if (fromDate && !fromTime) throw InvalidInput.at('fromTime', 'error.required');
  if (fromTime && !fromDate) throw InvalidInput.at('fromDate', 'error.required');
  if (untilTime && !untilDate && !fromDate) throw InvalidInput.at('untilDate', 'error.required');
  const heldFrom = fromDate && fromTime ? instantOf(fromDate, fromTime, zone) : null;
  const lastDay = untilDate ?? fromDate;
  const heldUntil = lastDay && untilTime ? instantOf(lastDay, untilTime, zone) : null;
  if (heldFrom && heldUntil && heldUntil <= heldFrom)
    throw InvalidInput.at('untilTime', 'event.error.end_before_start');
  return { heldFrom, heldUntil };
}

/**
 * Saves letter, times, chair and note.
 * @throws HeadTaken when somebody else was faster; Conflict when the minutes are closed
 */
export function changeHead(
  { db }: MinutesDeps,
  actor: OfficeActor,
  eventId: number,
  typed: HeadForm,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const event = await findEventFor(tx, actor, eventId);
    const minutes = mustBeOpen(await lockMinutes(tx, actor, eventId, 'for_no_key_update'));
    if (minutes.version !== typed.version) throw new HeadTaken(minutes);
    const { version, fromDate: _1, fromTime: _2, untilDate: _3, untilTime: _4, ...words } = typed;
    const changes = { ...words, ...heldTimes(typed, event.zone) };
    const fields = changedFields(minutes, changes);
    if (fields.length === 0) return;
    await tx.update(Minutes, eventId, { ...changes, version: version + 1 });
    await recordAudit(tx, byActor(actor), {
      action: 'minutes.head_changed',
      subject: ['minutes', eventId],
      fields,
    });
  });
}
