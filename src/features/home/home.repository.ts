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

/** What waits for somebody, as far as this person can do something about it. */
export interface Attention {
  /** Follow-ups whose day has passed. */
  overdue: number;
  /** Follow-ups that were handed in and are to be checked. */
  handedIn: number;
  /** Follow-ups that this very person owes, and the record that they are found by. */
  own: number;
  ownerId: number | null;
  /** Events whose minutes wait for somebody: to be approved, mended, or published. */
  minutes: Record<'submitted' | 'returned' | 'approved', { id: number; title: string }[]>;
  /** Events whose invitation letter waits for approval, and that letter. */
  letters: { id: number; letterId: number; title: string }[];
  /** Changes of records that other offices, or the institutions themselves, proposed to this office. */
  proposals: number;
}

const minutesIn = (state: string) =>
  `(SELECT coalesce(json_agg(json_build_object('id', e.id, 'title', e.title) ORDER BY e.starts_at, e.id), '[]')
    FROM minutes s JOIN event e ON e.id = s.event_id WHERE s.state = '${state}' AND e.office_id = $1)`;

/** @param today the date in the office's zone */
export async function attentionOf(db: DataSource, actor: OfficeActor, today: string): Promise<Attention> {
  const [row] = (await db.query(
    `SELECT a.overdue, a."handedIn", a.own, a."ownerId", m.minutes,
       (SELECT coalesce(json_agg(json_build_object('id', e.id, 'letterId', b.id, 'title', e.title) ORDER BY b.submitted_at, b.id), '[]')
        FROM invitation_letter b JOIN event e ON e.id = b.event_id
        WHERE b.state = 'submitted' AND e.office_id = $1 AND e.state <> 'cancelled') AS letters,
       (SELECT count(*)::int FROM institution_proposal p JOIN institution n ON n.id = p.institution_id
        WHERE p.state = 'open' AND n.managing_office_id = $1) AS proposals FROM (
       SELECT (count(*) FILTER (WHERE i.state IN ('open', 'in_progress', 'returned') AND i.due_on < $2))::int AS overdue,
         (count(*) FILTER (WHERE i.state = 'handed_in'))::int AS "handedIn",
         (count(*) FILTER (WHERE o.user_id = $3 AND i.state IN ('open', 'in_progress', 'returned')))::int AS own,
         max(o.id) FILTER (WHERE o.user_id = $3) AS "ownerId"
       FROM action_item i JOIN action_owner o ON o.id = i.owner_id WHERE i.office_id = $1 AND i.closed_at IS NULL) a,
     (SELECT json_build_object('submitted', ${minutesIn('submitted')}, 'returned', ${minutesIn('returned')},
        'approved', ${minutesIn('approved')}) AS minutes) m`,
    [actor.office.id, today, actor.userId],
  )) as [Attention];
  return row;
}

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
