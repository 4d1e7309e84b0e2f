import type { DataSource } from 'typeorm';
import type { Tx } from '../../database/data-source.js';

type Reader = Pick<DataSource, 'query'>;

/** A letter as pages tell of it, and where its content is. */
export interface LetterRow {
  id: number;
  invitationId: number;
  fileName: string;
  handedInAt: Date;
  sha256: string;
  mediaType: string;
}

/** The letter of an invitation, if it handed one in. */
export async function findLetter(db: Reader, invitationId: number): Promise<LetterRow | undefined> {
  const [row] = (await db.query(
    `SELECT a.id, a.invitation_id AS "invitationId", a.file_name AS "fileName", a.handed_in_at AS "handedInAt",
       f.sha256, f.media_type AS "mediaType"
     FROM assignment_letter a JOIN stored_file f ON f.id = a.stored_file_id WHERE a.invitation_id = $1`,
    [invitationId],
  )) as [LetterRow | undefined];
  return row;
}

/** What decides whether a letter can be handed in or taken back. */
export interface LetterPlace {
  officeId: number;
  eventId: number;
  state: string;
  eventState: string;
  endsAt: Date | null;
  retentionMonths: number;
}

/**
 * The invitation, kept from changing until the transaction ends: two letters at once come one after the other. The
 * lock of the seats is not taken, since writing a file may last.
 */
export async function lockLetterPlace(tx: Tx, invitationId: number): Promise<LetterPlace | undefined> {
  const [row] = (await tx.query(
    `SELECT e.office_id AS "officeId", e.id AS "eventId", i.state, e.state AS "eventState", e.ends_at AS "endsAt",
       o.retention_months AS "retentionMonths"
     FROM invitation i JOIN event e ON e.id = i.event_id JOIN office o ON o.id = e.office_id
     WHERE i.id = $1 FOR NO KEY UPDATE OF i`,
    [invitationId],
  )) as [LetterPlace | undefined];
  return row;
}

export interface ErasedLetter {
  invitationId: number;
  officeId: number;
  sha256: string;
}

/**
 * Deletes letters that are no longer needed: past the office's retention, of an event that was cancelled, or of an
 * institution that does not come after all. At most `limit`; what another process is deleting is left to it.
 */
export async function deleteOldLetters(tx: Tx, now: Date, limit: number): Promise<ErasedLetter[]> {
  const [rows] = (await tx.query(
    `WITH due AS (
       SELECT a.id FROM assignment_letter a JOIN invitation i ON i.id = a.invitation_id
       JOIN event e ON e.id = i.event_id JOIN office o ON o.id = e.office_id
       WHERE e.ends_at + make_interval(months => o.retention_months) < $1 OR e.state = 'cancelled'
         OR i.state NOT IN ('accepted', 'reconfirm')
       ORDER BY a.id LIMIT $2 FOR UPDATE OF a SKIP LOCKED)
     DELETE FROM assignment_letter a USING due, invitation i, event e, stored_file f
     WHERE a.id = due.id AND i.id = a.invitation_id AND e.id = i.event_id AND f.id = a.stored_file_id
     RETURNING i.id AS "invitationId", e.office_id AS "officeId", f.sha256`,
    [now, limit],
  )) as [ErasedLetter[], number];
  return rows;
}
