import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../../database/data-source.js';
import { InvalidInput } from '../../errors.js';
import type { Draft, FileStore } from '../../storage/file-store.js';
import { judgeFile, safeFileName } from '../../storage/judge.js';
import { cleanPicture } from '../../storage/pictures.js';
import { keepDraft, keepFile, keepingFiles } from '../../storage/stored-files.js';
import type { ActionNote } from './action-note.entity.js';

/** One file with each note: a phone's photo or a scanned letter, in bytes. */
export const evidenceLimits = { files: 1, fileSize: 20_000_000, total: 21_000_000 };

type KeptFile = Pick<ActionNote, 'storedFileId' | 'thumbnailFileId' | 'fileName'>;

/** Evidence that was judged, and is kept when the note is. */
export interface Evidence {
  files: FileStore;
  /** Of all contents that `keep` puts into the store. */
  sha256s: string[];
  keep(tx: Tx): Promise<KeptFile>;
}

/**
 * Runs a transaction that may keep evidence. What is refused after the file was kept leaves none behind: an address
 * that can be passed on must not fill the disk.
 */
export const keepingEvidence = <T>(
  db: DataSource,
  evidence: Evidence | undefined,
  work: (tx: Tx) => Promise<T>,
): Promise<T> =>
  evidence ? keepingFiles({ db, files: evidence.files }, evidence.sha256s, work) : inTransaction(db, work);

const sha256Of = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/**
 * Judges a file by its content, before anything is locked: photos are drawn anew, so that no place or camera data
 * is kept, nor whatever else was hidden in the file.
 * @throws InvalidInput at `file` when it is of no kind that is accepted, or a photo that cannot be read
 */
export async function judgeEvidence(
  files: FileStore,
  upload: (Draft & { name: string }) | undefined,
): Promise<Evidence | undefined> {
  if (!upload) return undefined;
  const judged = await judgeFile(upload.path, upload.name);
  if (!judged) throw InvalidInput.at('file', 'action.error.file_kind');
  if (!judged.mediaType.startsWith('image/')) {
    const fileName = safeFileName(upload.name, judged.extension);
    return {
      files,
      sha256s: [upload.sha256],
      keep: async (tx) => ({
        storedFileId: await keepDraft(tx, files, upload, judged.mediaType),
        thumbnailFileId: null,
        fileName,
      }),
    };
  }
  const clean = await cleanPicture(upload.path);
  if (!clean) throw InvalidInput.at('file', 'action.error.picture_unreadable');
  return {
    files,
    sha256s: [clean.picture, clean.thumbnail].map(sha256Of),
    keep: async (tx) => ({
      storedFileId: await keepFile(tx, files, clean.picture, 'image/jpeg'),
      thumbnailFileId: await keepFile(tx, files, clean.thumbnail, 'image/jpeg'),
      fileName: safeFileName(upload.name, 'jpg'),
    }),
  };
}

export { findEvidence } from './actions.repository.js';
