import { inTransaction, type Tx } from '../../database/data-source.js';
import { InvalidInput, NotFound } from '../../errors.js';
import type { Draft } from '../../storage/file-store.js';
import { judgeFile, safeFileName } from '../../storage/judge.js';
import { keepDraft, keepingFiles } from '../../storage/stored-files.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit, recordAuditOfMany } from '../audit/audit.service.js';
import { findEventFor } from '../events/events.service.js';
import { MaterialVersion } from './material-version.entity.js';
import { Material } from './material.entity.js';
import { lockMaterial, versionsOf } from './materials.repository.js';
import type { NewLink, Place } from './materials.schema.js';
import { checkPlace, type MaterialDeps } from './materials.service.js';

/** A file that has arrived and is not judged yet. */
export type Arrived = Draft & { name: string };

/** One that is known to be of a kind that is handed out. */
type Accepted = Draft & { fileName: string; mediaType: string };

/**
 * Looks into each file; what a file is called decides nothing but what it is called.
 * @throws InvalidInput at `files`, naming those that are nothing to hand out: all or none is kept
 */
async function judgeAll(arrived: readonly Arrived[]): Promise<Accepted[]> {
  const accepted: Accepted[] = [];
  const refused: string[] = [];
  for (const { name, ...draft } of arrived) {
    const judged = await judgeFile(draft.path, name);
    if (judged)
      accepted.push({
        ...draft,
        mediaType: judged.mediaType,
        fileName: safeFileName(name, judged.extension),
      });
    else refused.push(name);
  }
  if (refused.length > 0) throw InvalidInput.at('files', 'error.file_kind', { names: refused.join(', ') });
  if (accepted.length === 0) throw InvalidInput.at('files', 'material.choose_files');
  return accepted;
}

const titleOf = (fileName: string) => fileName.replace(/\.[a-z0-9]{1,8}$/, '').slice(0, 200);

const bySha256 = (one: Draft, other: Draft) => (one.sha256 < other.sha256 ? -1 : 1);

/**
 * Files handed in at once, one material each, titled by their names.
 * @returns how many
 * @throws InvalidInput at `files` when there is none or one is nothing to hand out, NotFound as everywhere
 */
export async function addFiles(
  deps: MaterialDeps,
  actor: OfficeActor,
  eventId: number,
  place: Place,
  arrived: readonly Arrived[],
): Promise<number> {
  const accepted = await judgeAll(arrived);
  const sha256s = accepted.map(({ sha256 }) => sha256);
  return keepingFiles(deps, sha256s, async (tx) => {
    await findEventFor(tx, actor, eventId);
    await checkPlace(tx, eventId, place);
    const kept = new Map<string, number>();
    for (const file of accepted.toSorted(bySha256))
      kept.set(file.sha256, await keepDraft(tx, deps.files, file, file.mediaType));
    const added: { id: number; fields: string[] }[] = [];
    for (const file of accepted) {
      const title = titleOf(file.fileName);
      const id = await insertMaterial(deps, tx, actor, { ...place, eventId, title });
      await insertVersion(deps, tx, actor, {
        materialId: id,
        number: 1,
        storedFileId: Number(kept.get(file.sha256)),
        fileName: file.fileName,
      });
      added.push({ id, fields: [] });
    }
    await recordAuditOfMany(tx, byActor(actor), 'material.added', 'material', added);
    return added.length;
  });
}

async function insertMaterial(
  { clock }: MaterialDeps,
  tx: Tx,
  actor: OfficeActor,
  material: Place & Pick<Material, 'eventId' | 'title'> & { url?: string },
): Promise<number> {
  const made = { ...material, createdBy: actor.userId, createdAt: clock.now() };
  const { identifiers } = await tx.insert(Material, made);
  return Number(identifiers[0]?.id);
}

const insertVersion = (
  { clock }: MaterialDeps,
  tx: Tx,
  actor: OfficeActor,
  version: Pick<MaterialVersion, 'materialId' | 'number' | 'storedFileId' | 'fileName'>,
): Promise<unknown> =>
  tx.insert(MaterialVersion, { ...version, createdBy: actor.userId, createdAt: clock.now() });

/** A link beside the files, such as a video or a form. @throws InvalidInput, NotFound as above */
export function addLink(
  deps: MaterialDeps,
  actor: OfficeActor,
  eventId: number,
  link: NewLink,
): Promise<number> {
  return inTransaction(deps.db, async (tx) => {
    await findEventFor(tx, actor, eventId);
    await checkPlace(tx, eventId, link);
    const id = await insertMaterial(deps, tx, actor, { ...link, eventId });
    await recordAudit(tx, byActor(actor), { action: 'material.added', subject: ['material', id] });
    return id;
  });
}

/**
 * A newer content under the same title; the older ones stay for the office.
 * @returns its number
 * @throws InvalidInput at `files` as `addFiles` does, NotFound also for a link
 */
export async function addVersion(
  deps: MaterialDeps,
  actor: OfficeActor,
  eventId: number,
  id: number,
  arrived: readonly Arrived[],
): Promise<number> {
  const [file] = await judgeAll(arrived);
  if (!file) throw InvalidInput.at('files', 'material.choose_files');
  return keepingFiles(deps, [file.sha256], async (tx) => {
    await findEventFor(tx, actor, eventId);
    await lockMaterial(tx, eventId, id);
    const [newest] = await versionsOf(tx, id);
    if (!newest) throw new NotFound();
    // Sent twice by an impatient finger: it is the newest already.
    if (newest.sha256 === file.sha256) return newest.number;
    const storedFileId = await keepDraft(tx, deps.files, file, file.mediaType);
    const number = newest.number + 1;
    await insertVersion(deps, tx, actor, { materialId: id, number, storedFileId, fileName: file.fileName });
    await recordAudit(tx, byActor(actor), {
      action: 'material.version_added',
      subject: ['material', id],
      detail: { number },
    });
    return number;
  });
}
