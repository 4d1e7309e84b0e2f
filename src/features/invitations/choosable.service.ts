import type { DataSource } from 'typeorm';
import type { ActingOffice } from '../accounts/permissions.js';
import {
  Bindings,
  readSearch,
  searchRank,
  visibleInstitutions,
  whereOf,
  type InstitutionFilter,
} from '../institutions/institutions.service.js';

export interface ChoosableInstitution {
  id: number;
  name: string;
  regionName: string;
  serviceName: string;
  /** Events of this office that it was invited to. */
  invitedBefore: number;
  /** Events of this office that somebody of it came to. */
  attendedBefore: number;
}

/** Institutions that the office sees and a filter finds, and that are not yet on the event's list. */
export async function choosableInstitutions(
  db: DataSource,
  office: ActingOffice,
  eventId: number,
  filter: InstitutionFilter,
  today: string,
): Promise<ChoosableInstitution[]> {
  const bind = new Bindings();
  const event = bind.add(eventId);
  const own = bind.add(office.id);
  const search = await readSearch(db, filter.q);
  const where = whereOf({ ...filter, archived: '' }, office, bind, { search, today });
  const order = search.text === '' ? 'i.name' : `${searchRank(search, bind, 'i')}, i.name`;
  return db.query(
    `SELECT i.id, i.name, r.name AS "regionName", t.short_name AS "serviceName",
       (SELECT count(*)::int FROM invitation v JOIN event e ON e.id = v.event_id
        WHERE v.institution_id = i.id AND e.office_id = ${own} AND v.state NOT IN ('draft', 'reserve'))
         AS "invitedBefore",
       (SELECT count(DISTINCT a.event_id)::int FROM invitation v JOIN event e ON e.id = v.event_id
        JOIN delegate d ON d.invitation_id = v.id JOIN attendance a ON a.delegate_id = d.id
        WHERE v.institution_id = i.id AND e.office_id = ${own} AND a.state = 'present') AS "attendedBefore"
     FROM institution i JOIN region r ON r.code = i.region_code
     JOIN institution_service s ON s.institution_id = i.id AND s.position = 1
     JOIN service_type t ON t.code = s.service_type
     WHERE ${where} AND NOT EXISTS (
       SELECT 1 FROM invitation v WHERE v.event_id = ${event} AND v.institution_id = i.id)
     ORDER BY ${order}, i.id`,
    bind.values,
  ) as Promise<ChoosableInstitution[]>;
}

/** Whether the office sees every one of these institutions; archived ones too, which are then not added. */
export async function seesAll(db: DataSource, office: ActingOffice, ids: number[]): Promise<boolean> {
  const bind = new Bindings();
  const [{ count }] = (await db.query(
    `SELECT count(*)::int AS count FROM institution i
     WHERE i.id = ANY (${bind.add(ids)}) AND ${visibleInstitutions(office, bind)}`,
    bind.values,
  )) as [{ count: number }];
  return count === new Set(ids).size;
}
