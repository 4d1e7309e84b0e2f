import type { Tx } from '../../database/data-source.js';
import { Message } from './message.entity.js';

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

/** Writes an outbox row in the transaction of what caused it; it leaves after commit, by hand or by a job. */
export async function queueMessage(tx: Tx, { cause, ...message }: MessageCause): Promise<void> {
  // An older message that was never sent has been overtaken: nobody should send an offer after its end.
  await tx.query(`UPDATE message SET state = 'cancelled' WHERE invitation_id = $1 AND state = 'queued'`, [
    message.invitationId,
  ]);
  await tx.insert(Message, { ...message, dedupeKey: `${message.purpose}:${message.invitationId}:${cause}` });
}
