import type { DataSource } from 'typeorm';
import { inTransaction } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { InvalidInput, NotFound } from '../../errors.js';
import type { AttemptLimits } from '../../web/limits.js';
import { byActor, changedFields, recordAudit } from '../audit/audit.service.js';
import { endLinksOf } from './access-links.service.js';
import type { ProfileForm } from './accounts.schema.js';
import { hashPassword, passwordMatches } from './passwords.js';
import type { Actor, Role } from './permissions.js';
import { isAddressTaken } from './users.repository.js';
import { endSessionsOf } from './sessions.repository.js';
import { User } from './user.entity.js';

export interface OwnMembership {
  officeId: number;
  officeName: string;
  roles: Role[];
}

/** The offices a person has roles in, by name. */
export async function listMemberships(db: DataSource, userId: number): Promise<OwnMembership[]> {
  return db.query(
    `SELECT m.office_id AS "officeId", o.name AS "officeName", m.roles
     FROM membership m JOIN office o ON o.id = m.office_id WHERE m.user_id = $1 ORDER BY o.name, o.id`,
    [userId],
  );
}

/** @throws NotFound when the person has no role there */
export async function requireMembership(db: DataSource, userId: number, officeId: number): Promise<void> {
  const memberships = await listMemberships(db, userId);
  if (!memberships.some((membership) => membership.officeId === officeId)) throw new NotFound();
}

export const findOwnUser = (db: DataSource, actor: Actor): Promise<User> =>
  db.getRepository(User).findOneByOrFail({ id: actor.userId });

/** @throws InvalidInput when somebody else signs in with that address */
export async function changeProfile({ db }: Deps, actor: Actor, form: ProfileForm): Promise<void> {
  try {
    await inTransaction(db, async (tx) => {
      const before = await tx.findOneByOrFail(User, { id: actor.userId });
      const fields = changedFields(before, form);
      if (fields.length === 0) return;
      await tx.update(User, { id: actor.userId }, form);
      await recordAudit(tx, byActor(actor), {
        action: 'account.changed',
        subject: ['user', actor.userId],
        fields,
      });
    });
  } catch (error) {
    if (isAddressTaken(error)) throw InvalidInput.at('email', 'account.email_taken');
    throw error;
  }
}

/**
 * A new password for someone who knows the old one; their other sessions and open links end.
 * @returns the version that the session which stays must carry from now on
 * @throws InvalidInput when the old one is wrong
 * @throws DomainError 429 after too many wrong ones: a session left open must not be a place to guess
 */
export async function changePassword(
  { db, clock, limits }: Deps & { limits: AttemptLimits },
  actor: Actor,
  typed: { current: string; password: string },
  sessionId: string,
): Promise<number> {
  const key = `change:${actor.userId}`;
  await limits.check('sign_in', key);
  const user = await findOwnUser(db, actor);
  if (!(await passwordMatches(user.passwordHash, typed.current))) {
    await limits.failed('sign_in', key);
    throw InvalidInput.at('current', 'account.current_wrong');
  }
  await limits.forget('sign_in', key);
  const passwordHash = await hashPassword(typed.password);
  return inTransaction(db, async (tx) => {
    await tx.update(User, { id: actor.userId }, { passwordHash });
    const version = await endSessionsOf(tx, actor.userId, sessionId);
    await endLinksOf(tx, actor.userId, clock.now());
    const subject = ['user', actor.userId] as const;
    await recordAudit(tx, byActor(actor), {
      action: 'account.password_changed',
      subject,
      fields: ['password'],
    });
    return version;
  });
}

/** Signs the person out on every device, this one too. */
export async function signOutEverywhere({ db }: Deps, actor: Actor): Promise<void> {
  await inTransaction(db, async (tx) => {
    await endSessionsOf(tx, actor.userId);
    const subject = ['user', actor.userId] as const;
    await recordAudit(tx, byActor(actor), { action: 'account.signed_out_everywhere', subject });
  });
}
