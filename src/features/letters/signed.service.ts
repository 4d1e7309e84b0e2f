import type { Deps } from '../../deps.js';
import { Conflict, InvalidInput } from '../../errors.js';
import type { Draft } from '../../storage/file-store.js';
import { judgeFile } from '../../storage/judge.js';
import { dropUnusedFile, keepDraft, keepingFiles } from '../../storage/stored-files.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { openLetter, recordLetter, type LetterIds } from './access.js';
import { InvitationLetter } from './invitation-letter.entity.js';
import { fileOf } from './letters.repository.js';
import type { LetterDeps } from './writing.service.js';

/** One scan, or one file with an electronic signature, in bytes: it travels with every mail. */
export const signedLimits = { files: 1, fileSize: 5_000_000, total: 5_500_000 };

/**
 * Takes in the signed letter, kept byte for byte: an electronic signature is void when anything is changed. It replaces
 * one that was handed in before; what has gone out already is not replaced.
 * @throws InvalidInput at `file` when there is none, or it is no PDF by its content; Conflict while the leader has the
 * letter, and when a signed one has gone out
 */
export async function keepSigned(
  { db, files }: LetterDeps & Pick<Deps, 'files'>,
  actor: OfficeActor,
  ids: LetterIds,
  upload: (Draft & { name: string }) | undefined,
): Promise<void> {
  if (!upload) throw InvalidInput.at('file', 'surat.error.choose_file');
  const judged = await judgeFile(upload.path, upload.name);
  if (judged?.mediaType !== 'application/pdf') throw InvalidInput.at('file', 'surat.error.file_kind');
  const earlier = await keepingFiles({ db, files }, [upload.sha256], async (tx) => {
    const { letter } = await openLetter(tx, actor, ids);
    if (letter.state === 'submitted') throw new Conflict('surat.error.closed_submitted');
    if (letter.state === 'issued' && letter.signedFileId !== null)
      throw new Conflict('surat.error.signed_is_out');
    const before = letter.signedFileId === null ? undefined : await fileOf(tx, letter.signedFileId);
    const signedFileId = await keepDraft(tx, files, upload, 'application/pdf');
    await tx.update(InvitationLetter, { id: letter.id }, { signedFileId });
    await recordLetter(tx, actor, ids, 'signed');
    return before;
  });
  if (earlier && earlier.sha256 !== upload.sha256) await dropUnusedFile(db, files, earlier.sha256);
}
