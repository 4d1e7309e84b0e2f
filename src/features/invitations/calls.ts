import type { DataSource } from 'typeorm';
import type { Clock } from '../../clock.js';
import { inTransaction } from '../../database/data-source.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { belongsToEvent } from './invitations.repository.js';
import { PhoneCall, type CallOutcome } from './phone-call.entity.js';

/**
 * Notes a phone call about an invitation. What was said stays out of the audit log.
 * @throws NotFound for an invitation of another event
 */
export function noteCall(
  { db, clock }: { db: DataSource; clock: Clock },
  actor: OfficeActor,
  { eventId, invitationId }: { eventId: number; invitationId: number },
  call: { outcome: CallOutcome; text: string },
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await belongsToEvent(tx, eventId, invitationId);
    await tx.insert(PhoneCall, { ...call, eventId, invitationId, at: clock.now(), userId: actor.userId });
    await recordAudit(tx, byActor(actor), {
      action: 'invitation.called',
      subject: ['invitation', invitationId],
      detail: { event: eventId, outcome: call.outcome },
    });
  });
}
