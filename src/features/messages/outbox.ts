import { runPrepared, type Tx } from '../../database/data-source.js';

/** What an institution can be told; each has a text of its own, `invitation.message.<purpose>`. */
export const messagePurposes = [
  'invitation',
  'offer',
  'offer_ended',
  'promotion',
  'day_changed',
  'revocation',
  'cancellation',
] as const;
export type MessagePurpose = (typeof messagePurposes)[number];

interface MessageCause {
  officeId: number;
  eventId: number;
  invitationId: number;
  purpose: MessagePurpose;
  /** What caused it, so that the same cause never writes two. */
  cause: string;
}

// An older message that was never sent has been overtaken: nobody should send an offer after its end.
const queueStatement = `
  WITH overtaken AS (UPDATE message SET state = 'cancelled' WHERE invitation_id = $3 AND state = 'queued')
  INSERT INTO message (office_id, event_id, invitation_id, purpose, dedupe_key) VALUES ($1, $2, $3, $4, $5)`;

/** Writes an outbox row in the transaction of what caused it; it leaves after commit, by hand or by a job. */
export async function queueMessage(tx: Tx, message: MessageCause): Promise<void> {
  const { officeId, eventId, invitationId, purpose, cause } = message;
  const dedupeKey = `${purpose}:${invitationId}:${cause}`;
  await runPrepared(tx, 'queue_message', queueStatement, [
    officeId,
    eventId,
    invitationId,
    purpose,
    dedupeKey,
  ]);
}
