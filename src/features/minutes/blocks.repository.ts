import type { Tx } from '../../database/data-source.js';
import type { BlockKind } from './minutes.words.js';

/** A line with who wrote it last; `origin` is the name of its LKS, or what was typed instead of one. */
export interface BlockRow {
  id: number;
  clientId: string;
  agendaItemId: number | null;
  kind: BlockKind;
  parentId: number | null;
  position: number;
  text: string;
  person: string;
  origin: string;
  version: number;
  updatedBy: number | null;
  author: string;
  updatedAt: Date;
  removedAt: Date | null;
}

const authorName = `concat_ws(' ', nullif(u.name_before, ''), u.name)`;

const blockQuery = `
  SELECT b.id, b.client_id AS "clientId", b.agenda_item_id AS "agendaItemId", b.kind, b.parent_id AS "parentId",
    b.position, b.text, b.person, coalesce(n.name, b.origin) AS origin, b.version, b.updated_by AS "updatedBy",
    ${authorName} AS author, b.updated_at AS "updatedAt", b.removed_at AS "removedAt"
  FROM minutes_block b LEFT JOIN institution n ON n.id = b.institution_id LEFT JOIN app_user u ON u.id = b.updated_by`;

/** All lines of an event in their order, removed ones too. */
export const blocksOf = (tx: Tx, eventId: number): Promise<BlockRow[]> =>
  tx.query(`${blockQuery} WHERE b.event_id = $1 ORDER BY b.position, b.id`, [eventId]);

export async function blockBy(
  tx: Tx,
  eventId: number,
  key: { id: number } | { clientId: string },
): Promise<BlockRow | undefined> {
  const [column, value] = 'id' in key ? ['id', key.id] : ['client_id', key.clientId];
  const [row] = (await tx.query(`${blockQuery} WHERE b.event_id = $1 AND b.${column} = $2`, [
    eventId,
    value,
  ])) as BlockRow[];
  return row;
}

export interface BlockVersionRow {
  version: number;
  kind: BlockKind;
  text: string;
  person: string;
  origin: string;
  removed: boolean;
  author: string;
  at: Date;
}

/** Every version of a line, the newest first. */
export const versionsOf = (tx: Tx, blockId: number): Promise<BlockVersionRow[]> =>
  tx.query(
    `SELECT v.version, v.kind, v.text, v.person, coalesce(n.name, v.origin) AS origin, v.removed,
       ${authorName} AS author, v.at
     FROM minutes_block_version v LEFT JOIN institution n ON n.id = v.institution_id
     LEFT JOIN app_user u ON u.id = v.user_id WHERE v.block_id = $1 ORDER BY v.version DESC`,
    [blockId],
  );

/** What a line says, with the LKS found for what was typed. */
export interface BlockWords {
  text: string;
  person: string;
  institutionId: number | null;
  origin: string;
}

export interface Written {
  id: number;
  version: number;
  kind: BlockKind;
  parentId: number | null;
  /** Nobody has noted in the last hour that this person writes here. */
  isFresh: boolean;
}

/**
 * The save that happens every few seconds, in one statement: it shares the lock of the minutes, and writes where
 * they are open, the line is still as its writer saw it, and the issue that it answers is still there.
 */
export const saveStatement = `
  WITH held AS (
    SELECT m.event_id, e.office_id FROM minutes m JOIN event e ON e.id = m.event_id
    WHERE m.event_id = $1 AND e.office_id = $2 AND m.state IN ('draft', 'returned') FOR SHARE OF m
  ), saved AS (
    UPDATE minutes_block b SET text = $5, person = $6, institution_id = $7, origin = $8, version = b.version + 1,
      updated_by = $9, updated_at = $10, removed_at = NULL
    FROM held WHERE b.event_id = held.event_id AND b.client_id = $3 AND b.version = $4
      AND NOT EXISTS (SELECT 1 FROM minutes_block p WHERE p.id = b.parent_id AND p.removed_at IS NOT NULL)
    RETURNING b.id, b.version, b.kind, b.parent_id
  ), kept AS (
    INSERT INTO minutes_block_version (block_id, version, kind, text, person, institution_id, origin, user_id, at)
    SELECT id, version, kind, $5, $6, $7, $8, $9, $10 FROM saved
  )
  SELECT id, version, kind, parent_id AS "parentId", NOT EXISTS (
    SELECT 1 FROM audit_entry a WHERE a.subject_type = 'minutes' AND a.subject_id = $1 AND a.user_id = $9
      AND a.action = 'minutes.written' AND a.at > now() - interval '1 hour') AS "isFresh"
  FROM saved`;

