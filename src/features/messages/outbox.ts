import { runPrepared, type Tx } from '../../database/data-source.js';
import { emailOf, phoneOf } from './contacts.js';
import type { InvitationPurpose, UserPurpose } from './purposes.js';

/** The job that sends what is due; whoever cannot wait for its next minute wakes it after the commit. */
export const mailJob = 'mail';

interface MessageCause {
  officeId: number;
  eventId: number;
  invitationId: number;
  purpose: InvitationPurpose;
  /** What caused it, so that the same cause never writes two. */
  cause: string;
  /** What the text needs and no record holds. */
  detail?: Record<string, unknown>;
}

/**
 * An older message that was never sent has been overtaken: nobody should send an offer after its end. It goes by
 * e-mail where there is an address, and by WhatsApp where there is a phone, or nothing else; who was reached by
 * one of the two before is told by that one.
 */
const queueStatement = `
  WITH overtaken AS (
    UPDATE message SET state = 'cancelled'
    WHERE invitation_id = $3 AND delegate_id IS NULL AND state IN ('queued', 'held')),
  reached AS (
    SELECT bool_or(channel = 'email') AS "byEmail", bool_or(channel = 'whatsapp') AS "byWhatsapp"
    FROM message WHERE invitation_id = $3 AND delegate_id IS NULL AND state = 'sent'),
  contact AS (
    SELECT ${emailOf} IS NOT NULL AS email, ${phoneOf} IS NOT NULL AS phone
    FROM invitation i JOIN institution l ON l.id = i.institution_id WHERE i.id = $3),
  ways AS (
    SELECT 'email' AS channel FROM contact, reached
    WHERE email AND ("byEmail" OR NOT coalesce("byWhatsapp", false))
    UNION ALL
    SELECT 'whatsapp' FROM contact, reached
    WHERE NOT email OR "byWhatsapp" OR (phone AND NOT coalesce("byEmail", false)))
  INSERT INTO message (office_id, event_id, invitation_id, purpose, channel, dedupe_key, detail)
  SELECT $1, $2, $3, $4, channel, $5 || ':' || channel, $6 FROM ways`;

/** Writes outbox rows in the transaction of what caused them; they leave after commit, by hand or by a job. */
export async function queueMessage(tx: Tx, message: MessageCause): Promise<void> {
  const { officeId, eventId, invitationId, purpose, cause, detail = {} } = message;
  await runPrepared(tx, 'queue_message', queueStatement, [
    officeId,
    eventId,
    invitationId,
    purpose,
    `${purpose}:${invitationId}:${cause}`,
    JSON.stringify(detail),
  ]);
}

interface UserMessage {
  officeId: number | null;
  userId: number;
  purpose: UserPurpose;
  /** The access link that it brings; only its number is kept. */
  linkId: number;
  now: Date;
}

/**
 * The same for somebody with an account, about a link to set a password; older ones open nothing any more. Written
 * as if it were due since yesterday: whoever waits for a password stands before a thousand invitations.
 */
export async function queueUserMessage(tx: Tx, message: UserMessage): Promise<void> {
  const { officeId, userId, purpose, linkId, now } = message;
  await tx.query(
    `WITH overtaken AS (
       UPDATE message SET state = 'cancelled' WHERE user_id = $2 AND state IN ('queued', 'held'))
     INSERT INTO message (office_id, user_id, purpose, channel, dedupe_key, detail, created_at, due_at)
     VALUES ($1, $2, $3, 'email', $4, $5, $6::timestamptz, $6::timestamptz - interval '1 day')`,
    [officeId, userId, purpose, `${purpose}:u${userId}:${linkId}:email`, JSON.stringify({ linkId }), now],
  );
}
