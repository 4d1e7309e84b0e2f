import type { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../../database/data-source.js';
import { NotFound } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, changedSince, recordAudit } from '../audit/audit.service.js';
import { Accreditation } from './institution.entity.js';
import type { AccreditationFacts, RepresentativeForm } from './institutions.schema.js';
import { lockManaged } from './institutions.service.js';
import { Representative } from './representative.entity.js';

/** The one who led it before steps back into the list: there is one leader (unique in the database too). */
export async function makeRoomForLeader(tx: Tx, institutionId: number, isLeader: boolean): Promise<void> {
  if (!isLeader) return;
  await tx.increment(Representative, { institutionId, isLeader: true }, 'version', 1);
  await tx.update(Representative, { institutionId, isLeader: true }, { isLeader: false });
}

async function note(
  tx: Tx,
  actor: OfficeActor,
  institutionId: number,
  action: string,
  fields: string[] = [],
) {
  await recordAudit(tx, byActor(actor), {
    action: `institution.${action}`,
    subject: ['institution', institutionId],
    fields,
  });
}

/** Adds a representative. @returns their id */
export function addRepresentative(
  db: DataSource,
  actor: OfficeActor,
  institutionId: number,
  { version: _version, ...facts }: RepresentativeForm,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    await lockManaged(tx, actor, institutionId);
    await makeRoomForLeader(tx, institutionId, facts.isLeader);
    const { identifiers } = await tx.insert(Representative, { ...facts, institutionId });
    await note(tx, actor, institutionId, 'representative_added');
    return Number(identifiers[0]?.id);
  });
}

async function findRepresentative(tx: Tx, institutionId: number, id: number): Promise<Representative> {
  const found = await tx.findOneBy(Representative, { id, institutionId });
  if (!found || found.endedAt) throw new NotFound();
  return found;
}

/** @throws NotFound when they do not, or no longer, speak for it; InvalidInput at `version` when somebody was faster */
export function changeRepresentative(
  db: DataSource,
  actor: OfficeActor,
  institutionId: number,
  id: number,
  form: RepresentativeForm,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockManaged(tx, actor, institutionId);
    const before = await findRepresentative(tx, institutionId, id);
    const fields = changedSince(before, form);
    if (fields.length === 0) return;
    if (!before.isLeader) await makeRoomForLeader(tx, institutionId, form.isLeader);
    await tx.update(Representative, id, { ...form, version: before.version + 1 });
    await note(tx, actor, institutionId, 'representative_changed', fields);
  });
}

/** They no longer speak for it; where they once were a delegate, that stays. */
export function endRepresentative(
  db: DataSource,
  actor: OfficeActor,
  institutionId: number,
  id: number,
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockManaged(tx, actor, institutionId);
    await findRepresentative(tx, institutionId, id);
    await tx.update(Representative, id, { endedAt: now });
    await note(tx, actor, institutionId, 'representative_ended');
  });
}

/** Adds an accreditation as its certificate says. */
export function addAccreditation(
  db: DataSource,
  actor: OfficeActor,
  institutionId: number,
  facts: AccreditationFacts,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockManaged(tx, actor, institutionId);
    await tx.insert(Accreditation, { ...facts, institutionId });
    await note(tx, actor, institutionId, 'accreditation_added');
  });
}

/** @throws NotFound when it is not one of this institution's */
export function changeAccreditation(
  db: DataSource,
  actor: OfficeActor,
  institutionId: number,
  id: number,
  facts: AccreditationFacts,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockManaged(tx, actor, institutionId);
    const { affected } = await tx.update(Accreditation, { id, institutionId }, facts);
    if (affected === 0) throw new NotFound();
    await note(tx, actor, institutionId, 'accreditation_changed');
  });
}

/** Removes one that was entered by mistake. */
export function removeAccreditation(
  db: DataSource,
  actor: OfficeActor,
  institutionId: number,
  id: number,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockManaged(tx, actor, institutionId);
    const { affected } = await tx.delete(Accreditation, { id, institutionId });
    if (affected === 0) throw new NotFound();
    await note(tx, actor, institutionId, 'accreditation_removed');
  });
}

/** Keeps who looked at names and phones of an LKS (domain.md, privacy). */
export function noteReading(db: DataSource, actor: OfficeActor, institutionId: number): Promise<void> {
  return inTransaction(db, (tx) =>
    recordAudit(tx, byActor(actor), { action: 'persons.read', subject: ['institution', institutionId] }),
  );
}
