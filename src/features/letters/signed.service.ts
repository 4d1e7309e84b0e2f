import { inTransaction, type Tx } from '../../database/data-source.js';
import { Conflict, InvalidInput } from '../../errors.js';
import type { Draft } from '../../storage/file-store.js';
import { judgeFile } from '../../storage/judge.js';
import { dropUnusedFile, keepDraft, keepingFiles } from '../../storage/stored-files.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { openLetter, recordLetter, type LetterIds } from './access.js';
import { composeLetter, letterHash, missingIn } from './compose.js';
import type { LetterContent } from './content.js';
import { InvitationLetter } from './invitation-letter.entity.js';
import { fileOf, type NumberedLetter } from './letters.repository.js';
import type { LetterDeps } from './writing.service.js';

/**
 * One scan, or one file with an electronic signature, in bytes: it travels with every mail. The form may be longer, so that
 * a scan that is too large is told at its field; no more of it than a file may hold is kept.
 */
export const signedLimits = { files: 1, fileSize: 10_000_000, total: 60_000_000 };

/** What a letter has, once its signed copy is taken off. */
export const unsigned = { signedFileId: null, signedContentSha256: null } as const;

/** The content of the signed copy of a letter, to be thrown away after what takes it off is written. */
export const signedContentOf = async (tx: Tx, letter: NumberedLetter): Promise<string | undefined> =>
  letter.signedFileId === null ? undefined : (await fileOf(tx, letter.signedFileId)).sha256;

/** Whether a letter says something else by now than when its signed copy was handed in; its number comes afterwards. */
export const isSignedStale = (letter: NumberedLetter, content: LetterContent): boolean =>
  letter.state !== 'issued' &&
  letter.signedContentSha256 !== null &&
  letter.signedContentSha256 !== letterHash(content);

/**
 * Whether a letter may be printed without the mark of a draft, so that it is signed by hand: it is whole, and where the
 * leader approves letters it says what was approved. Its number may follow: registries write it on what is signed.
 */
export function isToBeSigned(
  { state, approvedSha256 }: NumberedLetter,
  content: LetterContent,
  requiresApproval: boolean,
): boolean {
  if (state === 'issued') return true;
  if (missingIn(content).length > 0 || state === 'submitted') return false;
  return state === 'approved' ? approvedSha256 === letterHash(content) : !requiresApproval;
}

function mustTakeSigned({ state, signedFileId }: NumberedLetter): void {
  if (state === 'submitted') throw new Conflict('surat.error.closed_submitted');
  if (state === 'issued' && signedFileId !== null) throw new Conflict('surat.error.signed_is_out');
}

/**
 * Takes in the signed letter, kept byte for byte: an electronic signature is void when anything is changed. It replaces
 * one that was handed in before; what has gone out already is not replaced.
 * @throws InvalidInput at `file` when there is none, or it is no PDF by its content; Conflict while the leader has the
 * letter, and when a signed one has gone out
 */
export async function keepSigned(
  { db, files, clock }: LetterDeps,
  actor: OfficeActor,
  ids: LetterIds,
  upload: (Draft & { name: string }) | undefined,
): Promise<void> {
  if (!upload) throw InvalidInput.at('file', 'surat.error.choose_file');
  const judged = await judgeFile(upload.path, upload.name);
  if (judged?.mediaType !== 'application/pdf') throw InvalidInput.at('file', 'surat.error.file_kind');
  const earlier = await keepingFiles({ db, files }, [upload.sha256], async (tx) => {
    const { event, letter } = await openLetter(tx, actor, ids);
    mustTakeSigned(letter);
    const before = await signedContentOf(tx, letter);
    const signedFileId = await keepDraft(tx, files, upload, 'application/pdf');
    // What is issued changes no more: its copy is of what it says.
    const composed = letter.content ? null : await composeLetter(tx, actor, event, letter, clock.now());
    const signed = { signedFileId, ...(composed && { signedContentSha256: letterHash(composed) }) };
    await tx.update(InvitationLetter, { id: letter.id }, signed);
    await recordLetter(tx, actor, ids, 'signed');
    return before;
  });
  if (earlier && earlier !== upload.sha256) await dropUnusedFile(db, files, earlier);
}

/**
 * Takes the signed copy off a letter that is not out yet, if it is one to go.
 * @returns whether it went
 */
async function takeOff(
  { db, files, clock }: LetterDeps,
  actor: OfficeActor,
  ids: LetterIds,
  isToGo: (letter: NumberedLetter, compose: () => Promise<LetterContent>) => boolean | Promise<boolean>,
): Promise<boolean> {
  const sha256 = await inTransaction(db, async (tx) => {
    const { event, letter } = await openLetter(tx, actor, ids);
    if (!(await isToGo(letter, () => composeLetter(tx, actor, event, letter, clock.now())))) return undefined;
    const signed = await signedContentOf(tx, letter);
    await tx.update(InvitationLetter, { id: letter.id }, unsigned);
    await recordLetter(tx, actor, ids, 'signed_removed');
    return signed;
  });
  if (sha256) await dropUnusedFile(db, files, sha256);
  return sha256 !== undefined;
}

/** Takes a wrong upload away. @throws Conflict when there is none, while the leader has the letter, and once it is out */
export async function removeSigned(deps: LetterDeps, actor: OfficeActor, ids: LetterIds): Promise<void> {
  await takeOff(deps, actor, ids, (letter) => {
    mustTakeSigned(letter);
    if (letter.signedFileId === null) throw new Conflict('surat.error.gone');
    return true;
  });
}

/** Takes the signed copy off when the letter says something else by now. @returns whether it did */
export const dropStaleSigned = (deps: LetterDeps, actor: OfficeActor, ids: LetterIds): Promise<boolean> =>
  takeOff(deps, actor, ids, async (letter, compose) =>
    letter.signedFileId === null ? false : isSignedStale(letter, await compose()),
  );
