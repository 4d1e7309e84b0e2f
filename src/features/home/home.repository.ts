import type { DataSource } from 'typeorm';
import type { OfficeActor } from '../accounts/permissions.js';

export interface AwaitedInstitution {
  institutionId: number;
  name: string;
  region: string;
}

/** Institutions of an event from whom an answer is still awaited, those asked longest ago first. */
export const awaitedInstitutions = (
  db: DataSource,
  actor: OfficeActor,
  eventId: number,
  limit: number,
): Promise<AwaitedInstitution[]> =>
  db.query(
    `SELECT n.id AS "institutionId", n.name, r.name AS region
     FROM invitation i JOIN event e ON e.id = i.event_id
     JOIN institution n ON n.id = i.institution_id JOIN region r ON r.code = n.region_code
     WHERE i.event_id = $1 AND e.office_id = $2 AND i.state IN ('open', 'offered', 'reconfirm')
     ORDER BY i.sent_at NULLS LAST, n.name, n.id LIMIT $3`,
    [eventId, actor.office.id, limit],
  );

/** How far an office has come: the three first steps are shown until each was taken once. */
export interface Beginnings {
  hasInstitutions: boolean;
  hasEvents: boolean;
  hasInvited: boolean;
}

export async function beginningsOf(db: DataSource, actor: OfficeActor): Promise<Beginnings> {
  const [row] = (await db.query(
    `SELECT
       EXISTS (SELECT 1 FROM institution WHERE archived_at IS NULL AND region_code LIKE $2 || '%') AS "hasInstitutions",
       EXISTS (SELECT 1 FROM event WHERE office_id = $1) AS "hasEvents",
       EXISTS (SELECT 1 FROM event e JOIN invitation i ON i.event_id = e.id
         WHERE e.office_id = $1 AND e.published_at IS NOT NULL) AS "hasInvited"`,
    [actor.office.id, actor.office.regionCode],
  )) as [Beginnings];
  return row;
}
