import type { EntityManager } from 'typeorm';
import { NotFound } from '../../errors.js';

export interface PhotoRow {
  id: number;
  caption: string;
  sort: number;
  version: number;
  /** In pixels. */
  width: number;
  height: number;
  /** Of the picture, a JPEG. */
  sha256: string;
  thumbnailSha256: string;
  /** Of the picture, in bytes. */
  size: number;
}

const photoQuery = `
  SELECT p.id, p.caption, p.position AS sort, p.version, p.width, p.height, f.sha256, f.size,
    t.sha256 AS "thumbnailSha256"
  FROM photo p JOIN stored_file f ON f.id = p.picture_file_id JOIN stored_file t ON t.id = p.thumbnail_file_id
  WHERE p.event_id = $1`;

export const listPhotos = (tx: EntityManager, eventId: number): Promise<PhotoRow[]> =>
  tx.query(`${photoQuery} ORDER BY p.position, p.id`, [eventId]);

/** @throws NotFound when the event has no such photo; ask for the event through its office first */
export async function findPhoto(tx: EntityManager, eventId: number, id: number): Promise<PhotoRow> {
  const [row] = (await tx.query(`${photoQuery} AND p.id = $2`, [eventId, id])) as PhotoRow[];
  if (!row) throw new NotFound();
  return row;
}

/** @returns its id, or undefined when the event has this very picture already */
export async function insertPhoto(
  tx: EntityManager,
  photo: {
    eventId: number;
    /** Ids of stored files. */
    files: { picture: number; thumbnail: number };
    width: number;
    height: number;
    createdBy: number;
    at: Date;
  },
): Promise<number | undefined> {
  const { eventId, files, width, height, createdBy, at } = photo;
  const [row] = (await tx.query(
    `INSERT INTO photo (event_id, picture_file_id, thumbnail_file_id, width, height, created_by, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT ON CONSTRAINT photo_once DO NOTHING RETURNING id`,
    [eventId, files.picture, files.thumbnail, width, height, createdBy, at],
  )) as { id: number }[];
  return row?.id;
}
