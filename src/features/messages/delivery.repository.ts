import type { DataSource } from 'typeorm';
import { readPrepared, type Tx } from '../../database/data-source.js';
import type { MailMessage } from './mails.js';
import { isMoot } from './moot.js';

/** A message that this process alone may send, until `claimedUntil`. */
export interface ClaimedMessage extends MailMessage {
  attempts: number;
  claimedUntil: Date;
  /** A newer message told the institution something else while it was in somebody's hands, or it did so itself. */
  isOvertaken: boolean;
}

const messageColumns = `m.id, m.office_id AS "officeId", m.event_id AS "eventId", m.invitation_id AS "invitationId",
  m.delegate_id AS "delegateId", m.user_id AS "userId", m.purpose, m.detail`;

/** SQL: message `m` tells an institution how its invitation stands; of two such ones only the newer is so. */
const tellsStanding = (
  m: string,
) => `(${m}.delegate_id IS NULL AND ${m}.purpose IN ('invitation', 'offer', 'offer_ended',
  'promotion', 'day_changed', 'revocation', 'cancellation'))`;

/**
 * Locked rows are skipped, so that two processes never take the same. Whoever was killed with some in its hands gives
 * them back by the end of its lease.
 */
const claimStatement = `
  UPDATE message m SET state = 'sending', claimed_until = $2
  FROM (SELECT d.id, d.state AS was FROM message d
    WHERE d.channel = 'email' AND d.state IN ('queued', 'sending') AND d.due_at <= $1
      AND (d.state = 'queued' OR d.claimed_until <= $1)
    ORDER BY d.due_at, d.id LIMIT $3 FOR UPDATE SKIP LOCKED) due
  WHERE m.id = due.id
  RETURNING ${messageColumns}, m.attempts, m.claimed_until AS "claimedUntil",
    (due.was = 'sending' OR m.attempts > 0) AND ${tellsStanding('m')} AND EXISTS (SELECT 1 FROM message n
      WHERE n.invitation_id = m.invitation_id AND ${tellsStanding('n')} AND n.channel = 'email' AND n.id > m.id)
    OR EXISTS (SELECT 1 FROM invitation i JOIN event e ON e.id = i.event_id
      WHERE i.id = m.invitation_id AND ${isMoot}) AS "isOvertaken"`;

/** Takes the messages that are due, the longest due first. */
export async function claimDue(
  db: DataSource,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<ClaimedMessage[]> {
  const rows = await readPrepared<ClaimedMessage>(db, 'claim_messages', claimStatement, [now, until, limit]);
  return rows.sort((a, b) => a.id - b.id);
}

export interface SentMessage {
  id: number;
  address: string;
  words: string;
}

/** SQL: what the proposal is known by that mail `m` be passed on by WhatsApp instead. */
export const whatsappKeyOf = (m: string) => `regexp_replace(${m}.dedupe_key, ':email$', ':whatsapp')`;

/**
 * Writes down that these have left. What was refused before takes its proposal for WhatsApp along; one that was written
 * together with the mail goes both ways.
 */
export async function recordSent(db: DataSource, sent: SentMessage[], now: Date): Promise<void> {
  const statement = `
    WITH done AS (
      UPDATE message m SET state = 'sent', sent_at = $1, claimed_until = NULL, address = s.address, reply = s.words
      FROM unnest($2::bigint[], $3::text[], $4::text[]) AS s (id, address, words) WHERE m.id = s.id
      RETURNING m.dedupe_key, m.created_at, m.refused_at)
    UPDATE message w SET state = 'cancelled' FROM done
    WHERE done.refused_at IS NOT NULL AND w.dedupe_key = ${whatsappKeyOf('done')} AND w.state = 'queued'
      AND w.created_at <> done.created_at`;
  const columns = [
    sent.map(({ id }) => id),
    sent.map(({ address }) => address),
    sent.map(({ words }) => words),
  ];
  await readPrepared(db, 'record_sent', statement, [now, ...columns]);
}

/** Back into the queue, untried: nothing about these messages is wrong. */
export async function giveBack(db: DataSource, ids: number[]): Promise<void> {
  await db.query(
    `UPDATE message SET state = 'queued', claimed_until = NULL WHERE id = ANY ($1) AND state = 'sending'`,
    [ids],
  );
}

/** To be tried once more at `at`. */
export async function postpone(db: DataSource, id: number, words: string, at: Date): Promise<void> {
  await db.query(
    `UPDATE message SET state = 'queued', claimed_until = NULL, attempts = attempts + 1, reply = $2, due_at = $3
     WHERE id = $1`,
    [id, words, at],
  );
}

/** Nobody needs to be told this any longer. */
export async function dropMessage(db: DataSource, id: number): Promise<void> {
  await db.query(`UPDATE message SET state = 'cancelled', claimed_until = NULL WHERE id = $1`, [id]);
}

/**
 * Refused for good: an institution or its delegate is to be told by WhatsApp instead, unless that is queued or done
 * already.
 * @param address where it was going, as far as there was an address
 */
export async function refuseMessage(
  tx: Tx,
  id: number,
  { words, address, at }: { words: string; address: string | undefined; at: Date },
): Promise<void> {
  await tx.query(
    `WITH refused AS (
       UPDATE message SET state = 'refused', claimed_until = NULL, attempts = attempts + 1, reply = $2,
         address = coalesce($3, address), refused_at = $4 WHERE id = $1 RETURNING *)
     INSERT INTO message (office_id, event_id, invitation_id, delegate_id, purpose, channel, dedupe_key, detail)
     SELECT office_id, event_id, invitation_id, delegate_id, purpose, 'whatsapp',
       ${whatsappKeyOf('refused')}, detail
     FROM refused WHERE invitation_id IS NOT NULL
     ON CONFLICT (dedupe_key) DO NOTHING`,
    [id, words, address ?? null, at],
  );
}

/** Remembers that nobody can be reached there, by a fingerprint alone. */
export async function markAddress(tx: Tx, address: string, words: string, now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO refused_address (fingerprint, refused_at, reply)
     VALUES (encode(sha256(lower($1)::bytea), 'hex'), $2, $3) ON CONFLICT (fingerprint) DO NOTHING`,
    [address, now, words],
  );
}
