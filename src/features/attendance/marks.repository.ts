import type { Tx } from '../../database/data-source.js';
import type { AttendanceState, MarkKind, MarkWay } from './attendance-mark.entity.js';
import type { MarkFacts, Standing } from './standing.js';

/** Whom a mark is about: a delegate or a guest of the event. */
export type Who = { delegateId: number } | { guestId: number };

const idOf = (who: Who) => ('delegateId' in who ? who.delegateId : who.guestId);
const columnOf = (who: Who) => ('delegateId' in who ? 'delegate_id' : 'guest_id');

/** A session and its event, as far as the door must know them. */
export interface Place {
  eventId: number;
  officeId: number;
  eventState: 'draft' | 'published' | 'running' | 'finished' | 'cancelled';
  zone: string;
  eventEndsAt: Date | null;
  lateAfterMinutes: number;
  sessionId: number;
  /** Of the session's day in the event's zone. */
  date: string;
  startsAt: Date;
  endsAt: Date | null;
}

/** Somebody at the door. */
export interface PersonAtDoor {
  nameBefore: string;
  name: string;
  nameAfter: string;
  /** The institution's name; of a guest, what was written down. */
  origin: string;
  /** Of a delegate; a guest is always active. */
  state: 'active' | 'replaced' | 'released';
  invitationId: number | null;
  invitationState: string | null;
  seatNumber: number | null;
  pool: string | null;
  guestKind: string | null;
}

export interface Situation {
  place: Place;
  person: PersonAtDoor;
  marks: (MarkFacts & { clientId: string })[];
}

/**
 * Everybody who records this person, or takes their seat away, takes this lock first: marks are counted one after
 * another, and nobody checks in on a seat that is being given back.
 * @returns false when the event has no such person
 */
export async function lockPerson(tx: Tx, eventId: number, who: Who): Promise<boolean> {
  const table = 'delegateId' in who ? 'delegate' : 'guest';
  const rows = (await tx.query(`SELECT id FROM ${table} WHERE id = $1 AND event_id = $2 FOR NO KEY UPDATE`, [
    idOf(who),
    eventId,
  ])) as unknown[];
  return rows.length > 0;
}

/**
 * Keeps a helper's link from being ended before this transaction does.
 * @returns false when it was ended already
 */
export async function holdScanLink(tx: Tx, id: number): Promise<boolean> {
  const rows = (await tx.query('SELECT 1 FROM scan_link WHERE id = $1 AND revoked_at IS NULL FOR SHARE', [
    id,
  ])) as unknown[];
  return rows.length > 0;
}

const personOf = {
  delegate_id: {
    columns: `p.state, i.id AS "invitationId", i.state AS "invitationState", l.name AS origin,
      s.number AS "seatNumber", s.pool, NULL AS "guestKind"`,
    joins: `JOIN delegate p ON p.id = $3 JOIN invitation i ON i.id = p.invitation_id
      JOIN institution l ON l.id = i.institution_id LEFT JOIN seat s ON s.delegate_id = p.id`,
  },
  guest_id: {
    columns: `'active' AS state, NULL AS "invitationId", NULL AS "invitationState", p.origin,
      NULL AS "seatNumber", NULL AS pool, p.kind AS "guestKind"`,
    joins: 'JOIN guest p ON p.id = $3',
  },
} as const;

interface MarkRow extends Omit<MarkFacts, 'happenedAt' | 'arrivedAt' | 'leftAt'> {
  clientId: string;
  happenedAt: string;
  arrivedAt: string | null;
  leftAt: string | null;
}
type Row = Place & PersonAtDoor & { marks: MarkRow[] };