export interface SaveKey {
  eventId: number;
  officeId: number;
  userId: number;
  clientId: string;
  version: number;
  at: Date;
}

export async function writeBlock(tx: Tx, key: SaveKey, words: BlockWords): Promise<Written | undefined> {
  const [row] = (await tx.query(saveStatement, [
    key.eventId,
    key.officeId,
    key.clientId,
    key.version,
    words.text,
    words.person,
    words.institutionId,
    words.origin,
    key.userId,
    key.at,
  ])) as Written[];
  return row;
}

export interface NewBlock extends BlockWords {
  eventId: number;
  clientId: string;
  agendaItemId: number | null;
  kind: BlockKind;
  parentId: number | null;
  position: number;
  userId: number;
  at: Date;
}

/** @returns its id, or undefined when a line with this client id is there already */
export async function insertBlock(tx: Tx, block: NewBlock): Promise<number | undefined> {
  const [row] = (await tx.query(
    `INSERT INTO minutes_block (event_id, client_id, agenda_item_id, kind, parent_id, position, text, person,
       institution_id, origin, updated_by, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (client_id) DO NOTHING RETURNING id`,
    [
      block.eventId,
      block.clientId,
      block.agendaItemId,
      block.kind,
      block.parentId,
      block.position,
      block.text,
      block.person,
      block.institutionId,
      block.origin,
      block.userId,
      block.at,
    ],
  )) as { id: number }[];
  if (row) await keepVersion(tx, row.id, block.userId, block.at);
  return row?.id;
}

/** Copies a line as it now stands into its history. */
export async function keepVersion(tx: Tx, blockId: number, userId: number, at: Date): Promise<void> {
  await tx.query(
    `INSERT INTO minutes_block_version (block_id, version, kind, text, person, institution_id, origin, removed, user_id, at)
     SELECT id, version, kind, text, person, institution_id, origin, removed_at IS NOT NULL, $2, $3
     FROM minutes_block WHERE id = $1`,
    [blockId, userId, at],
  );
}

/** Changes a line that is still as its writer saw it. @returns whether it was */
export async function changeBlock(
  tx: Tx,
  eventId: number,
  key: { id: number; version: number; userId: number; at: Date },
  change: { kind: BlockKind } | { removedAt: Date | null },
): Promise<boolean> {
  const [set, value] = 'kind' in change ? ['kind = $6', change.kind] : ['removed_at = $6', change.removedAt];
  const [, changed] = (await tx.query(
    `UPDATE minutes_block SET ${set}, version = version + 1, updated_by = $4, updated_at = $5
     WHERE event_id = $1 AND id = $2 AND version = $3`,
    [eventId, key.id, key.version, key.userId, key.at, value],
  )) as [unknown, number];
  if (changed > 0) await keepVersion(tx, key.id, key.userId, key.at);
  return changed > 0;
}

/** Positions closer than this are drawn apart first: doubles between two lines run out after fifty halvings. */
const closest = 1e-6;

/** A place behind a line, or at the end. Lines behind move on when there is no room left between two. */
export async function placeAfter(tx: Tx, eventId: number, after: number | undefined): Promise<number> {
  const [row] = (await tx.query(
    `SELECT coalesce(max(position), 0) AS last, min(position) FILTER (WHERE position > $2) AS next
     FROM minutes_block WHERE event_id = $1`,
    [eventId, after ?? null],
  )) as [{ last: number; next: number | null }];
  if (after === undefined) return row.last + 1;
  if (row.next === null) return after + 1;
  if (row.next - after > closest) return (after + row.next) / 2;
  await tx.query(`UPDATE minutes_block SET position = position + 1 WHERE event_id = $1 AND position > $2`, [
    eventId,
    after,
  ]);
  return after + 0.5;
}

/** Whether an item of the agenda is this event's. */
export async function hasAgendaItem(tx: Tx, eventId: number, id: number): Promise<boolean> {
  const rows = (await tx.query(
    `SELECT 1 FROM agenda_item a JOIN event_session s ON s.id = a.session_id JOIN event_day d ON d.id = s.day_id
     WHERE a.id = $2 AND d.event_id = $1`,
    [eventId, id],
  )) as unknown[];
  return rows.length > 0;
}
