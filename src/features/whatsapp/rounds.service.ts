import type { DataSource } from 'typeorm';
import type { Clock } from '../../clock.js';
import { inTransaction } from '../../database/data-source.js';
import { Conflict, InvalidInput } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { lockQuota } from '../quotas/quota-lock.js';
import type { EventState } from '../events/event-words.js';
import { roundPurposeNames, type RoundPurpose } from './audience.js';
import { insertRound } from './rounds.repository.js';
import type { RoundForm } from './whatsapp.schema.js';

/** What a round can say while an event stands like this: everything before it, little afterwards. */
export function purposesNow(state: EventState): readonly RoundPurpose[] {
  if (state === 'published' || state === 'running') return roundPurposeNames;
  return state === 'finished' ? ['thanks', 'follow_up'] : [];
}

/**
 * Writes one purpose to many institutions: outbox rows for the WhatsApp queue, one for each. Who has something in
 * the queue already is left out. A second tap on the same preview does nothing more.
 * @returns how many are told; undefined for that second tap
 * @throws Conflict when the event cannot be told of, InvalidInput at `answer` when nobody is left
 */
export function startRound(
  { db, clock }: { db: DataSource; clock: Clock },
  actor: OfficeActor,
  eventId: number,
  form: RoundForm,
): Promise<number | undefined> {
  return inTransaction(db, async (tx) => {
    // Whatever is written to institutions is written under this lock: nobody gets two messages at once.
    const { eventState } = await lockQuota(tx, eventId);
    if (!purposesNow(eventState).includes(form.purpose)) throw new Conflict('invitation.event_not_open');
    const round = await insertRound(tx, {
      ...form,
      officeId: actor.office.id,
      eventId,
      userId: actor.userId,
      now: clock.now(),
    });
    if (!round) return undefined;
    if (round.count === 0) throw InvalidInput.at('answer', 'whatsapp.nobody');
    await recordAudit(tx, byActor(actor), {
      action: 'whatsapp.round_started',
      subject: ['event', eventId],
      detail: { round: round.id, purpose: form.purpose, answer: form.answer, count: round.count },
    });
    return round.count;
  });
}
