import type { DataSource } from 'typeorm';
import { phoneOf } from '../messages/contacts.js';
import type { Channel } from '../messages/purposes.js';
import type { CallOutcome } from '../invitations/phone-call.entity.js';

type Reader = Pick<DataSource, 'query'>;

/** Institutions whose answer is still awaited, over invitation `i`. */
export const isAwaited = `i.state IN ('open', 'offered', 'reconfirm')`;

export interface AwaitedRow {
  /** Of the invitation. */
  id: number;
  institutionId: number;
  name: string;
  state: 'open' | 'offered' | 'reconfirm';
  regionCode: string;
  regionName: string;
  /** E.164 of the leader, else of the institution. */
  phone: string | null;
  contactName: string | null;
  /** Who looks after it (rules.md 22), and of which office where it is not the inviting one. */
  pendamping: string | null;
  pendampingOffice: string | null;
  /** Its own last moment, else the event's. */
  answerBy: Date | null;
  contactAt: Date | null;
  contactWay: Channel | 'call' | 'by_hand' | null;
  callOutcome: CallOutcome | null;
}

/** A list that somebody works through by phone; an event with more than this has other worries. */
export const mostRows = 2000;

/** The last time that somebody turned to invitation `i`: a message that left, a call, or a link passed on by hand. */
const lastContact = `
  SELECT * FROM (
    SELECT m.sent_at AS at, m.channel AS way, NULL AS outcome FROM message m
    WHERE m.invitation_id = i.id AND m.state = 'sent' AND m.sent_at IS NOT NULL
    UNION ALL SELECT c.at, 'call', c.outcome FROM phone_call c WHERE c.invitation_id = i.id
    UNION ALL SELECT i.sent_at, 'by_hand', NULL WHERE i.sent_at IS NOT NULL) t
  ORDER BY at DESC, way = 'by_hand' LIMIT 1`;

/**
 * Institutions of an event that have not answered, by kabupaten/kota and name.
 * @param pendampingId only those that this officer looks after; null for all
 */
export async function awaitedOf(
  db: Reader,
  eventId: number,
  pendampingId: number | null,
): Promise<AwaitedRow[]> {
  return db.query(
    `SELECT i.id, l.id AS "institutionId", l.name, i.state, r.code AS "regionCode", r.name AS "regionName",
       ${phoneOf} AS phone, p.name AS pendamping,
       CASE WHEN l.managing_office_id <> e.office_id AND p.id IS NOT NULL THEN o.short_name END AS "pendampingOffice",
       (SELECT trim(x.name_before || ' ' || x.name) || CASE WHEN x.name_after = '' THEN '' ELSE ', ' || x.name_after END
        FROM representative x WHERE x.institution_id = l.id AND x.ended_at IS NULL
        ORDER BY x.is_leader DESC, x.sort, x.id LIMIT 1) AS "contactName",
       CASE WHEN i.state = 'open' THEN coalesce(i.answer_by, e.answer_by)
         ELSE coalesce(i.hold_until, i.answer_by, e.answer_by) END AS "answerBy",
       t.at AS "contactAt", t.way AS "contactWay", t.outcome AS "callOutcome"
     FROM invitation i JOIN event e ON e.id = i.event_id JOIN institution l ON l.id = i.institution_id
     JOIN region r ON r.code = l.region_code JOIN office o ON o.id = l.managing_office_id
     LEFT JOIN app_user p ON p.id = l.pendamping_id LEFT JOIN LATERAL (${lastContact}) t ON true
     WHERE i.event_id = $1 AND ${isAwaited} AND ($2::int IS NULL OR l.pendamping_id = $2)
     ORDER BY r.code, l.name, i.id LIMIT ${mostRows + 1}`,
    [eventId, pendampingId],
  );
}

/** Events of an office whose answers this officer still has to ask for, the most urgent first. */
export interface AwaitedEvent {
  id: number;
  title: string;
  count: number;
}

export async function awaitedByPendamping(
  db: Reader,
  officeId: number,
  userId: number,
  now: Date,
): Promise<AwaitedEvent[]> {
  return db.query(
    `SELECT e.id, e.title, count(*)::int AS count
     FROM event e JOIN invitation i ON i.event_id = e.id JOIN institution l ON l.id = i.institution_id
     WHERE e.office_id = $1 AND e.state = 'published' AND e.answer_by > $3 AND ${isAwaited} AND l.pendamping_id = $2
     GROUP BY e.id ORDER BY e.answer_by, e.id LIMIT 3`,
    [officeId, userId, now],
  );
}
