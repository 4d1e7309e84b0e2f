import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { Forbidden, InvalidInput } from '../../errors.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { mailJob } from '../messages/outbox.js';
import { createAccessLink, type AccessPurpose } from './access-links.service.js';
import type { InviteForm } from './accounts.schema.js';
import { mayHandLinkTo } from './accounts.policy.js';
import { findColleague, hasOtherAdministrator } from './colleagues.repository.js';
import { Membership } from './membership.entity.js';
import type { LinkKeys } from '../../links/tokens.js';
import type { Actor, OfficeActor, Role } from './permissions.js';
import { User } from './user.entity.js';

/** A link to hand over, beside the mail that brings it; shown once. */
export interface HandedLink {
  token: string;
  purpose: AccessPurpose;
  userId: number;
}

/**
 * Gives a person roles in the actor's office. Who already signs in elsewhere just gets the membership; a new
 * person also gets a welcome link.
 * @throws InvalidInput when they belong to the office already
 */
export async function inviteColleague(
  { db, clock, links, jobs }: Deps,
  actor: OfficeActor,
  form: InviteForm,
): Promise<HandedLink | undefined> {
  const handed = await inTransaction(db, async (tx) => {
    const added = await addMember(tx, links, actor, { ...form, officeId: actor.office.id, now: clock.now() });
    await recordAudit(tx, byActor(actor), {
      action: 'colleague.invited',
      subject: ['user', added.userId],
      fields: ['roles'],
      detail: { roles: form.roles },
    });
    return added.link;
  });
  if (handed) jobs.wake(mailJob);
  return handed;
}

interface NewMember {
  officeId: number;
  email: string;
  nameBefore: string;
  name: string;
  nameAfter: string;
  roles: Role[];
  now: Date;
}

/**
 * Finds or creates the person and gives them roles in an office; part of inviting and of creating an office.
 * @throws InvalidInput when they belong to the office already
 */
export async function addMember(
  tx: Tx,
  links: LinkKeys,
  actor: Actor,
  { officeId, roles, now, ...person }: NewMember,
): Promise<{ userId: number; link: HandedLink | undefined }> {
  // Nothing to do on a conflict: the address is known, whoever came first.
  const [made] = (await tx.query(
    `INSERT INTO app_user (email, name_before, name, name_after) VALUES ($1, $2, $3, $4)
     ON CONFLICT (email) DO NOTHING RETURNING id`,
    [person.email, person.nameBefore, person.name, person.nameAfter],
  )) as { id: number }[];
  const userId = made?.id ?? (await tx.findOneByOrFail(User, { email: person.email })).id;
  const inserted = (await tx.query(
    `INSERT INTO membership (office_id, user_id, roles) VALUES ($1, $2, $3)
     ON CONFLICT ON CONSTRAINT membership_once DO NOTHING RETURNING id`,
    [officeId, userId, roles],
  )) as unknown[];
  if (inserted.length === 0) throw InvalidInput.at('email', 'colleague.already_here');
  if (!made) return { userId, link: undefined };
  const author = { createdBy: actor.userId, officeId };
  const token = await createAccessLink(tx, links, { userId, purpose: 'welcome', ...author, now });
  return { userId, link: { token, purpose: 'welcome', userId } };
}

/**
 * A link for a colleague who lost their password, or never opened their welcome link.
 * @throws Forbidden when they reach more than this office: see mayHandLinkTo
 */
export async function makeColleagueLink(
  { db, clock, links, jobs }: Deps,
  actor: OfficeActor,
  userId: number,
): Promise<HandedLink> {
  const handed = await inTransaction(db, async (tx) => {
    const colleague = await findColleague(tx, actor, userId);
    if (!mayHandLinkTo(colleague)) throw new Forbidden();
    const purpose = colleague.hasPassword ? 'reset' : 'welcome';
    const author = { createdBy: actor.userId, officeId: actor.office.id };
    const token = await createAccessLink(tx, links, { userId, purpose, ...author, now: clock.now() });
    await recordAudit(tx, byActor(actor), {
      action: `colleague.${purpose}_link_made`,
      subject: ['user', userId],
    });
    return { token, purpose, userId } as const;
  });
  jobs.wake(mailJob);
  return handed;
}

/** @throws InvalidInput when the office would be left without an administrator */
export async function changeRoles(
  { db }: Deps,
  actor: OfficeActor,
  userId: number,
  roles: Role[],
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await findColleague(tx, actor, userId);
    const officeId = actor.office.id;
    if (!roles.includes('administrator') && !(await hasOtherAdministrator(tx, officeId, userId)))
      throw InvalidInput.at('roles', 'colleague.last_administrator');
    await tx.update(Membership, { officeId, userId }, { roles });
    const subject = ['user', userId] as const;
    await recordAudit(tx, byActor(actor), {
      action: 'colleague.roles_changed',
      subject,
      fields: ['roles'],
      detail: { roles },
    });
  });
}

/** @throws InvalidInput when the office would be left without an administrator */
export async function removeColleague({ db }: Deps, actor: OfficeActor, userId: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    await findColleague(tx, actor, userId);
    const officeId = actor.office.id;
    if (!(await hasOtherAdministrator(tx, officeId, userId)))
      throw InvalidInput.at('roles', 'colleague.last_administrator');
    await tx.delete(Membership, { officeId, userId });
    await recordAudit(tx, byActor(actor), { action: 'colleague.removed', subject: ['user', userId] });
  });
}
