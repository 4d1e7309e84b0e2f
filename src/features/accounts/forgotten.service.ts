import { createHash } from 'node:crypto';
import { inTransaction } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import type { AttemptLimits } from '../../web/limits.js';
import { recordAudit } from '../audit/audit.service.js';
import { mailJob } from '../messages/outbox.js';
import { createAccessLink } from './access-links.service.js';
import { User } from './user.entity.js';

/** The table of attempts must not become a list of addresses. */
const keyOf = (email: string) => createHash('sha256').update(email).digest('hex').slice(0, 32);

/**
 * Mails a link for a new password to whoever signs in with this address. Who asks learns nothing: the work begins
 * after the answer, which is the same and takes as long whether or not there is such a person.
 * @throws DomainError 429 when it is asked too often, from one place or for one address
 */
export async function askForPassword(
  deps: Deps & { limits: AttemptLimits },
  email: string,
  from: string,
): Promise<void> {
  await deps.limits.attempt('forgotten', `from:${from}`);
  await deps.limits.attempt('forgotten', `address:${keyOf(email)}`);
  void deps.background.start('accounts.forgotten', sendLink(deps, email));
}

async function sendLink({ db, clock, links, jobs }: Deps, email: string): Promise<void> {
  const user = await db.getRepository(User).findOneBy({ email });
  if (!user || user.deactivatedAt) return;
  const purpose = user.passwordHash ? 'reset' : 'welcome';
  await inTransaction(db, async (tx) => {
    const whose = { userId: user.id, createdBy: null, officeId: null };
    await createAccessLink(tx, links, { ...whose, purpose, now: clock.now() });
    const author = { officeId: null, userId: user.id, way: 'link' } as const;
    await recordAudit(tx, author, { action: 'account.password_asked', subject: ['user', user.id] });
  });
  jobs.wake(mailJob);
}
