import type { DataSource } from 'typeorm';
import { seal } from '../../src/links/sealing.js';
import type { LinkKeys } from '../../src/links/tokens.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeEvent, type EventGiven } from './events.js';

/** Names a mail server on this machine, without encryption. */
export async function setMailServer(
  { db, links }: { db: DataSource; links: LinkKeys },
  port: number,
  given: { username?: string; password?: string; connections?: number } = {},
): Promise<void> {
  await db.query(
    `INSERT INTO mail_settings (host, port, security, username, password_sealed, from_address, connections)
     VALUES ('127.0.0.1', $1, 'none', $2, $3, 'rembuk@dinsos.example', $4)
     ON CONFLICT (single) DO UPDATE SET port = $1, username = $2, password_sealed = $3, connections = $4,
       trouble = '', trouble_since = NULL, retry_at = NULL`,
    [
      port,
      given.username ?? '',
      given.password ? seal(links.sealingKey, given.password) : '',
      given.connections ?? 3,
    ],
  );
}

export interface MailScene {
  eventId: number;
  /** Ids of the messages, in the order of their addresses. */
  messages: number[];
  invitations: number[];
  addresses: string[];
}

/** An event with that many institutions, each with an e-mail address and an invitation that waits to be mailed. */
export async function makeMailScene(
  db: DataSource,
  office: Pick<Office, 'id'>,
  count: number,
  given: EventGiven = {},
): Promise<MailScene> {
  const eventId = await makeEvent(db, office, {
    title: 'Bimbingan Teknis Pengelolaan LKS Anak',
    ...given,
  });
  await db.query(
    `UPDATE event SET venue_name = 'Aula Dinas Sosial', venue_address = 'Jl. Letjen R. Soeprapto No. 8, Banjarmasin',
       contact_name = 'Ibu Contoh', contact_phone = '+6281234567890', notes = 'Mohon membawa stempel lembaga.' WHERE id = $1`,
    [eventId],
  );
  const [stratum] = (await db.query(
    `INSERT INTO quota_stratum (event_id, key, position, seats) VALUES ($1, 'umum', 0, 0) RETURNING id`,
    [eventId],
  )) as [{ id: number }];
  const rows = (await db.query(
    `WITH lks AS (
       INSERT INTO institution (name, name_normalised, search_text, region_code, managing_office_id, email)
       SELECT 'LKSA Contoh ' || n, 'lksa contoh ' || n, 'lksa contoh ' || n, '63.71', $2, 'lksa' || n || '@' || $1 || '.example'
       FROM generate_series(1, $3::int) n RETURNING id, email),
     chosen AS (
       INSERT INTO invitation (event_id, institution_id, state, stratum_id, region_key, service_key)
       SELECT $1::int, id, 'open', $4, '63.71', 'anak' FROM lks RETURNING id, institution_id),
     told AS (
       INSERT INTO message (office_id, event_id, invitation_id, purpose, channel, dedupe_key, due_at)
       SELECT $2, $1::int, id, 'invitation', 'email', 'invitation:' || id || ':published:email', '2026-01-01'
       FROM chosen ORDER BY id RETURNING id, invitation_id)
     SELECT told.id, told.invitation_id AS "invitationId", lks.email FROM told
     JOIN chosen ON chosen.id = told.invitation_id JOIN lks ON lks.id = chosen.institution_id ORDER BY told.id`,
    [String(eventId), office.id, count, stratum.id],
  )) as { id: number; invitationId: number; email: string }[];
  return {
    eventId,
    messages: rows.map(({ id }) => id),
    invitations: rows.map(({ invitationId }) => invitationId),
    addresses: rows.map(({ email }) => email),
  };
}

export interface MessageState {
  id: number;
  state: string;
  attempts: number;
  reply: string;
  address: string | null;
  dueAt: Date;
}

/** How messages stand, in the order of their ids. */
export const messageStates = (db: DataSource, ids: number[]): Promise<MessageState[]> =>
  db.query(
    `SELECT id, state, attempts, reply, address, due_at AS "dueAt" FROM message WHERE id = ANY ($1) ORDER BY id`,
    [ids],
  );
