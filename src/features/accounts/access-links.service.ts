import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { personName, type PersonName } from '../../i18n/format.js';
import type { LinkKeys } from '../../links/tokens.js';
import type { AttemptLimits } from '../../web/limits.js';
import { recordAudit } from '../audit/audit.service.js';
import { queueUserMessage } from '../messages/outbox.js';
import { hashPassword } from './passwords.js';
import { endSessionsOf } from './sessions.repository.js';
import { User } from './user.entity.js';

export type AccessPurpose = 'welcome' | 'reset';

/** How long a link to set a password is good, in hours. */
const hoursGood: Record<AccessPurpose, number> = { welcome: 7 * 24, reset: 24 };

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** By whom, for whom, and in which office it is told; none for what somebody does for themselves. */
interface NewLink {
  userId: number;
  purpose: AccessPurpose;
  createdBy: number | null;
  officeId: number | null;
  now: Date;
}

/**
 * A link by which someone sets their password, and the message that mails it to them. The token follows from the id
 * under a key that is not in the database, which holds only its hash: it can be shown now and mailed later without
 * being kept. A newer link ends the older ones.
 */
export async function createAccessLink(tx: Tx, links: LinkKeys, link: NewLink): Promise<string> {
  // Two administrators at once take turns, or both of their links would stay good.
  await tx.query('SELECT 1 FROM app_user WHERE id = $1 FOR UPDATE', [link.userId]);
  await endLinksOf(tx, link.userId, link.now);
  const [{ id }] = (await tx.query(
    `SELECT nextval(pg_get_serial_sequence('access_link', 'id'))::int AS id`,
  )) as [{ id: number }];
  const token = links.accessToken(id);
  await tx.query(
    `INSERT INTO access_link (id, purpose, token_hash, user_id, created_by, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [id, link.purpose, hashOf(token), link.userId, link.createdBy, link.now, endOf(link.purpose, link.now)],
  );
  await queueUserMessage(tx, { ...link, linkId: id });
  return token;
}

const endOf = (purpose: AccessPurpose, now: Date) => new Date(now.getTime() + hoursGood[purpose] * 3_600_000);

/** The links of someone who set a new password, or left, open nothing any more. */
export async function endLinksOf(tx: Tx, userId: number, now: Date): Promise<void> {
  await tx.query('UPDATE access_link SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL', [
    userId,
    now,
  ]);
}

export interface OpenAccess {
  userId: number;
  purpose: AccessPurpose;
  email: string;
  personName: string;
}

async function findAccess(
  db: DataSource | Tx,
  token: string,
  now: Date,
  lock = '',
): Promise<OpenAccess | undefined> {
  const [row] = (await db.query(
    `SELECT u.id AS "userId", l.purpose, u.email, u.name_before AS "nameBefore", u.name, u.name_after AS "nameAfter"
     FROM access_link l JOIN app_user u ON u.id = l.user_id
     WHERE l.token_hash = $1 AND l.ended_at IS NULL AND l.expires_at > $2 AND u.deactivated_at IS NULL ${lock}`,
    [hashOf(token), now],
  )) as (OpenAccess & PersonName)[];
  return row && { userId: row.userId, purpose: row.purpose, email: row.email, personName: personName(row) };
}

type LinkDeps = Deps & { limits: AttemptLimits };

/**
 * Who the link is for, or undefined when it is used up, superseded, expired or invented. Looking changes
 * nothing: previews of messengers open every link.
 * @throws DomainError 429 after too many invented links from this address
 */
export async function openAccess({ db, limits, clock }: LinkDeps, token: string, from: string) {
  await limits.check('access_link', from);
  const access = await findAccess(db, token, clock.now());
  if (!access) await limits.failed('access_link', from);
  return access;
}

/**
 * Sets the password and ends the link, all other links and all sessions of that person.
 * @returns undefined when the link is not good (any more)
 */
export async function setPasswordByLink(deps: LinkDeps, token: string, password: string, from: string) {
  if (!(await openAccess(deps, token, from))) return undefined;
  const passwordHash = await hashPassword(password);
  return inTransaction(deps.db, async (tx) => {
    const now = deps.clock.now();
    const access = await findAccess(tx, token, now, 'FOR UPDATE OF l, u');
    if (!access) return undefined;
    await tx.update(User, { id: access.userId }, { passwordHash, lastSignedInAt: now });
    await endLinksOf(tx, access.userId, now);
    await endSessionsOf(tx, access.userId);
    const author = { officeId: null, userId: access.userId, way: 'link' } as const;
    await recordAudit(tx, author, {
      action: 'account.password_set',
      subject: ['user', access.userId],
      fields: ['password'],
    });
    return access;
  });
}
