import type { DataSource } from 'typeorm';
import type { Tx } from '../../database/data-source.js';
import { NotFound } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { wordOf, type ActionState, type StatusWord } from './action.machine.js';
import type { OwnerKind } from './action-owner.entity.js';

/** A data source to read, or a transaction. */
export type Reader = Pick<DataSource | Tx, 'query'>;

/** A follow-up as a line of an RTL table (domain.md). */
export interface ActionRow {
  id: number;
  eventId: number | null;
  /** Of the event where it was agreed. */
  eventTitle: string | null;
  problem: string;
  title: string;
  proposedBy: string;
  ownerId: number;
  owner: string;
  ownerKind: OwnerKind;
  /** The colleague, where the owner is one. */
  ownerUserId: number | null;
  involved: string;
  /** A date in the office's zone. */
  dueOn: string | null;
  state: ActionState;
  deferredUntil: string | null;
  word: StatusWord;
  /** How many files and links were handed in. */
  evidence: number;
  /** At how many later events it was asked about. */
  carried: number;
  version: number;
  createdAt: Date;
}

export const fullName = (alias: string) =>
  `concat_ws(', ', concat_ws(' ', nullif(${alias}.name_before, ''), ${alias}.name), nullif(${alias}.name_after, ''))`;

/** The name of the owner in `action_owner o`, with `ownerJoin`. */
export const ownerName = `CASE o.kind WHEN 'user' THEN ${fullName('ou')} WHEN 'institution' THEN oi.name ELSE o.name END`;
export const ownerJoin = `
  LEFT JOIN app_user ou ON ou.id = o.user_id LEFT JOIN institution oi ON oi.id = o.institution_id`;

export const actionColumns = `
  a.id, a.event_id AS "eventId", e.title AS "eventTitle", a.problem, a.title, a.proposed_by AS "proposedBy",
  a.owner_id AS "ownerId", ${ownerName} AS owner, o.kind AS "ownerKind", o.user_id AS "ownerUserId", a.involved,
  a.due_on AS "dueOn", a.state, a.deferred_until AS "deferredUntil", a.version, a.created_at AS "createdAt",
  (SELECT count(*)::int FROM action_note n WHERE n.action_id = a.id
    AND (n.stored_file_id IS NOT NULL OR n.url <> '')) AS evidence,
  (SELECT count(*)::int FROM action_carry c WHERE c.action_id = a.id) AS carried`;

export const actionTables = `
  FROM action_item a JOIN action_owner o ON o.id = a.owner_id ${ownerJoin} LEFT JOIN event e ON e.id = a.event_id`;

type Read<T extends ActionRow> = Omit<T, 'word'>;

export const withWord = <T extends { state: ActionState }>(row: T): T & { word: StatusWord } => ({
  ...row,
  word: wordOf(row.state),
});

/**
 * Somebody owes work and the day has passed. A fact of the date in the office's zone, not a state: what was handed
 * in waits for the office, and what was deferred is not due.
 * @param day the place where today's date is bound
 */
export const overdueOn = (day: string): string =>
  `(a.state IN ('open', 'in_progress', 'returned') AND a.due_on < ${day}::date)`;

/** @param where a condition on `action_item a`, whose values are bound in order */
export async function readActions(db: Reader, where: string, values: unknown[]): Promise<ActionRow[]> {
  const rows = (await db.query(
    `SELECT ${actionColumns} ${actionTables} WHERE ${where} ORDER BY a.id`,
    values,
  )) as Read<ActionRow>[];
  return rows.map(withWord);
}

/** What its own page shows beside the line. */
export interface ActionRecord extends ActionRow {
  officeId: number;
  seriesId: number | null;
  closedAt: Date | null;
  /** Who handed it in last, when a person of the office did. */
  handedInBy: number | null;
}

/**
 * A follow-up of the actor's office.
 * @throws NotFound for another office's, or none
 */
export async function findAction(db: Reader, actor: OfficeActor, id: number): Promise<ActionRecord> {
  const [row] = (await db.query(
    `SELECT ${actionColumns}, a.office_id AS "officeId", a.series_id AS "seriesId", a.closed_at AS "closedAt",
       (SELECT h.user_id FROM action_change h WHERE h.action_id = a.id AND h.verb = 'hand_in'
        ORDER BY h.id DESC LIMIT 1) AS "handedInBy"
     ${actionTables} WHERE a.id = $1 AND a.office_id = $2`,
    [id, actor.office.id],
  )) as [Read<ActionRecord> | undefined];
  if (!row) throw new NotFound();
  return withWord(row);
}