/** A person in a session of the event, with what was recorded there; undefined for a session of another event. */
export async function readSituation(
  tx: Tx,
  eventId: number,
  sessionId: number,
  who: Who,
): Promise<Situation | undefined> {
  const column = columnOf(who);
  const { columns, joins } = personOf[column];
  const [row] = (await tx.query(
    `SELECT e.id AS "eventId", e.office_id AS "officeId", e.state AS "eventState", e.zone, e.ends_at AS "eventEndsAt",
       e.late_after_minutes AS "lateAfterMinutes", x.id AS "sessionId", y.date, x.starts_at AS "startsAt",
       x.ends_at AS "endsAt", p.name_before AS "nameBefore", p.name, p.name_after AS "nameAfter", ${columns},
       (SELECT coalesce(json_agg(json_build_object('id', m.id, 'clientId', m.client_id, 'kind', m.kind, 'correctedTo', m.corrected_to,
           'happenedAt', m.happened_at, 'arrivedAt', m.arrived_at, 'leftAt', m.left_at)), '[]')
        FROM attendance_mark m WHERE m.session_id = x.id AND m.${column} = p.id) AS marks
     FROM event e JOIN event_day y ON y.event_id = e.id JOIN event_session x ON x.day_id = y.id ${joins}
     WHERE e.id = $1 AND x.id = $2 AND p.event_id = e.id`,
    [eventId, sessionId, idOf(who)],
  )) as [Row | undefined];
  if (!row) return undefined;
  const { marks, ...facts } = row;
  const read = marks.map((mark) => ({
    ...mark,
    happenedAt: new Date(mark.happenedAt),
    arrivedAt: mark.arrivedAt === null ? null : new Date(mark.arrivedAt),
    leftAt: mark.leftAt === null ? null : new Date(mark.leftAt),
  }));
  return { place: facts, person: facts, marks: read };
}

/** A session and its event alone. */
export async function readPlace(tx: Tx, eventId: number, sessionId: number): Promise<Place | undefined> {
  const [row] = (await tx.query(
    `SELECT e.id AS "eventId", e.office_id AS "officeId", e.state AS "eventState", e.zone, e.ends_at AS "eventEndsAt",
       e.late_after_minutes AS "lateAfterMinutes", x.id AS "sessionId", y.date, x.starts_at AS "startsAt",
       x.ends_at AS "endsAt"
     FROM event e JOIN event_day y ON y.event_id = e.id JOIN event_session x ON x.day_id = y.id
     WHERE e.id = $1 AND x.id = $2`,
    [eventId, sessionId],
  )) as [Place | undefined];
  return row;
}

/** A mark about to be written. */
export interface NewMark {
  clientId: string;
  kind: MarkKind;
  correctedTo: AttendanceState | null;
  deviceAt: Date;
  happenedAt: Date;
  recordedAt: Date;
  arrivedAt: Date | null;
  leftAt: Date | null;
  way: MarkWay;
  userId: number | null;
  scanLinkId: number | null;
  reason: string;
}

/** @returns the id of the mark, or undefined when one with this client id is there already */
export async function insertMark(
  tx: Tx,
  { eventId, sessionId }: Place,
  who: Who,
  mark: NewMark,
): Promise<number | undefined> {
  const [row] = (await tx.query(
    `INSERT INTO attendance_mark (client_id, event_id, session_id, ${columnOf(who)}, kind, corrected_to, device_at,
       happened_at, recorded_at, arrived_at, left_at, way, user_id, scan_link_id, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     ON CONFLICT (client_id) DO NOTHING RETURNING id`,
    [
      ...[mark.clientId, eventId, sessionId, idOf(who), mark.kind, mark.correctedTo, mark.deviceAt],
      ...[mark.happenedAt, mark.recordedAt, mark.arrivedAt, mark.leftAt],
      ...[mark.way, mark.userId, mark.scanLinkId, mark.reason],
    ],
  )) as { id: number }[];
  return row?.id;
}

/** Keeps where the person stands now: one row for each person and session. */
export async function writeStanding(
  tx: Tx,
  { eventId, sessionId }: Place,
  who: Who,
  { state, arrivedAt, leftAt }: Standing,
  markId: number,
): Promise<void> {
  const column = columnOf(who);
  await tx.query(
    `INSERT INTO attendance (event_id, session_id, ${column}, state, arrived_at, left_at, last_mark_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (session_id, ${column}) DO UPDATE SET state = excluded.state, arrived_at = excluded.arrived_at,
       left_at = excluded.left_at, last_mark_id = excluded.last_mark_id`,
    [eventId, sessionId, idOf(who), state, arrivedAt, leftAt, markId],
  );
}

/** Who came in the place of a delegate; undefined when nobody did. */
export async function replacementOf(
  tx: Tx,
  delegateId: number,
): Promise<{ nameBefore: string; name: string; nameAfter: string } | undefined> {
  const [row] = (await tx.query(
    `SELECT name_before AS "nameBefore", name, name_after AS "nameAfter" FROM delegate WHERE replaces_id = $1`,
    [delegateId],
  )) as { nameBefore: string; name: string; nameAfter: string }[];
  return row;
}
