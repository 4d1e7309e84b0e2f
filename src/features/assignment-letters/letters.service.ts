import { createHash } from 'node:crypto';
import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { Conflict, InvalidInput, NotFound } from '../../errors.js';
import type { Draft, FileStore } from '../../storage/file-store.js';
import { judgeFile, safeFileName } from '../../storage/judge.js';
import { cleanPicture } from '../../storage/pictures.js';
import { dropUnusedFile, keepDraft, keepFile, keepingFiles } from '../../storage/stored-files.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { AssignmentLetter } from './assignment-letter.entity.js';
import { findLetter, lockLetterPlace, type LetterPlace, type LetterRow } from './letters.repository.js';

export { findLetter, type LetterRow } from './letters.repository.js';

type LetterDeps = Pick<Deps, 'db' | 'files' | 'clock'>;

/** One letter: a page of paper photographed by a phone, or a scan of a few, in bytes. */
export const letterLimits = { files: 1, fileSize: 10_000_000, total: 10_500_000 };

/**
 * A letter comes from who is expected, before the event or after it, since offices collect missing ones for their
 * papers; and no longer than it would be kept.
 */
export function lettersOpen(
  { state, eventState, endsAt, retentionMonths }: Omit<LetterPlace, 'officeId' | 'eventId'>,
  now: Date,
): boolean {
  if (state !== 'accepted' || !['published', 'running', 'finished'].includes(eventState)) return false;
  if (endsAt === null) return true;
  const keptUntil = new Date(endsAt);
  keptUntil.setUTCMonth(keptUntil.getUTCMonth() + retentionMonths);
  return now < keptUntil;
}

/** A letter that was judged, and is kept when its row is. */
export interface JudgedLetter {
  sha256: string;
  fileName: string;
  keep(tx: Tx): Promise<number>;
}

/**
 * Judges a letter by its content, before anything is locked. Photos are drawn anew, so that neither place nor camera is
 * kept, nor whatever else was hidden in the file.
 * @throws InvalidInput at `file` when there is none, or it is neither PDF, JPG nor PNG, or cannot be read
 */
export async function judgeLetter(
  files: FileStore,
  upload: (Draft & { name: string }) | undefined,
): Promise<JudgedLetter> {
  if (!upload) throw InvalidInput.at('file', 'letter.choose_file');
  const mediaType = (await judgeFile(upload.path, upload.name))?.mediaType;
  if (mediaType === 'application/pdf')
    return {
      sha256: upload.sha256,
      fileName: safeFileName(upload.name, 'pdf'),
      keep: (tx) => keepDraft(tx, files, upload, 'application/pdf'),
    };
  if (mediaType !== 'image/jpeg' && mediaType !== 'image/png')
    throw InvalidInput.at('file', 'letter.file_kind');
  const clean = await cleanPicture(upload.path);
  if (!clean) throw InvalidInput.at('file', 'letter.picture_unreadable');
  return {
    sha256: createHash('sha256').update(clean.picture).digest('hex'),
    fileName: safeFileName(upload.name, 'jpg'),
    keep: (tx) => keepFile(tx, files, clean.picture, 'image/jpeg'),
  };
}

/** @throws Conflict when no letter is taken any more, or not yet */
async function openPlace(tx: Tx, now: Date, invitationId: number): Promise<LetterPlace> {
  const place = await lockLetterPlace(tx, invitationId);
  if (!place || !lettersOpen(place, now)) throw new Conflict('letter.closed');
  return place;
}

const note = (tx: Tx, place: LetterPlace, invitationId: number, action: string) =>
  recordAudit(
    tx,
    { officeId: place.officeId, userId: null, way: 'link' },
    { action: `letter.${action}`, subject: ['invitation', invitationId], detail: { event: place.eventId } },
  );

/**
 * Takes in the letter of an invitation; an earlier one gives way, and its content is thrown away. What is refused after
 * the file was kept leaves none behind.
 * @throws Conflict when no letter is taken any more, or not yet
 */
export async function handInLetter(
  { db, files, clock }: LetterDeps,
  invitationId: number,
  letter: JudgedLetter,
): Promise<void> {
  const earlier = await keepingFiles({ db, files }, [letter.sha256], async (tx) => {
    const now = clock.now();
    const place = await openPlace(tx, now, invitationId);
    const before = await findLetter(tx, invitationId);
    // Sent twice by an impatient finger: it is there already.
    if (before?.sha256 === letter.sha256) return undefined;
    const values = { storedFileId: await letter.keep(tx), fileName: letter.fileName, handedInAt: now };
    if (before) await tx.update(AssignmentLetter, { id: before.id }, values);
    else await tx.insert(AssignmentLetter, { ...values, invitationId });
    await note(tx, place, invitationId, before ? 'replaced' : 'handed_in');
    return before;
  });
  if (earlier) await dropUnusedFile(db, files, earlier.sha256);
}

/** Takes the letter back for good. @throws Conflict as above; nothing happens when there is none */
export async function removeLetter({ db, files, clock }: LetterDeps, invitationId: number): Promise<void> {
  const removed = await inTransaction(db, async (tx) => {
    const place = await openPlace(tx, clock.now(), invitationId);
    const letter = await findLetter(tx, invitationId);
    if (!letter) return undefined;
    await tx.delete(AssignmentLetter, { id: letter.id });
    await note(tx, place, invitationId, 'removed');
    return letter;
  });
  if (removed) await dropUnusedFile(db, files, removed.sha256);
}

/**
 * A letter as somebody of the office reads it; who did is kept (domain.md, privacy).
 * @param invitationId of an event that the caller has found through the actor's office
 * @throws NotFound when the invitation has no such letter
 */
export function readLetter(
  { db }: LetterDeps,
  actor: OfficeActor,
  ids: { eventId: number; invitationId: number; letterId: number },
): Promise<LetterRow> {
  return inTransaction(db, async (tx) => {
    const letter = await findLetter(tx, ids.invitationId);
    if (letter?.id !== ids.letterId) throw new NotFound();
    await recordAudit(tx, byActor(actor), {
      action: 'letter.read',
      subject: ['invitation', ids.invitationId],
      detail: { event: ids.eventId },
    });
    return letter;
  });
}
