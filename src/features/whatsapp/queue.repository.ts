import type { DataSource } from 'typeorm';
import { phoneOf } from '../messages/contacts.js';
import { isMoot } from '../messages/moot.js';
import type { InvitationPurpose } from '../messages/purposes.js';
import { answerFilters, type AnswerFilter } from './audience.js';

type Reader = Pick<DataSource, 'query'>;

/** What a colleague narrows the queue to. */
export interface QueueFilter {
  answer: AnswerFilter;
  /** Null for every purpose. */
  purpose: InvitationPurpose | null;
}

/** Who looks at the queue of which event, and when. */
export interface AtQueue {
  eventId: number;
  userId: number;
  now: Date;
}

const tables = `message m JOIN invitation i ON i.id = m.invitation_id JOIN event e ON e.id = m.event_id`;

/** With whom it is for: an institution, or the delegate whose mail was refused. */
const tablesWithPeople = `${tables} JOIN institution l ON l.id = i.institution_id LEFT JOIN delegate p ON p.id = m.delegate_id`;

/** What was written to go at once is due whatever the clocks of program and database say. */
const isDue = `(m.due_at <= $2 OR m.due_at = m.created_at)`;

/** Messages of event $1 that wait for a thumb at $2. */
const isWaiting = `m.event_id = $1 AND m.channel = 'whatsapp' AND m.state = 'queued' AND ${isDue}
  AND NOT ${isMoot}`;

/**
 * What a colleague narrowed the queue to; $3 is the purpose, or null. Whose invitation was revoked is in no audience of
 * a round, and yet to be told that.
 */
const isChosen = ({ answer }: QueueFilter) =>
  `${answer === 'all' ? 'true' : answerFilters[answer]} AND ($3::text IS NULL OR m.purpose = $3)`;

const claimedByAnother = `m.claimed_by <> $4 AND m.claimed_until > $2`;

/**
 * Claims the next message until then: those with a number before those without, those that somebody put off last.
 * Rows that a colleague is claiming at this moment are passed over, so that no two ever get the same one.
 * @returns undefined when nothing is left
 */
export async function claimNext(
  db: Reader,
  { eventId, userId, now }: AtQueue,
  filter: QueueFilter,
  until: Date,
): Promise<{ id: number; invitationId: number } | undefined> {
  const [rows] = (await db.query(
    `UPDATE message SET claimed_by = $4, claimed_until = $5 WHERE id = (
       SELECT m.id FROM ${tablesWithPeople}
       WHERE ${isWaiting} AND ${isChosen(filter)} AND (${claimedByAnother}) IS NOT TRUE
       ORDER BY m.skipped_at NULLS FIRST, p.phone IS NULL AND ${phoneOf} IS NULL, m.due_at, m.id LIMIT 1 FOR UPDATE OF m SKIP LOCKED)
     RETURNING id, invitation_id AS "invitationId"`,
    [eventId, now, filter.purpose, userId, until],
  )) as [{ id: number; invitationId: number }[], number];
  return rows[0];
}

/** Gives back what a colleague holds of an event. */
export async function release(db: Reader, { eventId, userId }: Omit<AtQueue, 'now'>): Promise<void> {
  await db.query(
    `UPDATE message SET claimed_by = NULL, claimed_until = NULL
     WHERE event_id = $1 AND claimed_by = $2 AND channel = 'whatsapp' AND state = 'queued'`,
    [eventId, userId],
  );
}

/** A message before somebody's thumb. */
export interface HeldMessage {
  id: number;
  officeId: number;
  eventId: number;
  invitationId: number;
  /** Null for one to the institution. */
  delegateId: number | null;
  delegateName: string | null;
  purpose: InvitationPurpose;
  detail: Record<string, unknown>;
  until: Date;
}

