import { inTransaction } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, changedSince, recordAudit } from '../audit/audit.service.js';
import { findSignatory, lockSignatory } from './offices.repository.js';
import type { SignatoryForm } from './offices.schema.js';
import { Signatory } from './signatory.entity.js';

type SignatoryFacts = Omit<SignatoryForm, 'version'>;

export async function addSignatory(
  { db }: Deps,
  actor: OfficeActor,
  { version: _version, ...facts }: SignatoryFacts & { version?: number },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { identifiers } = await tx.insert(Signatory, { ...facts, officeId: actor.office.id });
    const subject = ['signatory', Number(identifiers[0]?.id)] as const;
    await recordAudit(tx, byActor(actor), { action: 'signatory.added', subject });
  });
}

/** @throws NotFound when it belongs to another office, InvalidInput at `version` when somebody else was faster */
export async function changeSignatory(
  { db }: Deps,
  actor: OfficeActor,
  id: number,
  form: SignatoryForm,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await lockSignatory(tx, actor, id);
    const fields = changedSince(before, form);
    if (fields.length === 0) return;
    await tx.update(Signatory, { id: before.id }, { ...form, version: before.version + 1 });
    await recordAudit(tx, byActor(actor), {
      action: 'signatory.changed',
      subject: ['signatory', id],
      fields,
    });
  });
}

/** @throws NotFound when it belongs to another office */
export async function removeSignatory({ db }: Deps, actor: OfficeActor, id: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    const found = await findSignatory(tx, actor, id);
    await tx.delete(Signatory, { id: found.id });
    await recordAudit(tx, byActor(actor), { action: 'signatory.removed', subject: ['signatory', id] });
  });
}
