import type { DataSource } from 'typeorm';
import { isActive } from './active.js';
import { turnOf, type Turn } from './turn.js';

type Reader = Pick<DataSource, 'query'>;

/** A stratum with its seats, and who is in line for them. */
export interface StratumLine {
  id: number;
  key: string;
  seats: number;
  taken: number;
  held: number;
  free: number;
  waiting: InLine[];
  offered: InLine[];
  reserves: InLine[];
  /** Chosen and not yet invited: so many institutions, and the seats that are meant for them. */
  chosen: number;
  meant: number;
  /** Reserves behind those that are shown. */
  furtherReserves: number;
}

export interface InLine {
  id: number;
  name: string;
  regionName: string;
  /** 1 is next. */
  place: number;
  /** Seats waited for, offered, or meant for a reserve. */
  seats: number;
  waitForAll: boolean;
  /** Of who waits. */
  turn: Turn | null;
  holdUntil: Date | null;
}

const freeSeats = `(SELECT count(*) FROM seat s WHERE s.stratum_id = i.stratum_id AND s.state = 'free')`;

/** So many reserves of a stratum are shown: those after them are far from their turn. */
const reservesShown = 5;

type Row = InLine & { stratumId: number; line: 'waiting' | 'offered' | 'reserve' };

/** Everybody in line for a seat of an event, and the seats, by stratum in its order. */
export async function linesOf(db: Reader, eventId: number): Promise<StratumLine[]> {
  const strata = (await db.query(
    `SELECT q.id, q.key, q.seats, count(s.id) FILTER (WHERE s.state = 'taken')::int AS taken,
       count(s.id) FILTER (WHERE s.state = 'held')::int AS held, count(s.id) FILTER (WHERE s.state = 'free')::int AS free,
       (SELECT count(*)::int FROM invitation d WHERE d.stratum_id = q.id AND d.state = 'draft' AND ${isActive('d')}) AS chosen,
       (SELECT coalesce(sum(greatest(1, d.demand)), 0)::int FROM invitation d
        WHERE d.stratum_id = q.id AND d.state = 'draft' AND ${isActive('d')}) AS meant
     FROM quota_stratum q LEFT JOIN seat s ON s.stratum_id = q.id
     WHERE q.event_id = $1 GROUP BY q.id ORDER BY q.position, q.id`,
    [eventId],
  )) as Omit<StratumLine, 'waiting' | 'offered' | 'reserves' | 'furtherReserves'>[];
  const rows = (await db.query(
    `WITH line AS (
       SELECT i.*, CASE WHEN i.hold_until IS NOT NULL AND i.state IN ('offered', 'accepted') THEN 'offered'
         WHEN i.waiting > 0 THEN 'waiting' ELSE 'reserve' END AS line
       FROM invitation i WHERE i.event_id = $1 AND (i.waiting > 0 OR i.state IN ('reserve', 'offered')
         OR (i.state = 'accepted' AND i.hold_until IS NOT NULL))
     ), placed AS (
       SELECT line.*, (row_number() OVER w)::int AS place, (sum(waiting) OVER (w ROWS UNBOUNDED PRECEDING) - waiting)::int AS ahead,
         coalesce(sum(waiting) FILTER (WHERE waiting = 1 OR NOT wait_for_all)
           OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::int AS less_ahead
       FROM line WINDOW w AS (PARTITION BY stratum_id, line
         ORDER BY CASE line WHEN 'offered' THEN NULL ELSE queue_number END, reserve_rank NULLS LAST, id)
     )
     SELECT i.id, i.stratum_id AS "stratumId", i.line, l.name, r.name AS "regionName", i.place,
       i.wait_for_all AS "waitForAll", i.hold_until AS "holdUntil",
       CASE i.line WHEN 'waiting' THEN i.waiting WHEN 'reserve' THEN i.demand
         ELSE (SELECT count(*) FROM seat s WHERE s.invitation_id = i.id AND s.delegate_id IS NULL) END::int AS seats,
       CASE i.line WHEN 'waiting' THEN ${turnOf({ all: 'i.ahead', takingLess: 'i.less_ahead' }, freeSeats)} END AS turn
     FROM placed i JOIN institution l ON l.id = i.institution_id JOIN region r ON r.code = i.region_key
     JOIN event_quota q ON q.event_id = i.event_id
     WHERE i.line <> 'reserve' OR i.place <= ${reservesShown} ORDER BY i.stratum_id, i.line, i.place`,
    [eventId],
  )) as Row[];
  const reserves = (await db.query(
    `SELECT stratum_id AS id, count(*)::int AS count FROM invitation WHERE event_id = $1 AND state = 'reserve' GROUP BY 1`,
    [eventId],
  )) as { id: number; count: number }[];
  return strata.map((stratum) => {
    const inLine = (line: Row['line']) =>
      rows.filter((row) => row.stratumId === stratum.id && row.line === line);
    const all = reserves.find(({ id }) => id === stratum.id)?.count ?? 0;
    return {
      ...stratum,
      waiting: inLine('waiting'),
      offered: inLine('offered'),
      reserves: inLine('reserve'),
      furtherReserves: Math.max(0, all - reservesShown),
    };
  });
}

export interface SeatMove {
  from: string;
  to: string;
  seats: number;
  way: 'link' | 'office' | 'clock';
  userName: string | null;
  at: Date;
}

/** Seats that went from one stratum to another, the last first. */
export async function seatMovesOf(db: Reader, eventId: number): Promise<SeatMove[]> {
  return db.query(
    `SELECT m.from_key AS "from", m.to_key AS "to", m.seats, m.way, u.name AS "userName", m.at
     FROM seat_move m LEFT JOIN app_user u ON u.id = m.user_id WHERE m.event_id = $1 ORDER BY m.id DESC LIMIT 50`,
    [eventId],
  );
}
