import type { DataSource } from 'typeorm';
import type { Tx } from '../../database/data-source.js';
import { NotFound } from '../../errors.js';

type Reader = Pick<DataSource, 'query'>;

/** A line of the register as its page shows it. */
export interface RegisterRow {
  id: number;
  serial: number;
  suffix: string;
  number: string;
  reason: string;
  noted: boolean;
  givenAt: Date;
  givenBy: string | null;
  letterId: number | null;
  letterDate: string | null;
  letterState: string | null;
  eventId: number | null;
  title: string | null;
}

/** The register of a year, the last number first. */
export const registerOf = (db: Reader, officeId: number, year: number): Promise<RegisterRow[]> =>
  db.query(
    `SELECT n.id, n.serial, n.suffix, n.number, n.reason, n.noted, n.given_at AS "givenAt", u.name AS "givenBy",
       n.letter_id AS "letterId", b.letter_date AS "letterDate", b.state AS "letterState", e.id AS "eventId", e.title
     FROM letter_number n LEFT JOIN app_user u ON u.id = n.given_by
     LEFT JOIN invitation_letter b ON b.id = n.letter_id LEFT JOIN event e ON e.id = b.event_id
     WHERE n.office_id = $1 AND n.year = $2 ORDER BY n.serial DESC, n.suffix DESC`,
    [officeId, year],
  );

/** Years in which the office has numbered anything, the last first. */
export async function numberedYears(db: Reader, officeId: number): Promise<number[]> {
  const rows = (await db.query(
    'SELECT DISTINCT year FROM letter_number WHERE office_id = $1 ORDER BY year DESC',
    [officeId],
  )) as { year: number }[];
  return rows.map(({ year }) => year);
}

/** The serial after the last one of the year. */
export async function nextSerial(db: Reader, officeId: number, year: number): Promise<number> {
  const [row] = (await db.query(
    'SELECT coalesce(max(serial), 0) + 1 AS next FROM letter_number WHERE office_id = $1 AND year = $2',
    [officeId, year],
  )) as [{ next: number }];
  return row.next;
}

export interface WrittenNumber {
  officeId: number;
  year: number;
  serial: number;
  suffix: string;
  number: string;
  letterId: number;
  userId: number;
  at: Date;
}

/**
 * Gives a number to a letter; one that was left out before is taken up again.
 * @returns whether it was free: neither its serial nor its text is another letter's
 */
export async function takeNumber(tx: Tx, wanted: WrittenNumber): Promise<boolean> {
  const { officeId, year, serial, suffix, number, letterId, userId, at } = wanted;
  const taken = (await tx.query(
    `SELECT 1 FROM letter_number WHERE office_id = $1 AND year = $2 AND letter_id IS NOT NULL
       AND ((serial = $3 AND suffix = $4) OR number = $5)`,
    [officeId, year, serial, suffix, number],
  )) as unknown[];
  if (taken.length > 0) return false;
  const written = (await tx.query(
    `INSERT INTO letter_number (office_id, year, serial, suffix, number, letter_id, given_by, given_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (office_id, year, serial, suffix) DO UPDATE SET number = excluded.number, letter_id = excluded.letter_id,
       reason = '', noted = false, given_by = excluded.given_by, given_at = excluded.given_at
     WHERE letter_number.letter_id IS NULL RETURNING id`,
    [officeId, year, serial, suffix, number, letterId, userId, at],
  )) as unknown[];
  // Nothing is written when somebody took it between the two statements.
  return written.length > 0;
}

/** Takes a letter's number away: it stays in the register, with the reason. @returns it, or undefined when it has none */
export async function leaveNumber(
  tx: Tx,
  letterId: number,
  reason: string,
): Promise<{ id: number } | undefined> {
  const [[row]] = (await tx.query(
    'UPDATE letter_number SET letter_id = NULL, reason = $2 WHERE letter_id = $1 RETURNING id',
    [letterId, reason],
  )) as [[{ id: number } | undefined], number];
  return row;
}

interface Serials {
  officeId: number;
  year: number;
  from: number;
  to: number;
}

/** Those of these serials that letters bear; one with a suffix is another number. */
export async function usedSerials(tx: Tx, { officeId, year, from, to }: Serials): Promise<number[]> {
  const rows = (await tx.query(
    `SELECT serial FROM letter_number WHERE office_id = $1 AND year = $2 AND serial BETWEEN $3 AND $4 AND suffix = ''
       AND letter_id IS NOT NULL ORDER BY serial`,
    [officeId, year, from, to],
  )) as { serial: number }[];
  return rows.map(({ serial }) => serial);
}

/** Writes down why serials bear no letter of ours. */
export const writeSkipped = (
  tx: Tx,
  { officeId, year, from, to, reason, userId, at }: Serials & { reason: string; userId: number; at: Date },
): Promise<unknown> =>
  tx.query(
    `INSERT INTO letter_number (office_id, year, serial, number, reason, noted, given_by, given_at)
     SELECT $1, $2, serial, serial::text, $5, true, $6, $7 FROM generate_series($3::integer, $4::integer) AS serial
     ON CONFLICT (office_id, year, serial, suffix) DO UPDATE SET reason = excluded.reason
     WHERE letter_number.letter_id IS NULL`,
    [officeId, year, from, to, reason, userId, at],
  );

/** A line of an office's register. @throws NotFound for another office's, or none */
export async function lineOf(
  tx: Tx,
  officeId: number,
  id: number,
): Promise<{ year: number; serial: number; noted: boolean }> {
  const [row] = (await tx.query(
    'SELECT year, serial, noted FROM letter_number WHERE id = $1 AND office_id = $2',
    [id, officeId],
  )) as [{ year: number; serial: number; noted: boolean } | undefined];
  if (!row) throw new NotFound();
  return row;
}

/** Takes a note out of the register. */
export const eraseNote = (tx: Tx, id: number): Promise<unknown> =>
  tx.query('DELETE FROM letter_number WHERE id = $1 AND noted', [id]);
