import { Readable } from 'node:stream';
import type { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../database/data-source.js';
import type { Draft, FileStore } from './file-store.js';

/**
 * Whoever keeps a content and whoever throws it away for good take turns: a file must not vanish between the check
 * that it is there and the row that refers to it. Held until the transaction ends.
 */
const takeTurns = (tx: Tx, sha256: string): Promise<unknown> =>
  tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`stored file ${sha256}`]);

/** Keeps a content in the store and in the table of stored files; the same content is one file. Returns its id. */
export async function keepFile(
  tx: Tx,
  files: FileStore,
  content: Buffer,
  mediaType: string,
): Promise<number> {
  return keepDraft(tx, files, await files.receive(Readable.from([content])), mediaType);
}

/**
 * The same for what was streamed in. The row comes first: a file without a row is the harmless half. Several are kept
 * in the order of their SHA-256, so that two who keep the same ones do not block each other.
 */
export async function keepDraft(tx: Tx, files: FileStore, draft: Draft, mediaType: string): Promise<number> {
  await takeTurns(tx, draft.sha256);
  // DO UPDATE, not DO NOTHING: that one returns no row when the file is known.
  const [row] = (await tx.query(
    `INSERT INTO stored_file (sha256, size, media_type) VALUES ($1, $2, $3)
     ON CONFLICT (sha256) DO UPDATE SET sha256 = excluded.sha256 RETURNING id`,
    [draft.sha256, draft.size, mediaType],
  )) as [{ id: number }];
  await files.keep(draft);
  return row.id;
}

const stillReferredTo = '23503';

/**
 * Throws a content away for good when nothing refers to it: a photo that was removed, or what was kept in a
 * transaction that broke off. The foreign keys say whether something does, whichever room it is in.
 */
export async function dropUnusedFile(db: DataSource, files: FileStore, sha256: string): Promise<void> {
  try {
    await inTransaction(db, async (tx) => {
      await takeTurns(tx, sha256);
      await tx.query('DELETE FROM stored_file WHERE sha256 = $1', [sha256]);
    });
  } catch (error) {
    if ((error as { code?: string }).code === stillReferredTo) return;
    throw error;
  }
  await inTransaction(db, async (tx) => {
    await takeTurns(tx, sha256);
    const rows = (await tx.query('SELECT 1 FROM stored_file WHERE sha256 = $1', [sha256])) as unknown[];
    if (rows.length === 0) await files.remove(sha256);
  });
}

/** At most in one round; the rest waits for the next. */
const sweptAtOnce = 200;

/**
 * Throws away contents that no row refers to, whichever table it could be in: the foreign keys say which there are. A
 * process that was killed after it deleted the last row, and before the file went, leaves such.
 * @returns how many
 */
export async function dropForgottenFiles(db: DataSource, files: FileStore): Promise<number> {
  const references = (await db.query(
    `SELECT c.conrelid::regclass::text AS "table", quote_ident(a.attname) AS "column" FROM pg_constraint c
     JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
     WHERE c.contype = 'f' AND c.confrelid = 'stored_file'::regclass`,
  )) as { table: string; column: string }[];
  const unused = references.map(
    ({ table, column }) => `NOT EXISTS (SELECT 1 FROM ${table} x WHERE x.${column} = f.id)`,
  );
  const forgotten = (await db.query(
    `SELECT f.sha256 FROM stored_file f WHERE ${unused.join(' AND ')} ORDER BY f.id LIMIT ${sweptAtOnce}`,
  )) as { sha256: string }[];
  for (const { sha256 } of forgotten) await dropUnusedFile(db, files, sha256);
  return forgotten.length;
}

/** Runs a transaction that keeps files; when it breaks off, they are thrown away again. */
export async function keepingFiles<T>(
  { db, files }: { db: DataSource; files: FileStore },
  sha256s: readonly string[],
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    return await inTransaction(db, work);
  } catch (error) {
    for (const sha256 of sha256s) await dropUnusedFile(db, files, sha256);
    throw error;
  }
}
