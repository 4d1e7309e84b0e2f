import { Readable } from 'node:stream';
import type { Tx } from '../database/data-source.js';
import type { Draft, FileStore } from './file-store.js';

/** Keeps a content in the store and in the table of stored files; the same content is one file. Returns its id. */
export async function keepFile(
  tx: Tx,
  files: FileStore,
  content: Buffer,
  mediaType: string,
): Promise<number> {
  return keepDraft(tx, files, await files.receive(Readable.from([content])), mediaType);
}

/** The same for what was streamed in. The row comes first: a file without a row is the harmless half. */
export async function keepDraft(tx: Tx, files: FileStore, draft: Draft, mediaType: string): Promise<number> {
  // DO UPDATE, not DO NOTHING: that one returns no row when the file is known.
  const [row] = (await tx.query(
    `INSERT INTO stored_file (sha256, size, media_type) VALUES ($1, $2, $3)
     ON CONFLICT (sha256) DO UPDATE SET sha256 = excluded.sha256 RETURNING id`,
    [draft.sha256, draft.size, mediaType],
  )) as [{ id: number }];
  await files.keep(draft);
  return row.id;
}
