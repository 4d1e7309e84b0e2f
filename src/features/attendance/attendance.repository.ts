import type { Tx } from '../../database/data-source.js';
import { fold } from '../../spreadsheets/cells.js';
import type { AttendanceState } from './attendance-mark.entity.js';
import type { GuestKind } from './guest.entity.js';

/** Anything that reads: the pool, or a transaction. */
export type Reader = Pick<Tx, 'query'>;

/** A session with how many came: people and institutions are counted apart (rules.md 1). */
export interface SessionCount {
  id: number;
  date: string;
  title: string;
  startsAt: Date;
  endsAt: Date | null;
  people: number;
  institutions: number;
  excused: number;
}

export async function sessionsWithCounts(db: Reader, eventId: number): Promise<SessionCount[]> {
  return db.query(
    `SELECT x.id, y.date, x.title, x.starts_at AS "startsAt", x.ends_at AS "endsAt",
       count(a.id) FILTER (WHERE a.state = 'present')::int AS people,
       count(DISTINCT i.institution_id) FILTER (WHERE a.state = 'present')::int AS institutions,
       count(a.id) FILTER (WHERE a.state = 'excused')::int AS excused
     FROM event_day y JOIN event_session x ON x.day_id = y.id
     LEFT JOIN attendance a ON a.session_id = x.id
     LEFT JOIN delegate d ON d.id = a.delegate_id LEFT JOIN invitation i ON i.id = d.invitation_id
     WHERE y.event_id = $1 GROUP BY x.id, y.id ORDER BY y.date, x.starts_at, x.id`,
    [eventId],
  );
}

/** A session in figures: who is expected and who is here, in people and in institutions (rules.md 1). */
export interface Figures {
  /** Delegates on their seats, and the institutions that send them. */
  expected: number;
  expectedInstitutions: number;
  delegatesHere: number;
  institutionsHere: number;
  guestsHere: number;
  late: number;
  excused: number;
  absent: number;
}

export async function figuresOf(db: Reader, eventId: number, sessionId: number): Promise<Figures> {
  const [row] = (await db.query(
    `SELECT x.*, h.*
     FROM (SELECT count(*)::int AS expected, count(DISTINCT i.institution_id)::int AS "expectedInstitutions"
         FROM delegate d JOIN invitation i ON i.id = d.invitation_id
         WHERE d.event_id = $1 AND d.state = 'active') x,
       (SELECT count(a.delegate_id) FILTER (WHERE a.state = 'present')::int AS "delegatesHere",
           count(DISTINCT i.institution_id) FILTER (WHERE a.state = 'present')::int AS "institutionsHere",
           count(a.guest_id) FILTER (WHERE a.state = 'present')::int AS "guestsHere",
           count(*) FILTER (WHERE a.arrived_at > s.starts_at + make_interval(mins => e.late_after_minutes))::int AS late,
           count(*) FILTER (WHERE a.state = 'excused')::int AS excused,
           count(*) FILTER (WHERE a.state = 'absent')::int AS absent
         FROM event e JOIN event_session s ON s.id = $2 JOIN attendance a ON a.session_id = s.id
         LEFT JOIN delegate d ON d.id = a.delegate_id LEFT JOIN invitation i ON i.id = d.invitation_id
         WHERE e.id = $1) h`,
    [eventId, sessionId],
  )) as [Figures];
  return row;
}

/** A line of the list: somebody who is expected, or came, and where they stand in the session. */
export interface PersonRow {
  /** `d12` for a delegate, `g3` for a guest; also the place from which the next page goes on. */
  key: string;
  kind: 'delegate' | 'guest';
  id: number;
  nameBefore: string;
  name: string;
  nameAfter: string;
  sex: 'L' | 'P' | null;
  position: string;
  phone: string | null;
  /** The institution's name, or what was written down for a guest. */
  origin: string;
  institutionId: number | null;
  invitationId: number | null;
  guestKind: GuestKind | null;
  seatNumber: number | null;
  pool: string | null;
  walkIn: boolean;
  state: AttendanceState | null;
  arrivedAt: Date | null;
  leftAt: Date | null;
  marks: number;
}

