import { createHash } from 'node:crypto';
import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { DomainError, NotFound } from '../../errors.js';
import type { FileStore } from '../../storage/file-store.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { findEventFor } from '../events/events.service.js';
import type { MinutesDeps } from './blocks.service.js';
import { sha256Of } from './canonical.js';
import type { MinutesContent } from './content.js';
import {
  editionNumbered,
  editionsOf,
  lastEdition,
  publishedPdf,
  type EditionRow,
} from './editions.repository.js';
import type { MinutesEdition } from './minutes-edition.entity.js';

/** What is wrong with an edition, if anything is; `edition.problem.<this>` says it. */
export type EditionProblem = 'content' | 'chain' | 'gap' | 'pdf_gone' | 'pdf';

async function hashOfFile(files: FileStore, sha256: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of files.read(sha256)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Computes every hash anew: of the content, of the link to the edition before, and of the PDF on the disk. */
async function problemOf(
  files: FileStore,
  edition: EditionRow,
  before: EditionRow | undefined,
): Promise<EditionProblem | undefined> {
  if (sha256Of(edition.content) !== edition.sha256) return 'content';
  const { previous, edition: number } = JSON.parse(edition.content) as MinutesContent;
  if (number !== edition.number || edition.number !== (before?.number ?? 0) + 1) return 'gap';
  const expected = before?.sha256 ?? null;
  if (previous !== expected || edition.previousSha256 !== expected) return 'chain';
  if (!files.has(edition.pdfSha256)) return 'pdf_gone';
  return (await hashOfFile(files, edition.pdfSha256)) === edition.pdfSha256 ? undefined : 'pdf';
}

export type CheckedEdition = Omit<EditionRow, 'content'> & { problem: EditionProblem | undefined };

/** Every edition of the minutes of an event, checked. @throws NotFound for an event of another office */
export async function checkedEditions(
  { db, files }: MinutesDeps & Pick<Deps, 'files'>,
  actor: OfficeActor,
  eventId: number,
): Promise<CheckedEdition[]> {
  await findEventFor(db.manager, actor, eventId);
  const rows = await editionsOf(db.manager, eventId);
  const checked: CheckedEdition[] = [];
  for (const [at, row] of rows.entries()) {
    const { content: _, ...edition } = row;
    checked.push({ ...edition, problem: await problemOf(files, row, rows[at - 1]) });
  }
  return checked;
}

export interface ReadEdition {
  edition: MinutesEdition;
  content: MinutesContent;
}

const read = (edition: MinutesEdition): ReadEdition => ({
  edition,
  content: JSON.parse(edition.content) as MinutesContent,
});

/**
 * The edition that was approved last, as it was frozen; undefined while none was.
 * @throws NotFound for an event of another office
 */
export async function editionOf(
  tx: Tx,
  actor: OfficeActor,
  eventId: number,
): Promise<ReadEdition | undefined> {
  await findEventFor(tx, actor, eventId);
  const edition = await lastEdition(tx, eventId);
  return edition ? read(edition) : undefined;
}

/** One edition as it was frozen. @throws NotFound for none, or one of another office */
export async function editionByNumber(
  { db }: MinutesDeps,
  actor: OfficeActor,
  eventId: number,
  number: number,
): Promise<ReadEdition> {
  await findEventFor(db.manager, actor, eventId);
  const edition = await editionNumbered(db.manager, eventId, number);
  if (!edition) throw new NotFound();
  return read(edition);
}

/**
 * The PDF of an edition, for a person of the office; that they took it is kept, since it names people.
 * @returns its SHA-256 in the store
 * @throws NotFound as above; DomainError 410 when the file is missing on the disk
 */
export function takeEditionPdf(
  { db, files }: MinutesDeps & Pick<Deps, 'files'>,
  actor: OfficeActor,
  eventId: number,
  number: number,
): Promise<string> {
  return inTransaction(db, async (tx) => {
    await findEventFor(tx, actor, eventId);
    const found = (await editionsOf(tx, eventId)).find((edition) => edition.number === number);
    if (!found) throw new NotFound();
    mustBeStored(files, found.pdfSha256);
    await notePaper(tx, actor, eventId);
    return found.pdfSha256;
  });
}

/** Keeps who took a paper with names on it (domain.md, privacy). */
export const notePaper = (tx: Tx, actor: OfficeActor, eventId: number): Promise<void> =>
  recordAudit(tx, byActor(actor), { action: 'minutes.paper_taken', subject: ['minutes', eventId] });

function mustBeStored(files: FileStore, sha256: string): void {
  if (!files.has(sha256)) throw new DomainError(410, 'minutes.error.pdf_gone');
}

/** Whether delegates of an event have minutes to read. */
export const hasPublishedMinutes = async ({ db }: MinutesDeps, eventId: number): Promise<boolean> =>
  (await publishedPdf(db.manager, eventId)) !== undefined;

/**
 * The PDF of the newest published edition, for those who were there.
 * @returns its SHA-256 in the store
 * @throws NotFound while none is published; DomainError 410 when the file is missing on the disk
 */
export async function publishedPaper(
  { db, files }: MinutesDeps & Pick<Deps, 'files'>,
  eventId: number,
): Promise<string> {
  const found = await publishedPdf(db.manager, eventId);
  if (!found) throw new NotFound();
  mustBeStored(files, found.sha256);
  return found.sha256;
}
