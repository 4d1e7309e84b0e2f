import type { Tx } from '../../database/data-source.js';
import { InvalidInput } from '../../errors.js';
import type { Draft, FileStore } from '../../storage/file-store.js';
import { judgeFile, safeFileName } from '../../storage/judge.js';
import { cleanPicture } from '../../storage/pictures.js';
import { keepDraft, keepFile } from '../../storage/stored-files.js';
import type { ActionNote } from './action-note.entity.js';

/** One file with each note: a phone's photo or a scanned letter, in bytes. */
export const evidenceLimits = { files: 1, fileSize: 20_000_000, total: 21_000_000 };

type KeptFile = Pick<ActionNote, 'storedFileId' | 'thumbnailFileId' | 'fileName'>;

/** Evidence that was judged, and is kept when the note is. */
export interface Evidence {
  keep(tx: Tx): Promise<KeptFile>;
}

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
    keep: async (tx) => ({
      storedFileId: await keepFile(tx, files, clean.picture, 'image/jpeg'),
      thumbnailFileId: await keepFile(tx, files, clean.thumbnail, 'image/jpeg'),
      fileName: safeFileName(upload.name, 'jpg'),
    }),
  };
}

export { findEvidence } from './actions.repository.js';
