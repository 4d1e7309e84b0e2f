import type { Tx } from '../../database/data-source.js';
import { MinutesEdition } from './minutes-edition.entity.js';

/** The edition that was approved last. */
export const lastEdition = (tx: Tx, eventId: number): Promise<MinutesEdition | null> =>
  tx.findOne(MinutesEdition, { where: { eventId }, order: { number: 'DESC' } });

export const editionNumbered = (tx: Tx, eventId: number, number: number): Promise<MinutesEdition | null> =>
  tx.findOneBy(MinutesEdition, { eventId, number });

export async function nameOfUser(tx: Tx, id: number): Promise<string> {
  const [row] = (await tx.query(
    `SELECT concat_ws(', ', concat_ws(' ', nullif(name_before, ''), name), nullif(name_after, '')) AS name
     FROM app_user WHERE id = $1`,
    [id],
  )) as { name: string }[];
  return row?.name ?? '';
}

export interface EditionRow {
  number: number;
  content: string;
  sha256: string;
  previousSha256: string | null;
  pdfSha256: string;
  pdfSize: number;
  approver: string;
  approvedAt: Date;
  publisher: string | null;
  publishedAt: Date | null;
}

/** All editions of an event, the first one first. */
export const editionsOf = (tx: Tx, eventId: number): Promise<EditionRow[]> =>
  tx.query(
    `SELECT d.number, d.content, d.sha256, d.previous_sha256 AS "previousSha256", f.sha256 AS "pdfSha256",
       f.size AS "pdfSize", a.name AS approver, d.approved_at AS "approvedAt", b.name AS publisher,
       p.published_at AS "publishedAt"
     FROM minutes_edition d JOIN stored_file f ON f.id = d.pdf_file_id JOIN app_user a ON a.id = d.approved_by
     LEFT JOIN minutes_publication p ON p.edition_id = d.id LEFT JOIN app_user b ON b.id = p.published_by
     WHERE d.event_id = $1 ORDER BY d.number`,
    [eventId],
  );

/** The PDF of the newest edition that was published: what delegates may read. */
export async function publishedPdf(
  tx: Tx,
  eventId: number,
): Promise<{ sha256: string; number: number } | undefined> {
  const [row] = (await tx.query(
    `SELECT f.sha256, d.number FROM minutes_edition d JOIN minutes_publication p ON p.edition_id = d.id
     JOIN stored_file f ON f.id = d.pdf_file_id WHERE d.event_id = $1 ORDER BY d.number DESC LIMIT 1`,
    [eventId],
  )) as { sha256: string; number: number }[];
  return row;
}

export async function insertPublication(tx: Tx, editionId: number, userId: number, at: Date): Promise<void> {
  await tx.query(
    `INSERT INTO minutes_publication (edition_id, published_by, published_at) VALUES ($1, $2, $3)`,
    [editionId, userId, at],
  );
}
