import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { InvalidInput } from '../../errors.js';
import { projectRoot } from '../../paths.js';
import { mailJob } from '../messages/outbox.js';
import { createAccessLink } from './access-links.service.js';
import type { NewOfficeForm } from './accounts.schema.js';
import { addMember, type HandedLink } from './colleagues.service.js';
import { Membership } from './membership.entity.js';
import type { Actor } from './permissions.js';
import { User } from './user.entity.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { createOffice } from '../offices/offices.service.js';

/** An office as the installation's administrator sees it: that it is there, and nothing of its records. */
export interface OfficeRow {
  id: number;
  name: string;
  regionName: string;
  people: number;
  createdAt: Date;
}

export function listOffices(db: DataSource): Promise<OfficeRow[]> {
  return db.query(
    `SELECT o.id, o.name, r.name AS "regionName", o.created_at AS "createdAt",
       (SELECT count(*)::int FROM membership m WHERE m.office_id = o.id) AS people
     FROM office o JOIN region r ON r.code = o.region_code ORDER BY o.name, o.id`,
  );
}

export interface SystemFacts {
  version: string;
  postgres: string;
  /** Bytes. */
  databaseSize: number;
}

export async function findSystemFacts(db: DataSource): Promise<SystemFacts> {
  const { version } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  const [row] = (await db.query(
    `SELECT current_setting('server_version') AS postgres, pg_database_size(current_database()) AS "databaseSize"`,
  )) as [Omit<SystemFacts, 'version'>];
  return { version, ...row };
}

/**
 * Creates an office with its first administrator, who gets a welcome link when they are new.
 * @throws InvalidInput when there is no such region
 */
export async function openOffice(
  { db, clock, links, jobs }: Deps,
  actor: Actor,
  { officeName, shortName, regionCode, ...person }: NewOfficeForm,
): Promise<HandedLink | undefined> {
  const handed = await inTransaction(db, async (tx) => {
    const officeId = await createOffice(tx, { name: officeName, shortName, regionCode });
    const { link } = await addMember(tx, links, actor, {
      ...person,
      officeId,
      roles: ['administrator', 'organizer'],
      now: clock.now(),
    });
    const author = { ...byActor(actor), officeId };
    await recordAudit(tx, author, { action: 'office.opened', subject: ['office', officeId] });
    return link;
  });
  if (handed) jobs.wake(mailJob);
  return handed;
}

/**
 * A link to set a password for anybody: for those whose office may not make it, because they reach further.
 * @throws InvalidInput when nobody signs in with that address
 */
export async function makeAnyLink(
  { db, clock, links, jobs }: Deps,
  actor: Actor,
  email: string,
): Promise<HandedLink & { user: User }> {
  const handed = await inTransaction(db, async (tx) => {
    const user = await tx.findOneBy(User, { email });
    if (!user || user.deactivatedAt) throw InvalidInput.at('email', 'installation.unknown_address');
    const purpose = user.passwordHash ? 'reset' : 'welcome';
    const token = await createAccessLink(tx, links, {
      userId: user.id,
      purpose,
      createdBy: actor.userId,
      officeId: null,
      now: clock.now(),
    });
    // Told in the log of every office that this person can open, not in the one the author happens to act for.
    for (const officeId of await officesOf(tx, user.id)) {
      const note = { action: `colleague.${purpose}_link_made`, subject: ['user', user.id] } as const;
      await recordAudit(tx, { ...byActor(actor), officeId }, note);
    }
    return { token, purpose, userId: user.id, user } as const;
  });
  jobs.wake(mailJob);
  return handed;
}

async function officesOf(tx: Tx, userId: number): Promise<(number | null)[]> {
  const memberships = await tx.findBy(Membership, { userId });
  return memberships.length > 0 ? memberships.map((membership) => membership.officeId) : [null];
}
