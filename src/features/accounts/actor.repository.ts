import type { DataSource } from 'typeorm';
import { personName } from '../../i18n/format.js';
import type { Actor, Role } from './permissions.js';

/** With what a session of this person must carry to be good. */
export type KnownActor = Actor & { sessionVersion: number };

interface Row {
  id: number;
  email: string;
  nameBefore: string;
  name: string;
  nameAfter: string;
  isInstallationAdmin: boolean;
  sessionVersion: number;
  officeId: number | null;
  officeName: string;
  shortName: string;
  regionCode: string;
  zone: string;
  accent: string;
  roles: Role[];
  offices: number;
}

/** One read per request: the person, the office they act for, and how many they could act for. The bench sends it, too. */
export const actorQuery = `
  SELECT u.id, u.email, u.name_before AS "nameBefore", u.name, u.name_after AS "nameAfter",
    u.is_installation_admin AS "isInstallationAdmin", u.session_version AS "sessionVersion", o.id AS "officeId", o.name AS "officeName",
    o.short_name AS "shortName", o.region_code AS "regionCode", o.zone, o.accent, m.roles,
    (SELECT count(*)::int FROM membership x WHERE x.user_id = u.id) AS offices
  FROM app_user u
  LEFT JOIN LATERAL (
    SELECT * FROM membership m WHERE m.user_id = u.id ORDER BY (m.office_id = $2) DESC, m.id LIMIT 1
  ) m ON true
  LEFT JOIN office o ON o.id = m.office_id
  WHERE u.id = $1 AND u.deactivated_at IS NULL`;

/** The actor of a session, or undefined when the person is gone. An office they left is not acted for. */
export async function findActor(
  db: DataSource,
  userId: number,
  officeId: number | undefined,
): Promise<KnownActor | undefined> {
  const [row] = (await db.query(actorQuery, [userId, officeId ?? 0])) as Row[];
  if (!row) return undefined;
  return {
    userId: row.id,
    name: personName(row),
    email: row.email,
    isInstallationAdmin: row.isInstallationAdmin,
    sessionVersion: row.sessionVersion,
    officeCount: row.offices,
    office:
      row.officeId === null
        ? undefined
        : {
            id: row.officeId,
            name: row.officeName,
            shortName: row.shortName,
            regionCode: row.regionCode,
            zone: row.zone,
            accent: row.accent,
            roles: row.roles,
          },
  };
}
