import { runPrepared, type Tx } from '../../database/data-source.js';
import { emailOf, phoneOf } from './contacts.js';
import type { InvitationPurpose, UserPurpose } from './purposes.js';

/** The job that sends what is due; whoever cannot wait for its next minute wakes it after the commit. */
export const mailJob = 'mail';

/** What is told, whoever it is told to. */
export interface Telling {
  officeId: number;
  eventId: number;
  purpose: InvitationPurpose;
  /** What caused it, so that the same cause never writes two. */
  cause: string;
  now: Date;
  /** What the text needs and no record holds. */
  detail?: Record<string, unknown>;
  /** Purposes of older messages that this one takes the place of while they are unsent; all of them when left out. */
  overtakes?: readonly InvitationPurpose[];
}

/**
 * SQL over an invitation `i` and its institution `l`: the channels of its next message. By e-mail where there is an
 * address, and by WhatsApp where there is a phone, or nothing else; who was reached by one of the two before is told
 * by that one.
 */
export const waysTo = `
  SELECT unnest(array_remove(ARRAY[
    CASE WHEN c.email AND (r.by_email OR NOT r.by_whatsapp) THEN 'email' END,
    CASE WHEN NOT c.email OR r.by_whatsapp OR (c.phone AND NOT r.by_email) THEN 'whatsapp' END], NULL)) AS channel
  FROM (SELECT ${emailOf} IS NOT NULL AS email, ${phoneOf} IS NOT NULL AS phone) c,
    (SELECT coalesce(bool_or(s.channel = 'email'), false) AS by_email,
       coalesce(bool_or(s.channel = 'whatsapp'), false) AS by_whatsapp
     FROM message s WHERE s.invitation_id = i.id AND s.delegate_id IS NULL AND s.state = 'sent') r`;

/** SQL: message `m` waits to be sent, and may be overtaken; $7 names which may, $3 to whom. */
const isOvertaken = `
  m.state IN ('queued', 'held') AND ($7::text[] IS NULL OR m.purpose = ANY ($7))
    AND left(m.dedupe_key, length(told.key)) <> told.key`;

/**
 * An older message that was never sent has been overtaken: nobody should send an offer after its end. What the same
 * cause has written already stays as it is, and is not written again.
 */
const toInstitutions = `
  WITH told AS (
    SELECT i.id, i.institution_id, i.event_id, $4 || ':' || i.id || ':' || $5 || ':' AS key FROM invitation i WHERE i.id = ANY ($3::int[])),
  overtaken AS (
    UPDATE message m SET state = 'cancelled' FROM told
    WHERE m.invitation_id = told.id AND m.delegate_id IS NULL AND ${isOvertaken})
  INSERT INTO message (office_id, event_id, invitation_id, purpose, channel, dedupe_key, detail, created_at, due_at)
  SELECT $1, $2, i.id, $4, way.channel, i.key || way.channel, $6::jsonb, $8, $8
  FROM told i JOIN institution l ON l.id = i.institution_id CROSS JOIN LATERAL (${waysTo}) way
  ON CONFLICT DO NOTHING RETURNING invitation_id AS id`;

/**
 * The same to single delegates that have an e-mail address; $9: only to those who were told something before. A
 * message that a job took up while this began counts as told.
 */
const toDelegates = `
  WITH told AS (
    SELECT d.id, d.invitation_id, $4 || ':d' || d.id || ':' || $5 || ':' AS key
    FROM delegate d WHERE d.id = ANY ($3::int[]) AND d.email IS NOT NULL),
  overtaken AS (
    UPDATE message m SET state = 'cancelled' FROM told WHERE m.delegate_id = told.id AND ${isOvertaken}
    RETURNING m.id)
  INSERT INTO message (office_id, event_id, invitation_id, delegate_id, purpose, channel, dedupe_key, detail,
    created_at, due_at)
  SELECT $1, $2, told.invitation_id, told.id, $4, 'email', told.key || 'email', $6::jsonb, $8, $8
  FROM told
  WHERE NOT $9 OR EXISTS (
    SELECT 1 FROM message m WHERE m.delegate_id = told.id AND (m.state IN ('sent', 'sending')
      OR ${isOvertaken} AND m.id NOT IN (SELECT id FROM overtaken)))
  ON CONFLICT DO NOTHING RETURNING delegate_id AS id`;

