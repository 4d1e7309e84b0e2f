import type { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { InvalidInput, NotFound } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, changedSince, recordAudit } from '../audit/audit.service.js';
import { agendaOfEvent, findEventFor } from '../events/events.service.js';
import { Material } from './material.entity.js';
import {
  downloadsOf,
  findMaterial,
  listMaterials,
  lockMaterial,
  versionsOf,
  type VersionRow,
} from './materials.repository.js';
import type { MaterialForm, Place } from './materials.schema.js';

export type MaterialDeps = Pick<Deps, 'db' | 'clock' | 'files'>;

/** @throws InvalidInput at `agendaItemId` when it is no item of the event (any more) */
export async function checkPlace(
  tx: Tx,
  eventId: number,
  { agendaItemId }: Pick<Place, 'agendaItemId'>,
): Promise<void> {
  if (agendaItemId === null) return;
  const items = await agendaOfEvent(tx, eventId);
  if (!items.some(({ id }) => id === agendaItemId)) throw InvalidInput.at('agendaItemId', 'error.choose');
}

/** One act on a material of the actor's office, under its lock. */
const onMaterial = <T>(
  db: DataSource,
  actor: OfficeActor,
  eventId: number,
  id: number,
  act: (tx: Tx, material: Material) => Promise<T>,
): Promise<T> =>
  inTransaction(db, async (tx) => {
    await findEventFor(tx, actor, eventId);
    return act(tx, await lockMaterial(tx, eventId, id));
  });

/** @throws InvalidInput at `version` when somebody else was faster, NotFound */
export const changeMaterial = (
  { db }: MaterialDeps,
  actor: OfficeActor,
  eventId: number,
  id: number,
  form: MaterialForm,
): Promise<void> =>
  onMaterial(db, actor, eventId, id, async (tx, before) => {
    await checkPlace(tx, eventId, form);
    const fields = changedSince(before, form);
    if (fields.length === 0) return;
    await tx.update(Material, { id }, { ...form, version: before.version + 1 });
    await recordAudit(tx, byActor(actor), { action: 'material.changed', subject: ['material', id], fields });
  });

/** Takes a material out of everybody's sight but the office's, or brings it back. @throws NotFound */
export const archiveMaterial = (
  { db, clock }: MaterialDeps,
  actor: OfficeActor,
  eventId: number,
  id: number,
  archived: boolean,
): Promise<void> =>
  onMaterial(db, actor, eventId, id, async (tx, { archivedAt }) => {
    if ((archivedAt !== null) === archived) return;
    await tx.update(Material, { id }, { archivedAt: archived ? clock.now() : null });
    const action = archived ? 'material.archived' : 'material.restored';
    await recordAudit(tx, byActor(actor), { action, subject: ['material', id] });
  });

/** Makes the public address void that people have by now, and another one good. @throws NotFound */
export const renewPublicLink = (
  { db }: MaterialDeps,
  actor: OfficeActor,
  eventId: number,
  id: number,
): Promise<void> =>
  onMaterial(db, actor, eventId, id, async (tx, { tokenVersion }) => {
    await tx.update(Material, { id }, { tokenVersion: tokenVersion + 1 });
    await recordAudit(tx, byActor(actor), { action: 'material.link_renewed', subject: ['material', id] });
  });

/** Materials of an event of the actor's office, archived ones apart. @throws NotFound */
export async function materialsFor({ db, files }: MaterialDeps, actor: OfficeActor, eventId: number) {
  await findEventFor(db.manager, actor, eventId);
  const all = (await listMaterials(db.manager, eventId)).map((row) => ({
    ...row,
    isLost: row.sha256 !== null && !files.has(row.sha256),
  }));
  return {
    materials: all.filter(({ archivedAt }) => archivedAt === null),
    archived: all.filter(({ archivedAt }) => archivedAt !== null),
    agenda: await agendaOfEvent(db.manager, eventId),
  };
}

/** One material with all its contents and who downloaded it. @throws NotFound */
export async function materialFor({ db }: MaterialDeps, actor: OfficeActor, eventId: number, id: number) {
  await findEventFor(db.manager, actor, eventId);
  return {
    material: await findMaterial(db.manager, eventId, id),
    versions: await versionsOf(db.manager, id),
    downloads: await downloadsOf(db.manager, id),
    agenda: await agendaOfEvent(db.manager, eventId),
  };
}

/** @param number the newest one when undefined; @throws NotFound also for a link */
export async function contentFor(
  deps: MaterialDeps,
  actor: OfficeActor,
  eventId: number,
  id: number,
  number?: number,
): Promise<VersionRow & { title: string }> {
  const { material, versions } = await materialFor(deps, actor, eventId, id);
  const found = number === undefined ? versions[0] : versions.find((one) => one.number === number);
  if (!found) throw new NotFound();
  return { ...found, title: material.title };
}
