import { Readable } from 'node:stream';
import { inTransaction, type Tx } from '../../database/data-source.js';
import { InvalidInput, NotFound } from '../../errors.js';
import { judgePicture } from '../../storage/judge.js';
import { cleanPicture } from '../../storage/pictures.js';
import { dropUnusedFile, keepDraft, keepingFiles } from '../../storage/stored-files.js';
import type { Draft, FileStore } from '../../storage/file-store.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, changedSince, recordAudit, recordAuditOfMany } from '../audit/audit.service.js';
import { findEventFor } from '../events/events.service.js';
import type { Arrived } from './arriving.js';
import type { MaterialDeps } from './materials.service.js';
import type { PhotoForm } from './materials.schema.js';
import { Photo } from './photo.entity.js';
import { findPhoto, insertPhoto, listPhotos, type PhotoRow } from './photos.repository.js';

/** A photo drawn anew, waiting beside its place in the store. */
interface Cleaned {
  picture: Draft;
  thumbnail: Draft;
  width: number;
  height: number;
}

const mediaType = 'image/jpeg';

const intoStore = (files: FileStore, content: Buffer): Promise<Draft> =>
  files.receive(Readable.from([content]));

async function discardAll(files: FileStore, cleaned: readonly Cleaned[]): Promise<void> {
  for (const { picture, thumbnail } of cleaned) {
    await files.discard(picture);
    await files.discard(thumbnail);
  }
}

/**
 * Draws each photo anew, one after another: a photo of a phone unfolds to a hundred megabytes.
 * @throws InvalidInput at `photos`, naming those that are none
 */
async function cleanAll(files: FileStore, arrived: readonly Arrived[]): Promise<Cleaned[]> {
  const cleaned: Cleaned[] = [];
  const refused: string[] = [];
  for (const { path, name } of arrived) {
    const clean = (await judgePicture(path)) && (await cleanPicture(path));
    if (!clean) {
      refused.push(name);
      continue;
    }
    const picture = await intoStore(files, clean.picture);
    const thumbnail = await intoStore(files, clean.thumbnail);
    cleaned.push({ picture, thumbnail, width: clean.width, height: clean.height });
  }
  if (cleaned.length > 0 && refused.length === 0) return cleaned;
  await discardAll(files, cleaned);
  if (refused.length === 0) throw InvalidInput.at('photos', 'photo.choose_files');
  throw InvalidInput.at('photos', 'photo.kind', { names: refused.join(', ') });
}

/**
 * Photos handed in at once; one that the event has already is not kept twice.
 * @returns how many are new
 * @throws InvalidInput at `photos` when there is none or one is no photo: all or none is kept
 */
export async function addPhotos(
  deps: MaterialDeps,
  actor: OfficeActor,
  eventId: number,
  arrived: readonly Arrived[],
): Promise<number> {
  const cleaned = await cleanAll(deps.files, arrived);
  const drafts = cleaned.flatMap(({ picture, thumbnail }) => [picture, thumbnail]);
  const sha256s = drafts.map(({ sha256 }) => sha256);
  try {
    return await keepingFiles(deps, sha256s, async (tx) => {
      await findEventFor(tx, actor, eventId);
      const kept = new Map<string, number>();
      for (const draft of drafts.toSorted((one, other) => (one.sha256 < other.sha256 ? -1 : 1)))
        kept.set(draft.sha256, await keepDraft(tx, deps.files, draft, mediaType));
      const ids: number[] = [];
      for (const { picture, thumbnail, width, height } of cleaned) {
        const files = {
          picture: Number(kept.get(picture.sha256)),
          thumbnail: Number(kept.get(thumbnail.sha256)),
        };
        const at = deps.clock.now();
        const id = await insertPhoto(tx, { eventId, files, width, height, createdBy: actor.userId, at });
        if (id !== undefined) ids.push(id);
      }
      const added = ids.map((id) => ({ id, fields: [] }));
      await recordAuditOfMany(tx, byActor(actor), 'photo.added', 'photo', added);
      return ids.length;
    });
  } finally {
    await discardAll(deps.files, cleaned);
  }
}

/** @throws InvalidInput at `version` when somebody else was faster, NotFound */
export function changePhoto(
  { db }: MaterialDeps,
  actor: OfficeActor,
  eventId: number,
  id: number,
  form: PhotoForm,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = await lockPhoto(tx, actor, eventId, id);
    const fields = changedSince(before, form);
    if (fields.length === 0) return;
    await tx.update(Photo, { id }, { ...form, version: before.version + 1 });
    await recordAudit(tx, byActor(actor), { action: 'photo.changed', subject: ['photo', id], fields });
  });
}

/** Removes a photo for good, also its files unless something else shows them. @throws NotFound */
export async function removePhoto(
  { db, files }: MaterialDeps,
  actor: OfficeActor,
  eventId: number,
  id: number,
): Promise<void> {
  const removed = await inTransaction(db, async (tx) => {
    await lockPhoto(tx, actor, eventId, id);
    const photo = await findPhoto(tx, eventId, id);
    await tx.delete(Photo, { id });
    await recordAudit(tx, byActor(actor), { action: 'photo.removed', subject: ['photo', id] });
    return photo;
  });
  await dropUnusedFile(db, files, removed.sha256);
  await dropUnusedFile(db, files, removed.thumbnailSha256);
}

async function lockPhoto(tx: Tx, actor: OfficeActor, eventId: number, id: number): Promise<Photo> {
  await findEventFor(tx, actor, eventId);
  const photo = await tx.findOne(Photo, { where: { id, eventId }, lock: { mode: 'pessimistic_write' } });
  if (!photo) throw new NotFound();
  return photo;
}

/** Photos of an event in their order, for its page, its minutes and its report. */
export const photosOf = (tx: Tx, eventId: number): Promise<PhotoRow[]> => listPhotos(tx, eventId);

/** @throws NotFound */
export async function photoFor(
  { db }: MaterialDeps,
  actor: OfficeActor,
  eventId: number,
  id: number,
): Promise<PhotoRow> {
  await findEventFor(db.manager, actor, eventId);
  return findPhoto(db.manager, eventId, id);
}
