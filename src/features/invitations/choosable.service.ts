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

/** What is not archived and not on the event's list. */
const isOpen = (event: string) => `i.archived_at IS NULL AND NOT EXISTS (
  SELECT 1 FROM invitation v WHERE v.event_id = ${event} AND v.institution_id = i.id)`;

/** Ids of the institutions that the office sees, a filter finds and the event's list lacks, in their order. */
export async function choosableIds(
  db: DataSource,
  office: ActingOffice,
  eventId: number,
  filter: InstitutionFilter,
  today: string,
): Promise<number[]> {
  const bind = new Bindings();
  const event = bind.add(eventId);
  const search = await readSearch(db, filter.q);
  const where = whereOf({ ...filter, archived: '' }, office, bind, { search, today });
  const order = search.text === '' ? 'i.name' : `${searchRank(search, bind, 'i')}, i.name`;
  const rows = (await db.query(
    `SELECT i.id FROM institution i WHERE ${where} AND ${isOpen(event)} ORDER BY ${order}, i.id`,
    bind.values,
  )) as { id: number }[];
  return rows.map(({ id }) => id);
}

/** Which of these can still be chosen: an address may name what was added, archived or handed away since. */
export async function stillChoosable(
  db: DataSource,
  office: ActingOffice,
  eventId: number,
  ids: number[],
): Promise<number[]> {
  const bind = new Bindings();
  const event = bind.add(eventId);
  const rows = (await db.query(
    `SELECT i.id FROM institution i WHERE i.id = ANY (${bind.add(ids)}) AND ${visibleInstitutions(office, bind)}
       AND ${isOpen(event)}`,
    bind.values,
  )) as { id: number }[];
  return rows.map(({ id }) => id);
}

/** What the page shows of these institutions, in this order. */
export function describeChoosable(
  db: DataSource,
  office: ActingOffice,
  ids: number[],
): Promise<ChoosableInstitution[]> {
  return db.query(
    `SELECT i.id, i.name, r.name AS "regionName", t.short_name AS "serviceName",
       (SELECT count(*)::int FROM invitation v JOIN event e ON e.id = v.event_id
        WHERE v.institution_id = i.id AND e.office_id = $2 AND v.state NOT IN ('draft', 'reserve'))
         AS "invitedBefore",
       (SELECT count(DISTINCT a.event_id)::int FROM invitation v JOIN event e ON e.id = v.event_id
        JOIN delegate d ON d.invitation_id = v.id JOIN attendance a ON a.delegate_id = d.id
        WHERE v.institution_id = i.id AND e.office_id = $2 AND a.state = 'present') AS "attendedBefore"
     FROM institution i JOIN region r ON r.code = i.region_code
     JOIN institution_service s ON s.institution_id = i.id AND s.position = 1
     JOIN service_type t ON t.code = s.service_type
     WHERE i.id = ANY ($1) ORDER BY array_position($1::int[], i.id)`,
    [ids, office.id],
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