const people = `
  SELECT 'd' || d.id AS key, 'delegate' AS kind, d.id, d.name_before, d.name, d.name_after, d.sex, d.position, d.phone,
    l.name AS origin, l.id AS institution_id, i.id AS invitation_id, NULL AS guest_kind, s.number AS seat_number,
    s.pool, d.walk_in, 1 AS part
  FROM delegate d JOIN invitation i ON i.id = d.invitation_id JOIN institution l ON l.id = i.institution_id
  LEFT JOIN seat s ON s.delegate_id = d.id WHERE d.event_id = $1 AND d.state = 'active'
  UNION ALL
  SELECT 'g' || g.id, 'guest', g.id, g.name_before, g.name, g.name_after, g.sex, g.position, g.phone, g.origin, NULL,
    NULL, g.kind, NULL, NULL, true, 2
  FROM guest g WHERE g.event_id = $1`;

const rowColumns = `
  p.key, p.kind, p.id, p.name_before AS "nameBefore", p.name, p.name_after AS "nameAfter", p.sex, p.position,
  p.phone, p.origin, p.institution_id AS "institutionId", p.invitation_id AS "invitationId",
  p.guest_kind AS "guestKind", p.seat_number AS "seatNumber", p.pool, p.walk_in AS "walkIn"`;

/** What the list can be narrowed to. */
export const peopleFilters = {
  all: 'true',
  waiting: 'a.state IS NULL',
  present: `a.state = 'present'`,
  late: `a.arrived_at > x.starts_at + make_interval(mins => e.late_after_minutes)`,
  excused: `a.state = 'excused'`,
  absent: `a.state = 'absent'`,
  /** Of a session that is over: whoever was not seen has stayed away. */
  missed: `(a.state IS NULL OR a.state = 'absent')`,
} as const;
export type PeopleFilter = keyof typeof peopleFilters;

export interface PeopleQuery {
  filter?: PeopleFilter;
  /** Part of a person's or an institution's name. */
  search?: string;
  /** Key of the last row of the page before. */
  after?: string;
  /** Only this person. */
  only?: string;
  limit?: number;
}

/**
 * Keys of those whose name or origin holds what was typed. Both are folded by the same function, so that "jose nur
 * aini" finds "José Nur'aini"; the database would fold by its own locale.
 */
async function keysOf(db: Reader, eventId: number, typed: string): Promise<string[]> {
  const wanted = fold(typed);
  const all = (await db.query(
    `WITH p AS (${people})
     SELECT p.key, concat_ws(' ', p.name_before, p.name, p.name_after, p.origin) AS words FROM p`,
    [eventId],
  )) as { key: string; words: string }[];
  return all.filter(({ words }) => fold(words).includes(wanted)).map(({ key }) => key);
}

/** People of an event in a session: delegates by institution and name, then guests; pages go on from a key. */
export async function listPeople(
  db: Reader,
  eventId: number,
  sessionId: number,
  { filter = 'all', search = '', after = '', only = '', limit = 5000 }: PeopleQuery = {},
): Promise<PersonRow[]> {
  const found = search === '' ? null : await keysOf(db, eventId, search);
  return db.query(
    `WITH p AS (${people})
     SELECT ${rowColumns}, a.state, a.arrived_at AS "arrivedAt", a.left_at AS "leftAt",
       (SELECT count(*)::int FROM attendance_mark m WHERE m.session_id = x.id
          AND (m.delegate_id = CASE p.kind WHEN 'delegate' THEN p.id END
            OR m.guest_id = CASE p.kind WHEN 'guest' THEN p.id END)) AS marks
     FROM event e JOIN event_session x ON x.id = $2 CROSS JOIN p
     LEFT JOIN attendance a ON a.session_id = x.id
       AND (a.delegate_id = CASE p.kind WHEN 'delegate' THEN p.id END
         OR a.guest_id = CASE p.kind WHEN 'guest' THEN p.id END)
     WHERE e.id = $1 AND ${peopleFilters[filter]} AND ($3::text[] IS NULL OR p.key = ANY ($3))
       AND ($4 = '' OR p.key = $4)
       AND ($5 = '' OR (p.part, p.origin, p.name, p.key) >
         (SELECT o.part, o.origin, o.name, o.key FROM p o WHERE o.key = $5))
     ORDER BY p.part, p.origin, p.name, p.key LIMIT $6`,
    [eventId, sessionId, found, only, after, limit],
  );
}

