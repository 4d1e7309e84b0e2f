import { may, type OfficeActor } from '../accounts/permissions.js';

interface Managed {
  managingOfficeId: number;
}

/** The managing office edits (rules.md 19). */
export const canEdit = (actor: OfficeActor, institution: Managed): boolean =>
  may(actor, 'registry.edit') && institution.managingOfficeId === actor.office.id;

/** Every other office that sees it proposes (rules.md 19). */
export const canPropose = (actor: OfficeActor, institution: Managed): boolean =>
  may(actor, 'registry.edit') && institution.managingOfficeId !== actor.office.id;