/** What a colleague holds; an expired claim is nobody's. */
export async function heldBy(
  db: Reader,
  { eventId, userId, now }: AtQueue,
): Promise<HeldMessage | undefined> {
  const [row] = (await db.query(
    `SELECT m.id, m.office_id AS "officeId", m.event_id AS "eventId", m.invitation_id AS "invitationId",
       m.delegate_id AS "delegateId", p.name AS "delegateName", m.purpose, m.detail, m.claimed_until AS until
     FROM ${tablesWithPeople}
     WHERE ${isWaiting} AND m.claimed_by = $3 AND m.claimed_until > $2 ORDER BY m.claimed_until DESC LIMIT 1`,
    [eventId, now, userId],
  )) as [HeldMessage | undefined];
  return row;
}

export interface Progress {
  /** Messages, not institutions: one of them may be told several things. */
  sent: number;
  waiting: number;
  /** Of those that wait: before a colleague now. */
  withOthers: number;
  /** Each of these messages is for an institution of its own, so that counting them counts institutions. */
  isOneEach: boolean;
}

/**
 * How far the queue has come since it was last empty: each tap moves one message from waiting to sent, also the last of
 * a purpose, and a round that begins after everything was sent begins at nothing.
 */
export async function progressOf(
  db: Reader,
  { eventId, userId, now }: AtQueue,
  filter: QueueFilter,
): Promise<Progress> {
  const [row] = (await db.query(
    `WITH shown AS (
       SELECT m.invitation_id, m.delegate_id, m.state = 'sent' AS "isSent",
         m.state = 'queued' AND (${claimedByAnother}) IS TRUE AS "isHeld", m.due_at AS since,
         CASE m.state WHEN 'sent' THEN m.sent_at ELSE 'infinity' END AS until
       FROM ${tables}
       WHERE (${isWaiting} OR m.event_id = $1 AND m.channel = 'whatsapp' AND m.state = 'sent') AND ${isChosen(filter)}),
     spans AS (
       SELECT *, since > max(until) OVER (ORDER BY since ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
         AS "wasEmptyBefore" FROM shown)
     SELECT count(*) FILTER (WHERE "isSent")::int AS sent, count(*) FILTER (WHERE NOT "isSent")::int AS waiting,
       count(*) FILTER (WHERE "isHeld")::int AS "withOthers",
       count(delegate_id) = 0 AND count(DISTINCT invitation_id) = count(*) AS "isOneEach"
     FROM spans WHERE EXISTS (SELECT 1 FROM spans WHERE NOT "isSent")
       AND since >= coalesce((SELECT max(since) FROM spans WHERE "wasEmptyBefore"), '-infinity')`,
    [eventId, now, filter.purpose, userId],
  )) as [Progress];
  return row;
}

/** What waits, by purpose. */
export async function waitingByPurpose(
  db: Reader,
  eventId: number,
  now: Date,
): Promise<{ purpose: InvitationPurpose; count: number }[]> {
  return db.query(
    `SELECT m.purpose, count(*)::int AS count FROM ${tables} WHERE ${isWaiting} GROUP BY 1 ORDER BY 2 DESC, 1`,
    [eventId, now],
  );
}

export interface LastSent {
  id: number;
  name: string;
  sentAt: Date;
}

/** What a colleague marked as sent last, as long as that can be taken back. */
export async function lastSentBy(
  db: Reader,
  { eventId, userId }: AtQueue,
  since: Date,
): Promise<LastSent | undefined> {
  const [row] = (await db.query(
    `SELECT m.id, coalesce(nullif(p.name, ''), l.name) AS name, m.sent_at AS "sentAt" FROM ${tablesWithPeople}
     WHERE m.event_id = $1 AND m.sent_by = $2 AND m.channel = 'whatsapp' AND m.state = 'sent' AND m.sent_at > $3
       AND m.detail ? 'sentBefore' ORDER BY m.sent_at DESC, m.id DESC LIMIT 1`,
    [eventId, userId, since],
  )) as [LastSent | undefined];
  return row;
}

export interface QueuedMessage {
  id: number;
  invitationId: number;
  institutionId: number;
  delegateId: number | null;
  purpose: InvitationPurpose;
  state: string;
  /** Who passed it on, and their name. */
  sentById: number | null;
  sentBy: string | null;
}

