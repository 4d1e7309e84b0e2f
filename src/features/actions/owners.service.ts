import type { Deps } from '../../deps.js';
import { inTransaction, type Tx } from '../../database/data-source.js';
import { InvalidInput, NotFound } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { institutionsTyped } from '../events/plan.service.js';
import { ActionOwner } from './action-owner.entity.js';
import type { ActionForm } from './actions.schema.js';
import { findOwner, keepOwner, worksFor } from './owners.repository.js';

/** Who owes a follow-up, as its form says. */
type ChosenOwner = Pick<
  ActionForm,
  'ownerKind' | 'ownerUnit' | 'ownerUserId' | 'ownerInstitution' | 'ownerOutside' | 'ownerPhone'
>;

async function institutionOf(tx: Tx, actor: OfficeActor, typed: string): Promise<number> {
  if (typed === '') throw InvalidInput.at('ownerInstitution', 'error.required');
  const [first, ...others] = await institutionsTyped(tx, actor, typed);
  if (!first) throw InvalidInput.at('ownerInstitution', 'action.error.institution_unknown');
  if (others.length === 0) return first.id;
  const names = [first, ...others].slice(0, 5).map(({ label }) => label);
  throw InvalidInput.at('ownerInstitution', 'action.error.institution_ambiguous', {
    names: names.join('; '),
  });
}

/**
 * Finds the owner that a form names among those of the office, or makes it: each is one record with one link.
 * @returns its id
 * @throws InvalidInput at the field of the chosen kind
 */
export async function ownerFrom(tx: Tx, actor: OfficeActor, form: ChosenOwner): Promise<number> {
  const owner = { officeId: actor.office.id, kind: form.ownerKind };
  if (form.ownerKind === 'user') {
    const userId = form.ownerUserId;
    if (userId === null || !(await worksFor(tx, actor.office.id, userId)))
      throw InvalidInput.at('ownerUserId', 'error.choose');
    return keepOwner(tx, { ...owner, userId });
  }
  if (form.ownerKind === 'institution')
    return keepOwner(tx, { ...owner, institutionId: await institutionOf(tx, actor, form.ownerInstitution) });
  const isUnit = form.ownerKind === 'unit';
  const name = isUnit ? form.ownerUnit : form.ownerOutside;
  if (name === '') throw InvalidInput.at(isUnit ? 'ownerUnit' : 'ownerOutside', 'error.required');
  return keepOwner(tx, { ...owner, name, phone: isUnit ? null : form.ownerPhone });
}

/**
 * Revokes an owner's link: from now on another address opens its page.
 * @throws NotFound for an owner of another office, or one who signs in instead
 */
export function renewOwnerLink({ db }: Pick<Deps, 'db'>, actor: OfficeActor, id: number): Promise<void> {
  return inTransaction(db, async (tx) => {
    const owner = await findOwner(tx, actor.office.id, id);
    if (owner.kind === 'user') throw new NotFound();
    await tx.increment(ActionOwner, { id: owner.id }, 'tokenVersion', 1);
    await recordAudit(tx, byActor(actor), {
      action: 'action_owner.link_renewed',
      subject: ['action_owner', id],
      fields: ['token_version'],
    });
  });
}

export { findOwner, ownerChoices, type OwnerRecord } from './owners.repository.js';
