import type { Tx } from '../../database/data-source.js';
import type { LockedQuota } from './quota-lock.js';

/** What of an invitation decides where it may sit. */
export interface SeatHolder {
  id: number;
  stratumId: number;
  regionKey: string;
  serviceKey: string;
}

/** Every function here must be called with the quota locked; `LockedQuota` is the proof. */
type Locked = LockedQuota;

function mustMatch(changed: number, expected: number): void {
  // Cannot happen under the lock; without it, this keeps a seat from being given twice.
  if (changed !== expected) throw new Error(`seats changed meanwhile: ${changed} of ${expected}`);
}

/** Seats that this institution could get now: free in its stratum, and within the caps (rules.md 3). */
export async function roomFor(tx: Tx, quota: Locked, holder: SeatHolder): Promise<number> {
  const usedBy = (column: string, place: string) => `
    (SELECT count(*)::int FROM seat s JOIN invitation i ON i.id = s.invitation_id
     WHERE s.event_id = $1 AND s.pool = 'quota' AND i.${column} = ${place})`;
  const [row] = (await tx.query(
    `SELECT
       (SELECT count(*)::int FROM seat
        WHERE event_id = $1 AND stratum_id = $2 AND state = 'free') AS free,
       CASE WHEN $3::int IS NULL THEN NULL ELSE $3 - ${usedBy('region_key', '$4')} END AS region,
       CASE WHEN $5::int IS NULL THEN NULL ELSE $5 - ${usedBy('service_key', '$6')} END AS type`,
    [
      quota.eventId,
      holder.stratumId,
      quota.capPerRegion,
      holder.regionKey,
      quota.capPerType,
      holder.serviceKey,
    ],
  )) as [{ free: number; region: number | null; type: number | null }];
  return Math.max(0, Math.min(row.free, row.region ?? row.free, row.type ?? row.free));
}

const freeSeats = `
  SELECT id, row_number() OVER (ORDER BY number) AS place
  FROM seat WHERE event_id = $1 AND stratum_id = $2 AND state = 'free' ORDER BY number LIMIT $3`;

/** Seats delegates on the lowest free numbers of the stratum, one each. */
export async function takeSeats(
  tx: Tx,
  quota: Locked,
  holder: SeatHolder,
  delegateIds: number[],
): Promise<void> {
  const [, changed] = (await tx.query(
    `UPDATE seat s SET state = 'taken', invitation_id = $4, delegate_id = d.id
     FROM (${freeSeats}) f JOIN unnest($5::int[]) WITH ORDINALITY AS d (id, place) USING (place)
     WHERE s.id = f.id AND s.state = 'free'`,
    [quota.eventId, holder.stratumId, delegateIds.length, holder.id, delegateIds],
  )) as [unknown, number];
  mustMatch(changed, delegateIds.length);
}

/** Holds seats for an offer until a time; nobody is named for them yet. */
export async function holdSeats(
  tx: Tx,
  quota: Locked,
  holder: SeatHolder,
  count: number,
  until: Date,
): Promise<void> {
  const [, changed] = (await tx.query(
    `UPDATE seat s SET state = 'held', invitation_id = $4, held_until = $5
     FROM (${freeSeats}) f WHERE s.id = f.id AND s.state = 'free'`,
    [quota.eventId, holder.stratumId, count, holder.id, until],
  )) as [unknown, number];
  mustMatch(changed, count);
}

/** Turns held seats of an offer into taken ones, one for each delegate. */
export async function takeHeldSeats(tx: Tx, holder: SeatHolder, delegateIds: number[]): Promise<void> {
  const [, changed] = (await tx.query(
    `UPDATE seat s SET state = 'taken', held_until = NULL, delegate_id = d.id
     FROM (SELECT id, row_number() OVER (ORDER BY number) AS place FROM seat
           WHERE invitation_id = $1 AND state = 'held' AND delegate_id IS NULL) h
     JOIN unnest($2::int[]) WITH ORDINALITY AS d (id, place) USING (place)
     WHERE s.id = h.id`,
    [holder.id, delegateIds],
  )) as [unknown, number];
  mustMatch(changed, delegateIds.length);
}

/** Keeps the seats of an accepted invitation for its delegates until it has confirmed again (rules.md 16). */
export async function holdTakenSeats(tx: Tx, holder: SeatHolder, until: Date): Promise<void> {
  await tx.query(
    `UPDATE seat SET state = 'held', held_until = $2 WHERE invitation_id = $1 AND delegate_id IS NOT NULL`,
    [holder.id, until],
  );
}

/** The answer to that: the same delegates on the same seats. */
export async function confirmHeldSeats(tx: Tx, holder: SeatHolder): Promise<void> {
  await tx.query(
    `UPDATE seat SET state = 'taken', held_until = NULL WHERE invitation_id = $1 AND delegate_id IS NOT NULL`,
    [holder.id],
  );
}

/** One more seat above the quota, for one delegate, with the reason why (rules.md 5). */
export async function addSeat(
  tx: Tx,
  quota: Locked,
  holder: SeatHolder,
  delegateId: number,
  reason: string,
): Promise<void> {
  await tx.query(
    `INSERT INTO seat (event_id, pool, number, state, invitation_id, delegate_id, reason)
     SELECT $1, 'additional', 1 + coalesce(max(number), 0), 'taken', $2, $3, $4
     FROM seat WHERE event_id = $1 AND pool = 'additional'`,
    [quota.eventId, holder.id, delegateId, reason],
  );
}

const freed = `state = 'free', invitation_id = NULL, delegate_id = NULL, held_until = NULL`;

/** Frees the seats that are held for an offer and not yet anybody's. */
export async function releaseOffered(tx: Tx, holder: SeatHolder): Promise<void> {
  await tx.query(
    `UPDATE seat SET ${freed} WHERE invitation_id = $1 AND state = 'held' AND delegate_id IS NULL`,
    [holder.id],
  );
}

/** Frees every seat of an invitation. An additional seat was made for it and goes with it (rules.md 5). */
export async function releaseAll(tx: Tx, holder: SeatHolder): Promise<void> {
  await tx.query(`DELETE FROM seat WHERE invitation_id = $1 AND pool = 'additional'`, [holder.id]);
  await tx.query(`UPDATE seat SET ${freed} WHERE invitation_id = $1`, [holder.id]);
}

/** Frees the seats of single delegates. */
export async function releaseDelegates(tx: Tx, delegateIds: number[]): Promise<void> {
  await tx.query(`DELETE FROM seat WHERE delegate_id = ANY($1) AND pool = 'additional'`, [delegateIds]);
  await tx.query(`UPDATE seat SET ${freed} WHERE delegate_id = ANY($1)`, [delegateIds]);
}

/** Gives a seat to the person who comes instead; the seat stays the same. */
export async function passSeatOn(tx: Tx, fromDelegateId: number, toDelegateId: number): Promise<void> {
  await tx.query('UPDATE seat SET delegate_id = $2 WHERE delegate_id = $1', [fromDelegateId, toDelegateId]);
}

/** Seats of an invitation: taken (or kept for a confirmation), and held for an offer. */
export async function seatCounts(
  tx: Tx,
  holder: { id: number },
): Promise<{ named: number; offered: number }> {
  const [row] = (await tx.query(
    `SELECT count(*) FILTER (WHERE delegate_id IS NOT NULL)::int AS named,
       count(*) FILTER (WHERE state = 'held' AND delegate_id IS NULL)::int AS offered
     FROM seat WHERE invitation_id = $1`,
    [holder.id],
  )) as [{ named: number; offered: number }];
  return row;
}
