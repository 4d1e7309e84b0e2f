import type { Tx } from '../database/data-source.js';
import type { FileStore } from './file-store.js';

/** Keeps a content in the store and in the table of stored files; the same content is one file. Returns its id. */
export async function keepFile(
  tx: Tx,
  files: FileStore,
  content: Buffer,
  mediaType: string,
): Promise<number> {
  const sha256 = await files.put(content);
  // DO UPDATE, not DO NOTHING: that one returns no row when the file is known.
  const [row] = (await tx.query(
    `INSERT INTO stored_file (sha256, size, media_type) VALUES ($1, $2, $3)
     ON CONFLICT (sha256) DO UPDATE SET sha256 = excluded.sha256 RETURNING id`,
    [sha256, content.length, mediaType],
  )) as [{ id: number }];
  return row.id;
}
