import type { ActingOffice } from '../accounts/permissions.js';
import {
  Bindings,
  institutionFilterSchema,
  readSearch,
  searchRank,
  visibleInstitutions,
  whereOf,
} from '../institutions/institutions.service.js';
import type { Reader } from './attendance.repository.js';
import type { PersonName } from '../../i18n/format.js';

/** An institution that somebody at the door may come from. */
export interface DoorInstitution {
  id: number;
  name: string;
  regionName: string;
  /** State of its invitation to this event; null when it was not invited. */
  state: string | null;
  invitationId: number | null;
  /** People on its seats. */
  delegates: number;
}

const columns = `i.id, i.name, r.name AS "regionName", v.state, v.id AS "invitationId",
  (SELECT count(*)::int FROM seat s WHERE s.invitation_id = v.id AND s.delegate_id IS NOT NULL) AS delegates`;

const shown = 20;

/** Institutions that the office sees and a name finds, the invited ones first. */
export async function searchInstitutions(
  db: Reader,
  office: ActingOffice,
  eventId: number,
  search: string,
): Promise<DoorInstitution[]> {
  const wanted = await readSearch(db, search);
  if (wanted.text === '') return [];
  const bind = new Bindings();
  const event = bind.add(eventId);
  // Of the registry's filters only the words count here, so that no day is asked for.
  const where = whereOf(institutionFilterSchema.parse({ q: search }), office, bind, {
    search: wanted,
    today: '',
  });
  return db.query(
    `SELECT ${columns}
     FROM institution i JOIN region r ON r.code = i.region_code
     LEFT JOIN invitation v ON v.institution_id = i.id AND v.event_id = ${event}
     WHERE ${where} ORDER BY v.id IS NULL, ${searchRank(wanted, bind, 'i')}, i.name, i.id LIMIT ${shown}`,
    bind.values,
  ) as Promise<DoorInstitution[]>;
}

/** One institution that the office sees; undefined for any other. */
export async function findInstitution(
  db: Reader,
  office: ActingOffice,
  eventId: number,
  id: number,
): Promise<DoorInstitution | undefined> {
  const bind = new Bindings();
  const event = bind.add(eventId);
  const visible = visibleInstitutions(office, bind);
  const [row] = (await db.query(
    `SELECT ${columns}
     FROM institution i JOIN region r ON r.code = i.region_code
     LEFT JOIN invitation v ON v.institution_id = i.id AND v.event_id = ${event}
     WHERE ${visible} AND i.archived_at IS NULL AND i.id = ${bind.add(id)}`,
    bind.values,
  )) as DoorInstitution[];
  return row;
}

export interface ExpectedDelegate extends PersonName {
  id: number;
  seatNumber: number;
  /** Has checked in to some session, so that nobody can take the seat over. */
  isHere: boolean;
}

/** Who is expected from an institution. */
export const expectedDelegates = (db: Reader, invitationId: number | null): Promise<ExpectedDelegate[]> =>
  db.query(
    `SELECT d.id, d.name_before AS "nameBefore", d.name, d.name_after AS "nameAfter", s.number AS "seatNumber",
       EXISTS (SELECT 1 FROM attendance a WHERE a.delegate_id = d.id AND a.state = 'present') AS "isHere"
     FROM delegate d JOIN seat s ON s.delegate_id = d.id
     WHERE d.invitation_id = $1 AND d.state = 'active' ORDER BY s.number`,
    [invitationId],
  ) as Promise<ExpectedDelegate[]>;

export interface PlanSpeaker extends PersonName {
  id: number;
  position: string;
  origin: string;
  role: string;
}

/** Speakers of the plan who are not among the guests yet. */
export const speakersToCome = (db: Reader, eventId: number): Promise<PlanSpeaker[]> =>
  db.query(
    `SELECT p.id, p.name_before AS "nameBefore", p.name, p.name_after AS "nameAfter", p.position, p.origin, p.role
     FROM speaker p WHERE p.event_id = $1 AND NOT EXISTS (SELECT 1 FROM guest g WHERE g.speaker_id = p.id)
     ORDER BY p.id`,
    [eventId],
  ) as Promise<PlanSpeaker[]>;

/** The mark of an earlier sending of the same form, and whom it was about. */
export async function findByClientId(
  db: Reader,
  eventId: number,
  clientId: string,
): Promise<{ delegateId: number | null; guestId: number | null } | undefined> {
  const [row] = (await db.query(
    `SELECT delegate_id AS "delegateId", guest_id AS "guestId" FROM attendance_mark
     WHERE client_id = $1 AND event_id = $2`,
    [clientId, eventId],
  )) as { delegateId: number | null; guestId: number | null }[];
  return row;
}