/** A step or a note in the life of a follow-up. */
export interface HistoryLine {
  /** Of a note: its files are found by it. */
  noteId: number | null;
  at: Date;
  way: 'office' | 'link' | 'clock';
  who: string | null;
  /** Empty for a note. */
  verb: string;
  fields: string[];
  text: string;
  fileName: string;
  isPicture: boolean;
  url: string;
  /** The later event at which it was recorded. */
  eventId: number | null;
  eventTitle: string | null;
}

/**
 * Changes and notes of these follow-ups in one time line, oldest first.
 * @param eventId only what was recorded at this event
 */
export function historyOf(
  db: Reader,
  actionIds: number[],
  eventId: number | null = null,
): Promise<(HistoryLine & { actionId: number })[]> {
  return db.query(
    `SELECT h.*, u.name AS who, e.title AS "eventTitle" FROM (
       SELECT c.action_id AS "actionId", NULL::bigint AS "noteId", c.at, c.way, c.user_id, c.verb, c.fields,
         c.reason AS text, '' AS "fileName", false AS "isPicture", '' AS url, c.event_id AS "eventId",
         0 AS place, c.id AS serial FROM action_change c WHERE c.action_id = ANY($1)
       UNION ALL
       SELECT n.action_id, n.id, n.at, n.way, n.user_id, '', '{}', n.text, n.file_name,
         n.thumbnail_file_id IS NOT NULL, n.url, n.event_id, 1, n.id FROM action_note n WHERE n.action_id = ANY($1)
     ) h LEFT JOIN app_user u ON u.id = h.user_id LEFT JOIN event e ON e.id = h."eventId"
     WHERE $2::int IS NULL OR h."eventId" = $2
     ORDER BY h.at, h.place DESC, h.serial`,
    [actionIds, eventId],
  ) as Promise<(HistoryLine & { actionId: number })[]>;
}

export interface EvidenceFile {
  sha256: string;
  mediaType: string;
  fileName: string;
}

/** The file of a note, or its small picture; undefined when it has none. */
export async function findEvidence(
  db: Reader,
  { actionId, noteId, small = false }: { actionId: number; noteId: number; small?: boolean },
): Promise<EvidenceFile | undefined> {
  const column = small ? 'thumbnail_file_id' : 'stored_file_id';
  const [row] = (await db.query(
    `SELECT f.sha256, f.media_type AS "mediaType", n.file_name AS "fileName"
     FROM action_note n JOIN stored_file f ON f.id = n.${column} WHERE n.id = $1 AND n.action_id = $2`,
    [noteId, actionId],
  )) as EvidenceFile[];
  return row;
}

/** Names of files and addresses that were handed in for each follow-up, for the last column of the RTL table. */
export async function evidenceNames(db: Reader, actionIds: number[]): Promise<Map<number, string[]>> {
  const rows = (await db.query(
    `SELECT action_id AS "actionId", array_agg(coalesce(nullif(file_name, ''), url) ORDER BY id) AS names
     FROM action_note WHERE action_id = ANY($1) AND (file_name <> '' OR url <> '') GROUP BY action_id`,
    [actionIds],
  )) as { actionId: number; names: string[] }[];
  return new Map(rows.map(({ actionId, names }) => [actionId, names]));
}

export interface MinutesLine {
  id: number;
  kind: string;
  text: string;
  institution: string | null;
  person: string;
  /** What a response answers to. */
  above: string | null;
}

/**
 * The line of an event's minutes that a follow-up is made from.
 * @throws NotFound for a line of another event, or one that was taken out
 */
export async function findMinutesLine(db: Reader, eventId: number, blockId: number): Promise<MinutesLine> {
  const [row] = (await db.query(
    `SELECT b.id, b.kind, b.text, b.person, i.name AS institution, p.text AS above
     FROM minutes_block b LEFT JOIN institution i ON i.id = b.institution_id
     LEFT JOIN minutes_block p ON p.id = b.parent_id
     WHERE b.id = $1 AND b.event_id = $2 AND b.removed_at IS NULL`,
    [blockId, eventId],
  )) as MinutesLine[];
  if (!row) throw new NotFound();
  return row;
}

export async function isSeriesOf(db: Reader, actor: OfficeActor, seriesId: number): Promise<boolean> {
  const rows = (await db.query('SELECT 1 FROM event_series WHERE id = $1 AND office_id = $2', [
    seriesId,
    actor.office.id,
  ])) as unknown[];
  return rows.length > 0;
}
