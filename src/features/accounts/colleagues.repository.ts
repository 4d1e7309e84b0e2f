import type { DataSource } from 'typeorm';
import type { Tx } from '../../database/data-source.js';
import { NotFound } from '../../errors.js';
import type { OfficeActor, Role } from './permissions.js';

/** A person with a role in the actor's office, as its administrator sees them. */
export interface Colleague {
  userId: number;
  email: string;
  nameBefore: string;
  name: string;
  nameAfter: string;
  roles: Role[];
  hasPassword: boolean;
  isInstallationAdmin: boolean;
  /** Offices other than this one. */
  otherOffices: number;
  lastSignedInAt: Date | null;
}

const colleagueQuery = `
  SELECT u.id AS "userId", u.email, u.name_before AS "nameBefore", u.name, u.name_after AS "nameAfter", m.roles,
    u.password_hash IS NOT NULL AS "hasPassword", u.is_installation_admin AS "isInstallationAdmin",
    (SELECT count(*)::int FROM membership x WHERE x.user_id = u.id AND x.office_id <> m.office_id) AS "otherOffices",
    u.last_signed_in_at AS "lastSignedInAt"
  FROM membership m JOIN app_user u ON u.id = m.user_id
  WHERE m.office_id = $1 AND u.deactivated_at IS NULL`;

export async function listColleagues(db: DataSource, actor: OfficeActor): Promise<Colleague[]> {
  return db.query(`${colleagueQuery} ORDER BY u.name, u.id`, [actor.office.id]);
}

/** @throws NotFound when that person has no role in the actor's office */
export async function findColleague(
  db: DataSource | Tx,
  actor: OfficeActor,
  userId: number,
): Promise<Colleague> {
  const [row] = (await db.query(`${colleagueQuery} AND u.id = $2`, [actor.office.id, userId])) as Colleague[];
  if (!row) throw new NotFound();
  return row;
}

/**
 * Whether somebody else is administrator there too. Locks the office first: of two administrators who remove
 * each other at the same time, one stays.
 */
export async function hasOtherAdministrator(tx: Tx, officeId: number, userId: number): Promise<boolean> {
  await tx.query('SELECT 1 FROM office WHERE id = $1 FOR UPDATE', [officeId]);
  const rows = (await tx.query(
    `SELECT 1 FROM membership m JOIN app_user u ON u.id = m.user_id
     WHERE m.office_id = $1 AND m.user_id <> $2 AND 'administrator' = ANY (m.roles) AND u.deactivated_at IS NULL
     LIMIT 1`,
    [officeId, userId],
  )) as unknown[];
  return rows.length > 0;
}