const valuesOf = (telling: Telling, ids: number[]): unknown[] => [
  ...[telling.officeId, telling.eventId, ids, telling.purpose, telling.cause],
  ...[JSON.stringify(telling.detail ?? {}), telling.overtakes ?? null, telling.now],
];

/**
 * Writes outbox rows in the transaction of what caused them; they leave after commit, by hand or by a job.
 * @returns how many of these invitations have a message that they did not have before
 */
export async function queueMessages(tx: Tx, telling: Telling, invitationIds: number[]): Promise<number> {
  const rows = await runPrepared<{ id: number }>(
    tx,
    'queue_messages',
    toInstitutions,
    valuesOf(telling, invitationIds),
  );
  return new Set(rows.map(({ id }) => id)).size;
}

/** The same to delegates, by e-mail alone. @param onlyTold leaves out who has not been told anything so far */
export async function queueForDelegates(
  tx: Tx,
  telling: Telling,
  delegateIds: number[],
  onlyTold: boolean,
): Promise<void> {
  if (delegateIds.length === 0) return;
  await runPrepared(tx, 'queue_for_delegates', toDelegates, [...valuesOf(telling, delegateIds), onlyTold]);
}

/**
 * A confirmation for each delegate with an e-mail address among those that a statement makes, for that statement to
 * write along: every further round trip under the lock is time in which nobody else can answer.
 * @param made name of the part that returns `id` and `email`; $1 is the event, $2 the invitation, $4 the time
 */
export const confirmationsOf = (made: string): string => `
  INSERT INTO message (office_id, event_id, invitation_id, delegate_id, purpose, channel, dedupe_key, created_at, due_at)
  SELECT (SELECT office_id FROM event WHERE id = $1), $1, $2, m.id, 'confirmation', 'email',
    'confirmation:d' || m.id || ':seated:email', $4, $4
  FROM ${made} m WHERE m.email IS NOT NULL`;

/** SQL, for statements that change an invitation: what waits to be sent and is of no use in its state any more. */
export const recallOf = (invitation: string, state: string): string => `
  UPDATE message SET state = 'cancelled'
  WHERE invitation_id = ${invitation} AND state IN ('queued', 'held') AND (
    (purpose = 'reminder_answer' AND ${state} NOT IN ('open', 'offered', 'reconfirm'))
    OR (purpose IN ('reminder_day', 'materials') AND ${state} <> 'accepted')
    OR (purpose = 'changed' AND ${state} NOT IN ('open', 'offered', 'waiting', 'accepted', 'reconfirm')))`;

/** Calls off what waits to be sent to a delegate: somebody else comes, or the address is gone. */
export async function recallFromDelegate(tx: Tx, delegateId: number): Promise<void> {
  await tx.query(
    `UPDATE message SET state = 'cancelled' WHERE delegate_id = $1 AND state IN ('queued', 'held')`,
    [delegateId],
  );
}

/**
 * Calls off what waits to be sent: all of an event, or what waits for some institutions, or for some delegates.
 * @returns how many messages
 */
export async function recallMessages(
  tx: Tx,
  eventId: number,
  purposes: readonly InvitationPurpose[],
  { institutions, delegates }: { institutions?: number[]; delegates?: number[] } = {},
): Promise<number> {
  const [, recalled] = (await tx.query(
    `UPDATE message SET state = 'cancelled'
     WHERE event_id = $1 AND purpose = ANY ($2) AND state IN ('queued', 'held')
       AND ($3::int[] IS NULL OR delegate_id IS NULL AND invitation_id = ANY ($3))
       AND ($4::int[] IS NULL OR delegate_id = ANY ($4))`,
    [eventId, purposes, institutions ?? null, delegates ?? null],
  )) as [unknown, number];
  return recalled;
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
