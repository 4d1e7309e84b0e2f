import type { DataSource } from 'typeorm';
import { phoneOf } from '../messages/contacts.js';
import { isMoot } from '../messages/moot.js';
import type { AnswerFilter, RoundPurpose } from './audience.js';
import { answerFilters } from './audience.js';

type Reader = Pick<DataSource, 'query'>;

const tables = `invitation i JOIN institution l ON l.id = i.institution_id`;

/** Something waits to be passed on to invitation `i` already: that comes first. */
const hasQueued = `EXISTS (SELECT 1 FROM message m JOIN event e ON e.id = m.event_id
  WHERE m.invitation_id = i.id AND m.channel = 'whatsapp' AND m.delegate_id IS NULL AND m.state IN ('queued', 'held')
    AND NOT ${isMoot})`;

export interface Audience {
  /** Institutions that the round would tell. */
  count: number;
  withoutNumber: number;
  /** Left out: something else waits for them in the queue. */
  alreadyQueued: number;
  /** The first of them, to look at. */
  first: {
    id: number;
    name: string;
    regionName: string;
    tokenVersion: number;
    holdUntil: Date | null;
    phone: string | null;
  }[];
}

/** So many names are enough to see whether the choice is the one that was meant. */
const shownNames = 10;

/** Whom a round would tell. */
export async function audienceOf(db: Reader, eventId: number, answer: AnswerFilter): Promise<Audience> {
  const wanted = `i.event_id = $1 AND ${answerFilters.all} AND ${answerFilters[answer]}`;
  const [counts] = (await db.query(
    `SELECT count(*) FILTER (WHERE NOT q)::int AS count, count(*) FILTER (WHERE q)::int AS "alreadyQueued",
       count(*) FILTER (WHERE NOT q AND phone IS NULL)::int AS "withoutNumber"
     FROM (SELECT ${hasQueued} AS q, ${phoneOf} AS phone FROM ${tables} WHERE ${wanted}) AS one`,
    [eventId],
  )) as [Omit<Audience, 'first'>];
  const first = (await db.query(
    `SELECT i.id, l.name, r.name AS "regionName", i.token_version AS "tokenVersion", i.hold_until AS "holdUntil",
       ${phoneOf} AS phone
     FROM ${tables} JOIN region r ON r.code = l.region_code
     WHERE ${wanted} AND NOT ${hasQueued} ORDER BY l.name, i.id LIMIT ${shownNames}`,
    [eventId],
  )) as Audience['first'];
  return { ...counts, first };
}

export interface NewRound {
  officeId: number;
  eventId: number;
  userId: number;
  purpose: RoundPurpose;
  answer: AnswerFilter;
  clientId: string;
  changes: string;
  now: Date;
}

/**
 * Writes a round and its messages, one for each institution. Call it with the event's quota locked, as everything
 * does that writes to institutions.
 * @returns the round and how many it tells; undefined when this very round was started before
 */
export async function insertRound(
  db: Reader,
  round: NewRound,
): Promise<{ id: number; count: number } | undefined> {
  const [made] = (await db.query(
    `INSERT INTO message_round (office_id, event_id, purpose, answer, client_id, created_by, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (client_id) DO NOTHING RETURNING id`,
    [round.officeId, round.eventId, round.purpose, round.answer, round.clientId, round.userId, round.now],
  )) as { id: number }[];
  if (!made) return undefined;
  const written = (await db.query(
    `INSERT INTO message (office_id, event_id, invitation_id, purpose, channel, dedupe_key, detail, round_id)
     SELECT $1, $2, i.id, $3, 'whatsapp', 'round:' || $4::int || ':' || i.id, $5, $4 FROM ${tables}
     WHERE i.event_id = $2 AND ${answerFilters.all} AND ${answerFilters[round.answer]} AND NOT ${hasQueued}
     ORDER BY l.name, i.id RETURNING id`,
    [
      round.officeId,
      round.eventId,
      round.purpose,
      made.id,
      JSON.stringify(round.changes ? { changes: round.changes } : {}),
    ],
  )) as unknown[];
  return { id: made.id, count: written.length };
}

export interface RoundRow {
  id: number;
  purpose: RoundPurpose;
  answer: AnswerFilter;
  by: string;
  at: Date;
  sent: number;
  total: number;
}

/** Rounds of an event with how far each has come, the last first. */
export async function roundsOf(db: Reader, eventId: number): Promise<RoundRow[]> {
  return db.query(
    `SELECT x.id, x.purpose, x.answer, u.name AS by, x.created_at AS at,
       count(m.id) FILTER (WHERE m.state = 'sent')::int AS sent,
       count(m.id) FILTER (WHERE m.state IN ('sent', 'queued'))::int AS total
     FROM message_round x JOIN app_user u ON u.id = x.created_by LEFT JOIN message m ON m.round_id = x.id
     WHERE x.event_id = $1 GROUP BY x.id, u.name ORDER BY x.id DESC LIMIT 20`,
    [eventId],
  );
}
