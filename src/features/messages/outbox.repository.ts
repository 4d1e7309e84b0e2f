import type { DataSource } from 'typeorm';
import type { Tx } from '../../database/data-source.js';
import { NotFound } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { whatsappKeyOf } from './delivery.repository.js';
import type { MessageState } from './message.entity.js';
import type { OutboxFilter } from './messages.schema.js';
import type { Channel, MessagePurpose } from './purposes.js';

type Reader = Pick<DataSource, 'query'>;

/** A message of the office as the list shows it: for which institution or colleague, and no person of an institution. */
export interface OutboxRow {
  id: number;
  purpose: MessagePurpose;
  channel: Channel;
  state: MessageState;
  attempts: number;
  reply: string;
  createdAt: Date;
  dueAt: Date;
  sentAt: Date | null;
  refusedAt: Date | null;
  eventId: number | null;
  eventTitle: string | null;
  invitationId: number | null;
  institution: string | null;
  toDelegate: boolean;
  colleague: string | null;
}

const rowColumns = `m.id, m.purpose, m.channel, m.state, m.attempts, m.reply, m.created_at AS "createdAt",
  m.due_at AS "dueAt", m.sent_at AS "sentAt", m.refused_at AS "refusedAt", m.event_id AS "eventId", e.title AS "eventTitle",
  m.invitation_id AS "invitationId", l.name AS institution, m.delegate_id IS NOT NULL AS "toDelegate",
  u.name AS colleague`;
const rowTables = `
  FROM message m LEFT JOIN event e ON e.id = m.event_id LEFT JOIN invitation i ON i.id = m.invitation_id
  LEFT JOIN institution l ON l.id = i.institution_id LEFT JOIN app_user u ON u.id = m.user_id`;

const pageSize = 50;

/** A page of the office's messages, the newest first, and whether an older one follows. */
export async function listOutbox(
  db: Reader,
  actor: OfficeActor,
  filter: OutboxFilter,
): Promise<{ rows: OutboxRow[]; hasMore: boolean }> {
  const rows = (await db.query(
    `SELECT ${rowColumns} ${rowTables}
     WHERE m.office_id = $1 AND ($2 = '' OR m.state = $2) AND ($3 = '' OR m.channel = $3)
       AND ($4 = '' OR m.purpose = $4) AND ($5::int IS NULL OR m.event_id = $5) AND ($6::bigint IS NULL OR m.id < $6)
     ORDER BY m.id DESC LIMIT $7`,
    [
      actor.office.id,
      ...[filter.state, filter.channel, filter.purpose, filter.event, filter.before],
      pageSize + 1,
    ],
  )) as OutboxRow[];
  return { rows: rows.slice(0, pageSize), hasMore: rows.length > pageSize };
}

/** How many mails of the office have not left. */
export async function countWaiting(db: Reader, actor: OfficeActor): Promise<number> {
  const [{ count }] = (await db.query(
    `SELECT count(*)::int AS count FROM message
     WHERE office_id = $1 AND channel = 'email' AND state IN ('queued', 'sending', 'held')`,
    [actor.office.id],
  )) as [{ count: number }];
  return count;
}

/** The latest events that anybody was told of, to choose from. */
export const listToldEvents = (db: Reader, actor: OfficeActor): Promise<{ id: number; title: string }[]> =>
  db.query(
    `SELECT e.id, e.title FROM event e
     WHERE e.office_id = $1 AND EXISTS (SELECT 1 FROM message m WHERE m.event_id = e.id)
     ORDER BY e.starts_at DESC NULLS LAST, e.id DESC LIMIT 100`,
    [actor.office.id],
  );

/** One message with everything that is kept of it. */
export type OutboxMessage = OutboxRow & {
  officeId: number;
  delegateId: number | null;
  userId: number | null;
  detail: Record<string, unknown>;
  address: string | null;
  /** How it stands with passing a refused mail on by WhatsApp instead; null where nobody proposed that. */
  byWhatsapp: MessageState | null;
};

/** @throws NotFound when it belongs to another office */
export async function findOutboxMessage(
  db: Reader,
  actor: OfficeActor,
  id: number,
  lock = '',
): Promise<OutboxMessage> {
  const [row] = (await db.query(
    `SELECT ${rowColumns}, m.office_id AS "officeId", m.delegate_id AS "delegateId", m.user_id AS "userId", m.detail,
       m.address, (SELECT w.state FROM message w WHERE w.channel = 'whatsapp' AND w.dedupe_key = ${whatsappKeyOf('m')}
         AND m.state = 'refused') AS "byWhatsapp" ${rowTables} WHERE m.office_id = $1 AND m.id = $2 ${lock}`,
    [actor.office.id, id],
  )) as OutboxMessage[];
  if (!row) throw new NotFound();
  return row;
}

/** The same, kept from changing until the transaction ends. @throws NotFound as above */
export const lockOutboxMessage = (tx: Tx, actor: OfficeActor, id: number): Promise<OutboxMessage> =>
  findOutboxMessage(tx, actor, id, 'FOR UPDATE OF m');

/** To be tried at once, as if it had never been. */
export async function requeue(tx: Tx, id: number, now: Date): Promise<void> {
  await tx.query(`UPDATE message SET state = 'queued', due_at = $2, attempts = 0 WHERE id = $1`, [id, now]);
}

export async function cancelMessage(tx: Tx, id: number): Promise<void> {
  await tx.query(`UPDATE message SET state = 'cancelled' WHERE id = $1`, [id]);
}

/** A person says that the address is right: it may be tried again. */
export async function unmarkAddress(tx: Tx, address: string): Promise<void> {
  await tx.query(`DELETE FROM refused_address WHERE fingerprint = encode(sha256(lower($1)::bytea), 'hex')`, [
    address,
  ]);
}