/** One thing that was recorded of a person, with by whom and by which way. */
export interface HistoryRow {
  kind: string;
  correctedTo: AttendanceState | null;
  happenedAt: Date;
  recordedAt: Date;
  arrivedAt: Date | null;
  leftAt: Date | null;
  way: string;
  reason: string;
  /** A colleague, or the label of a helper's link. */
  who: string;
  byLink: boolean;
}

export async function historyOf(
  db: Reader,
  sessionId: number,
  person: Pick<PersonRow, 'kind' | 'id'>,
): Promise<HistoryRow[]> {
  return db.query(
    `SELECT m.kind, m.corrected_to AS "correctedTo", m.happened_at AS "happenedAt", m.recorded_at AS "recordedAt",
       m.arrived_at AS "arrivedAt", m.left_at AS "leftAt", m.way, m.reason, coalesce(u.name, k.label) AS who,
       m.scan_link_id IS NOT NULL AS "byLink"
     FROM attendance_mark m LEFT JOIN app_user u ON u.id = m.user_id LEFT JOIN scan_link k ON k.id = m.scan_link_id
     WHERE m.session_id = $1 AND m.${person.kind === 'delegate' ? 'delegate_id' : 'guest_id'} = $2
     ORDER BY m.happened_at DESC, m.id DESC`,
    [sessionId, person.id],
  );
}

/** A person's own attendance, session by session; null where nothing was recorded. */
export interface OwnRow {
  delegateId: number;
  sessionId: number;
  date: string;
  title: string;
  startsAt: Date;
  state: AttendanceState | null;
  arrivedAt: Date | null;
}

export async function ownAttendance(db: Reader, delegateIds: number[]): Promise<OwnRow[]> {
  return db.query(
    `SELECT d.id AS "delegateId", x.id AS "sessionId", y.date, x.title, x.starts_at AS "startsAt", a.state,
       a.arrived_at AS "arrivedAt"
     FROM delegate d JOIN event_day y ON y.event_id = d.event_id JOIN event_session x ON x.day_id = y.id
     LEFT JOIN attendance a ON a.session_id = x.id AND a.delegate_id = d.id
     WHERE d.id = ANY($1) ORDER BY d.id, y.date, x.starts_at, x.id`,
    [delegateIds],
  );
}

/** Who has come to at least one session: people, institutions, and how many of the people are guests. */
export async function cameTo(
  db: Reader,
  eventId: number,
): Promise<{ people: number; institutions: number; delegates: number; guests: number }> {
  const [row] = (await db.query(
    `SELECT (count(DISTINCT a.delegate_id) + count(DISTINCT a.guest_id))::int AS people,
       count(DISTINCT i.institution_id)::int AS institutions, count(DISTINCT a.delegate_id)::int AS delegates,
       count(DISTINCT a.guest_id)::int AS guests
     FROM attendance a LEFT JOIN delegate d ON d.id = a.delegate_id LEFT JOIN invitation i ON i.id = d.invitation_id
     WHERE a.event_id = $1 AND a.state = 'present'`,
    [eventId],
  )) as [{ people: number; institutions: number; delegates: number; guests: number }];
  return row;
}

/** People who came, in the order of the list, with the sessions that they came to. */
export async function cameFrom(db: Reader, eventId: number): Promise<PresentRow[]> {
  return db.query(
    `WITH p AS (${people})
     SELECT p.name_before AS "nameBefore", p.name, p.name_after AS "nameAfter", p.position, p.origin, p.sex,
       p.institution_id AS "institutionId", p.guest_kind AS "guestKind",
       array_agg(a.session_id ORDER BY a.session_id) AS sessions
     FROM p JOIN attendance a ON a.delegate_id = CASE p.kind WHEN 'delegate' THEN p.id END
       OR a.guest_id = CASE p.kind WHEN 'guest' THEN p.id END
     WHERE a.event_id = $1 AND a.state = 'present'
     GROUP BY p.part, p.origin, p.name, p.key, p.name_before, p.name_after, p.position, p.sex, p.institution_id,
       p.guest_kind
     ORDER BY p.part, p.origin, p.name, p.key`,
    [eventId],
  );
}

/** Somebody who came, for the minutes and the lists of other rooms. */
export interface PresentRow {
  nameBefore: string;
  name: string;
  nameAfter: string;
  position: string;
  /** The institution's name; of a guest, where they come from. */
  origin: string;
  institutionId: number | null;
  guestKind: GuestKind | null;
  sex: 'L' | 'P' | null;
  /** Ids of the sessions that they came to. */
  sessions: number[];
}