/**
 * A WhatsApp message of the event, kept from changing until the transaction ends. Its invitation is locked first, as by
 * everything that overtakes messages: the other way round two of them would wait for each other.
 */
export async function lockMessage(
  db: Reader,
  eventId: number,
  id: number,
): Promise<QueuedMessage | undefined> {
  await db.query(
    `SELECT 1 FROM invitation WHERE id = (SELECT invitation_id FROM message WHERE event_id = $1 AND id = $2)
     FOR NO KEY UPDATE`,
    [eventId, id],
  );
  const [row] = (await db.query(
    `SELECT m.id, m.invitation_id AS "invitationId", i.institution_id AS "institutionId",
       m.delegate_id AS "delegateId", m.purpose, m.state, m.sent_by AS "sentById",
       (SELECT u.name FROM app_user u WHERE u.id = m.sent_by) AS "sentBy"
     FROM message m JOIN invitation i ON i.id = m.invitation_id
     WHERE m.event_id = $1 AND m.id = $2 AND m.channel = 'whatsapp' FOR UPDATE OF m`,
    [eventId, id],
  )) as [QueuedMessage | undefined];
  return row;
}

/**
 * Marks a message as sent, and its invitation when that is who was told; when it was sent before stays in the message,
 * so that a wrong tap can be taken back.
 */
export async function markMessageSent(
  db: Reader,
  { id, invitationId, delegateId }: QueuedMessage,
  { userId, now }: AtQueue,
): Promise<void> {
  await db.query(
    `UPDATE message m SET state = 'sent', sent_at = $2, sent_by = $3, claimed_by = NULL, claimed_until = NULL,
       detail = m.detail || jsonb_build_object('sentBefore', i.sent_at)
     FROM invitation i WHERE m.id = $1 AND i.id = m.invitation_id`,
    [id, now, userId],
  );
  if (delegateId === null)
    await db.query('UPDATE invitation SET sent_at = $2 WHERE id = $1', [invitationId, now]);
}

/** Takes a wrong tap back, unless something newer is to be told, and claims the message again. @returns its invitation; undefined when it is too late */
export async function unmarkSent(
  db: Reader,
  { eventId, userId }: AtQueue,
  id: number,
  { since, until }: { since: Date; until: Date },
): Promise<number | undefined> {
  const [rows] = (await db.query(
    `WITH taken AS (
       SELECT m.id, m.invitation_id, m.delegate_id, (m.detail ->> 'sentBefore')::timestamptz AS before FROM message m
       WHERE m.id = $1 AND m.event_id = $2 AND m.sent_by = $3 AND m.channel = 'whatsapp' AND m.state = 'sent'
         AND m.sent_at > $4 AND m.detail ? 'sentBefore' AND NOT EXISTS (SELECT 1 FROM message n
           WHERE n.invitation_id = m.invitation_id AND n.channel = 'whatsapp'
             AND n.delegate_id IS NOT DISTINCT FROM m.delegate_id AND n.id > m.id AND n.state <> 'cancelled') FOR UPDATE),
     earlier AS (UPDATE invitation i SET sent_at = t.before FROM taken t
       WHERE i.id = t.invitation_id AND t.delegate_id IS NULL)
     UPDATE message m SET state = 'queued', sent_at = NULL, sent_by = NULL, detail = m.detail - 'sentBefore',
       claimed_by = $3, claimed_until = $5
     FROM taken t WHERE m.id = t.id RETURNING m.invitation_id AS id`,
    [id, eventId, userId, since, until],
  )) as [{ id: number }[], number];
  return rows[0]?.id;
}

/** Puts a message behind all that nobody has looked at, and gives it back. */
export async function putOff(db: Reader, id: number, now: Date): Promise<void> {
  await db.query(
    'UPDATE message SET skipped_at = $2, claimed_by = NULL, claimed_until = NULL WHERE id = $1',
    [id, now],
  );
}
