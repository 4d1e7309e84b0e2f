import type { Tx } from '../../database/data-source.js';
import type { Dimension } from './event-quota.entity.js';
import { generalKey, otherKey, QuotaStratum } from './quota-stratum.entity.js';

/** How a stratum is wanted to be. */
export interface WantedStratum {
  key: string;
  seats: number;
  limit: number | null;
}

/** A stratum as it is: seats by state, and how many of them are free to go. */
export interface StratumCount {
  id: number;
  key: string;
  seats: number;
  limit: number | null;
  free: number;
  held: number;
  taken: number;
}

export async function readStrata(tx: Tx, eventId: number): Promise<StratumCount[]> {
  return tx.query(
    `SELECT q.id, q.key, q.seats, q.limit_per_institution AS "limit",
       count(s.id) FILTER (WHERE s.state = 'free')::int AS free,
       count(s.id) FILTER (WHERE s.state = 'held')::int AS held,
       count(s.id) FILTER (WHERE s.state = 'taken')::int AS taken
     FROM quota_stratum q LEFT JOIN seat s ON s.stratum_id = q.id
     WHERE q.event_id = $1 GROUP BY q.id ORDER BY q.position, q.id`,
    [eventId],
  );
}

/** Every event has a place for every institution: "umum", or "lainnya" beside the named strata (rules.md 3). */
export function completeStrata(
  dimension: Dimension,
  seats: number,
  wanted: WantedStratum[],
): WantedStratum[] {
  if (dimension === 'none') return [{ key: generalKey, seats, limit: null }];
  return wanted.some(({ key }) => key === otherKey)
    ? wanted
    : [...wanted, { key: otherKey, seats: 0, limit: null }];
}

/** Brings strata and their seat rows to what is wanted. The caller has checked that no busy seat is lost. */
export async function writeStrata(tx: Tx, eventId: number, wanted: WantedStratum[]): Promise<void> {
  const existing = await readStrata(tx, eventId);
  for (const [position, stratum] of wanted.entries()) {
    const { key, seats, limit } = stratum;
    const found = existing.find((row) => row.key === key);
    const values = { seats, limitPerInstitution: limit, position };
    if (found) await tx.update(QuotaStratum, { id: found.id }, values);
    else await tx.insert(QuotaStratum, { eventId, key, ...values });
  }
  await assignInvitations(tx, eventId);
  const gone = existing.filter((row) => !wanted.some(({ key }) => key === row.key)).map((row) => row.id);
  await tx.query('DELETE FROM seat WHERE stratum_id = ANY($1)', [gone]);
  await tx.query('DELETE FROM quota_stratum WHERE id = ANY($1)', [gone]);
  await matchSeatRows(tx, eventId);
}

/** Puts invitations without seats where they belong now; who holds a seat stays where the seat is. */
async function assignInvitations(tx: Tx, eventId: number): Promise<void> {
  await tx.query(
    `UPDATE invitation i SET stratum_id = coalesce(
       (SELECT q.id FROM quota_stratum q WHERE q.event_id = i.event_id AND q.key =
          CASE e.dimension WHEN 'service' THEN i.service_key WHEN 'region' THEN i.region_key ELSE $2 END),
       (SELECT q.id FROM quota_stratum q WHERE q.event_id = i.event_id AND q.key = $3))
     FROM event_quota e
     WHERE e.event_id = $1 AND i.event_id = $1 AND NOT EXISTS (SELECT 1 FROM seat s WHERE s.invitation_id = i.id)`,
    [eventId, generalKey, otherKey],
  );
}

/** As many seat rows as each stratum has seats: free ones with the highest numbers go, lowest unused ones come. */
async function matchSeatRows(tx: Tx, eventId: number): Promise<void> {
  await tx.query(
    `DELETE FROM seat WHERE id IN (
       SELECT id FROM (
         SELECT s.id, q.seats, count(*) OVER (PARTITION BY q.id) AS rows,
           row_number() OVER (PARTITION BY q.id, s.state = 'free' ORDER BY s.number DESC) AS place, s.state
         FROM seat s JOIN quota_stratum q ON q.id = s.stratum_id WHERE q.event_id = $1
       ) r WHERE r.state = 'free' AND r.place <= r.rows - r.seats)`,
    [eventId],
  );
  await tx.query(
    `WITH missing AS (
       SELECT q.id, row_number() OVER (ORDER BY q.position, q.id, n) AS place
       FROM quota_stratum q
       CROSS JOIN LATERAL generate_series(1, q.seats - (SELECT count(*) FROM seat s WHERE s.stratum_id = q.id)) AS n
       WHERE q.event_id = $1
     ), unused AS (
       SELECT n AS number, row_number() OVER (ORDER BY n) AS place
       FROM generate_series(1, (SELECT count(*) FROM missing)
         + coalesce((SELECT max(number) FROM seat WHERE event_id = $1 AND pool = 'quota'), 0)) AS n
       WHERE NOT EXISTS (SELECT 1 FROM seat s WHERE s.event_id = $1 AND s.pool = 'quota' AND s.number = n)
     )
     INSERT INTO seat (event_id, pool, stratum_id, number)
     SELECT $1, 'quota', m.id, u.number FROM missing m JOIN unused u USING (place)`,
    [eventId],
  );
}
