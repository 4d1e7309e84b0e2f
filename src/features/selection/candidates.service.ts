import type { Tx } from '../../database/data-source.js';
import type { ActingOffice } from '../accounts/permissions.js';
import {
  Bindings,
  currentAccreditation,
  readSearch,
  visibleInstitutions,
  whereOf,
  type InstitutionFilter,
} from '../institutions/institutions.service.js';
import type { Answering } from './compare.js';
import type { Candidate } from './select.js';

/** A candidate as the registry has it, with the words that a list shows. */
export interface RegisteredCandidate extends Candidate, Answering {
  name: string;
  regionName: string;
  /** Services beside the main one; they do not count (the page says so). */
  furtherServices: number;
}

export interface Population {
  filter: InstitutionFilter;
  /** In the list whatever the filter says: whoever must be invited, or must not. */
  alsoIds: number[];
  /** The event that is selected for; what happened at it does not count. */
  event: { id: number; kind: string; kindLabel: string };
  /** "Never attended" looks at all of the office's events, not only at those of this kind (rules.md 21). */
  isWidened: boolean;
  /** `2026-03-02`. */
  asOf: string;
}

/** How long somebody who stayed away is remembered. */
const noShowYears = 3;

type Registered = Omit<RegisteredCandidate, 'lastAttendedOn' | 'acceptedBefore' | 'noShows'>;
type History = Pick<RegisteredCandidate, 'id' | 'lastAttendedOn' | 'acceptedBefore' | 'noShows'>;

async function readRegistered(tx: Tx, office: ActingOffice, given: Population): Promise<Registered[]> {
  const bind = new Bindings();
  const search = await readSearch(tx, given.filter.q);
  const where = whereOf(given.filter, office, bind, { search, today: given.asOf });
  const also = `i.id = ANY (${bind.add(given.alsoIds)}) AND i.archived_at IS NULL
    AND ${visibleInstitutions(office, bind)}`;
  return tx.query(
    `SELECT i.id, i.name, i.region_code AS "regionKey", r.name AS "regionName", s.service_type AS "serviceKey",
       (SELECT count(*)::int - 1 FROM institution_service o WHERE o.institution_id = i.id) AS "furtherServices",
       i.registration_state = 'registered' AS "isRegistered", a.grade, a.valid_until::text AS "accreditedUntil"
     FROM institution i JOIN region r ON r.code = i.region_code
     JOIN institution_service s ON s.institution_id = i.id AND s.position = 1
     LEFT JOIN LATERAL (${currentAccreditation()}) a ON true
     WHERE (${where}) OR (${also})`,
    bind.values,
  );
}

/** What the office's other events say of institutions; whoever was never invited has no row. */
async function readHistory(tx: Tx, office: ActingOffice, given: Population): Promise<History[]> {
  const { id, kind, kindLabel } = given.event;
  return tx.query(
    `WITH past AS (
       SELECT e.id, e.first_day, e.state = 'finished' AND e.first_day >= $6::date - make_interval(years => ${noShowYears})
           AND EXISTS (SELECT 1 FROM attendance a WHERE a.event_id = e.id) AS recorded,
         $3 OR (e.kind = $4 AND (e.kind <> 'other' OR lower(e.kind_label) = lower($5))) AS alike
       FROM event e WHERE e.office_id = $1 AND e.id <> $2 AND e.state NOT IN ('draft', 'cancelled')
     ), seen AS (
       SELECT d.invitation_id, bool_or(a.state = 'present') AS came, bool_or(a.state = 'excused') AS excused
       FROM attendance a JOIN past p ON p.id = a.event_id JOIN delegate d ON d.id = a.delegate_id GROUP BY 1
     )
     SELECT v.institution_id AS id, (max(p.first_day) FILTER (WHERE s.came AND p.alike))::text AS "lastAttendedOn",
       (count(*) FILTER (WHERE v.state = 'accepted'))::int AS "acceptedBefore",
       (count(*) FILTER (WHERE p.recorded AND v.state = 'accepted' AND s.came IS NOT TRUE
         AND s.excused IS NOT TRUE))::int AS "noShows"
     FROM invitation v JOIN past p ON p.id = v.event_id LEFT JOIN seen s ON s.invitation_id = v.id
     GROUP BY v.institution_id`,
    [office.id, id, given.isWidened, kind, kindLabel, given.asOf],
  );
}

/**
 * While this transaction lasts, nobody changes an institution that could be chosen, by hand or by an import: what is
 * read in several statements, and written from it, fits together. In id order, as imports lock them too.
 */
export async function keepRegistryStill(tx: Tx, office: ActingOffice): Promise<void> {
  const bind = new Bindings();
  await tx.query(
    `SELECT 1 FROM institution i WHERE ${visibleInstitutions(office, bind)} AND i.archived_at IS NULL
     ORDER BY i.id FOR SHARE OF i`,
    bind.values,
  );
}

/**
 * The institutions that a filter finds, with everything that decides their place. In no order: the selection makes
 * its own.
 */
export async function readCandidates(
  tx: Tx,
  office: ActingOffice,
  given: Population,
): Promise<RegisteredCandidate[]> {
  const registered = await readRegistered(tx, office, given);
  const history = new Map((await readHistory(tx, office, given)).map((row) => [row.id, row]));
  return registered.map((candidate) => {
    const { lastAttendedOn = null, acceptedBefore = 0, noShows = 0 } = history.get(candidate.id) ?? {};
    return { ...candidate, lastAttendedOn, acceptedBefore, noShows };
  });
}
