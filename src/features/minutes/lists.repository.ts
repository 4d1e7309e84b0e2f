import type { Tx } from '../../database/data-source.js';

export interface HandoverRow {
  id: number;
  institutionId: number;
  institution: string;
  document: string;
  number: string;
  receivedBy: string;
  version: number;
}

export interface ReviewRow {
  id: number;
  programme: string;
  result: string;
  note: string;
  version: number;
}

export interface IndicatorRow {
  id: number;
  name: string;
  year: number | null;
  source: string;
  total: number;
  parts: { name: string; value: number }[];
  version: number;
}

/** Certificates and other papers that were handed over at the event. */
export const handoversOf = (tx: Tx, eventId: number): Promise<HandoverRow[]> =>
  tx.query(
    `SELECT h.id, h.institution_id AS "institutionId", n.name AS institution, h.document, h.number,
       h.received_by AS "receivedBy", h.version
     FROM handover_entry h JOIN institution n ON n.id = h.institution_id
     WHERE h.event_id = $1 ORDER BY h.position, h.id`,
    [eventId],
  );

/** Programmes that were looked back upon. */
export const reviewsOf = (tx: Tx, eventId: number): Promise<ReviewRow[]> =>
  tx.query(
    `SELECT id, programme, result, note, version FROM programme_review WHERE event_id = $1 ORDER BY position, id`,
    [eventId],
  );

/** Figures that were reported, with their parts. */
export const indicatorsOf = (tx: Tx, eventId: number): Promise<IndicatorRow[]> =>
  tx.query(
    `SELECT i.id, i.name, i.year, i.source, i.total, i.version, coalesce((
         SELECT json_agg(json_build_object('name', p.name, 'value', p.value) ORDER BY p.position)
         FROM indicator_part p WHERE p.indicator_id = i.id), '[]') AS parts
     FROM indicator i WHERE i.event_id = $1 ORDER BY i.position, i.id`,
    [eventId],
  );

export type ListTable = 'handover_entry' | 'programme_review' | 'indicator';
type Columns = Record<string, string | number | null>;

/** A new row at the end of its list; sent twice it is one row. @returns its id, or undefined when it is there */
export async function insertRow(
  tx: Tx,
  table: ListTable,
  eventId: number,
  clientId: string | null,
  columns: Columns,
): Promise<number | undefined> {
  const names = Object.keys(columns);
  const [row] = (await tx.query(
    `INSERT INTO ${table} (event_id, client_id, position, ${names.join()})
     VALUES ($1, $2, (SELECT coalesce(max(position), 0) + 1 FROM ${table} WHERE event_id = $1),
       ${names.map((_, at) => `$${at + 3}`).join()})
     ON CONFLICT (client_id) DO NOTHING RETURNING id`,
    [eventId, clientId, ...Object.values(columns)],
  )) as { id: number }[];
  return row?.id;
}

/** @returns whether the row was still as its writer saw it */
export async function updateRow(
  tx: Tx,
  table: ListTable,
  key: { eventId: number; id: number; version: number },
  columns: Columns,
): Promise<boolean> {
  const sets = Object.keys(columns).map((name, at) => `${name} = $${at + 4}`);
  const [, changed] = (await tx.query(
    `UPDATE ${table} SET ${sets.join()}, version = version + 1 WHERE event_id = $1 AND id = $2 AND version = $3`,
    [key.eventId, key.id, key.version, ...Object.values(columns)],
  )) as [unknown, number];
  return changed > 0;
}

/** @returns whether the row was still as its writer saw it */
export async function deleteRow(
  tx: Tx,
  table: ListTable,
  key: { eventId: number; id: number; version: number },
): Promise<boolean> {
  const [, deleted] = (await tx.query(
    `DELETE FROM ${table} WHERE event_id = $1 AND id = $2 AND version = $3`,
    [key.eventId, key.id, key.version],
  )) as [unknown, number];
  return deleted > 0;
}

export async function rowExists(tx: Tx, table: ListTable, eventId: number, id: number): Promise<boolean> {
  const rows = (await tx.query(`SELECT 1 FROM ${table} WHERE event_id = $1 AND id = $2`, [
    eventId,
    id,
  ])) as unknown[];
  return rows.length > 0;
}

export async function replaceParts(
  tx: Tx,
  indicatorId: number,
  parts: { name: string; value: number }[],
): Promise<void> {
  await tx.query('DELETE FROM indicator_part WHERE indicator_id = $1', [indicatorId]);
  await tx.query(
    `INSERT INTO indicator_part (indicator_id, position, name, value)
     SELECT $1, x.position, x.name, x.value
     FROM jsonb_to_recordset($2::jsonb) AS x (position integer, name text, value integer)`,
    [indicatorId, JSON.stringify(parts.map((part, at) => ({ ...part, position: at + 1 })))],
  );
}
