import { createHash } from 'node:crypto';
import { inTransaction } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { InvalidInput } from '../../errors.js';
import type { AttemptLimits } from '../../web/limits.js';
import { recordAudit } from '../audit/audit.service.js';
import { findActor, type KnownActor } from './actor.repository.js';
import { passwordMatches } from './passwords.js';
import { User } from './user.entity.js';

/** The table of failed attempts outlives them: it must not become a list of addresses. */
const accountKey = (email: string) =>
  `account:${createHash('sha256').update(email).digest('hex').slice(0, 32)}`;

/**
 * Lets a person in by e-mail and password. Only failures count towards the limits, per network address and per
 * account; an unknown address costs as much work as a known one and gets the same answer.
 * @throws InvalidInput when the two do not belong together
 * @throws DomainError 429 after too many failures
 */
export async function signIn(
  { db, limits, clock }: Deps & { limits: AttemptLimits },
  typed: { email: string; password: string },
  from: string,
): Promise<KnownActor> {
  const keys = [`from:${from}`, accountKey(typed.email)];
  for (const key of keys) await limits.check('sign_in', key);
  const user = await db.getRepository(User).findOneBy({ email: typed.email });
  const matches = await passwordMatches(user?.deactivatedAt ? null : user?.passwordHash, typed.password);
  const actor = matches && user ? await findActor(db, user.id, undefined) : undefined;
  // Signed out everywhere while the password was being compared: it may no longer be theirs.
  if (!actor || actor.sessionVersion !== user?.sessionVersion) {
    for (const key of keys) await limits.failed('sign_in', key);
    throw InvalidInput.at('password', 'account.sign_in_wrong');
  }
  await limits.forget('sign_in', accountKey(typed.email));
  await inTransaction(db, async (tx) => {
    await tx.update(User, { id: actor.userId }, { lastSignedInAt: clock.now() });
    const author = { officeId: actor.office?.id ?? null, userId: actor.userId, way: 'office' } as const;
    await recordAudit(tx, author, { action: 'account.signed_in', subject: ['user', actor.userId] });
  });
  return actor;
}
