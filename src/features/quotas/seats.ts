import { runPrepared, type Tx } from '../../database/data-source.js';
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

/** @throws Error when seats are not as they were counted */
export function mustMatch(changed: number, expected: number): void {
  // Cannot happen under the lock; without it, this keeps a seat from being given twice.
  if (changed !== expected) throw new Error(`seats changed meanwhile: ${changed} of ${expected}`);
}

/** SQL: how many seats of the quota are used by institutions that share that column with invitation `i`. */
export const usedBy = (column: string) => `(
  SELECT count(*) FROM seat s JOIN invitation x ON x.id = s.invitation_id
  WHERE s.event_id = i.event_id AND s.pool = 'quota' AND x.${column} = i.${column})`;

/**
 * Seats that the institution of invitation `i` could get now: free in its stratum, and within the caps of its quota
 * `q` (rules.md 3). An expression for statements that read it together with other things.
 * @param enough where counting may stop: more than that is never asked for
 * @returns also a name for statements with it, which differ by the caps that there are
 */
export function roomOf({ capPerRegion, capPerType }: Locked, enough = 'NULL') {
  const bounds = [
    `(SELECT count(*) FROM (SELECT 1 FROM seat f WHERE f.event_id = i.event_id AND f.stratum_id = i.stratum_id
      AND f.state = 'free' LIMIT ${enough}) counted)`,
    ...(capPerRegion === null ? [] : [`q.cap_per_region - ${usedBy('region_key')}`]),
    ...(capPerType === null ? [] : [`q.cap_per_type - ${usedBy('service_key')}`]),
  ];
  const caps = [capPerRegion !== null && 'region', capPerType !== null && 'type'].filter(Boolean);
  return { room: `greatest(0, least(${bounds.join(', ')}))::int`, name: ['room', ...caps].join('_') };
}

/** The same for one invitation alone. */
export async function roomFor(tx: Tx, quota: Locked, holder: SeatHolder): Promise<number> {
  const { room, name } = roomOf(quota);
  const text = `
    SELECT ${room} AS room FROM invitation i JOIN event_quota q ON q.event_id = i.event_id
    WHERE i.id = $1 AND i.event_id = $2`;
  const [row] = await runPrepared<{ room: number }>(tx, name, text, [holder.id, quota.eventId]);
  return row?.room ?? 0;
}

const freeSeats = (stratum = '$2', count = '$3') => `
  SELECT id, row_number() OVER (ORDER BY number) AS place
  FROM seat WHERE event_id = $1 AND stratum_id = ${stratum} AND state = 'free' ORDER BY number LIMIT ${count}`;

/** Where delegates are seated: on the lowest free numbers of the stratum, or on what is held for the invitation. */
export type PlaceToSit = 'free' | 'held';

const heldSeats = (count: number) => `
  SELECT id, row_number() OVER (ORDER BY number) AS place
  FROM seat WHERE invitation_id = $2 AND state = 'held' AND delegate_id IS NULL ORDER BY number LIMIT ${count}`;

/**
 * Seats new delegates in the statement that makes them, one each.
 * @param made the INSERT that makes so many delegates and returns their ids
 * @param along what else is written of those in `made`
 * @returns a statement that gives a row for each seat that was taken; its values are event, invitation, institution,
 *   the time and, for free seats, the stratum
 */
export const seatMade = (made: string, along: string, on: PlaceToSit, count: number): string => `
  WITH made AS (${made}),
  along AS (${along}),
  person AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM made),
  spot AS (${on === 'free' ? freeSeats('$5', String(count)) : heldSeats(count)})
  UPDATE seat s SET state = 'taken', invitation_id = $2, delegate_id = person.id, held_until = NULL
  FROM spot JOIN person USING (place) WHERE s.id = spot.id AND s.state = '${on}' RETURNING s.id`;

/** Seats delegates on the lowest free numbers of the stratum, one each. */
export async function takeSeats(
  tx: Tx,
  quota: Locked,
  holder: SeatHolder,
  delegateIds: number[],
): Promise<void> {
  const [, changed] = (await tx.query(
    `UPDATE seat s SET state = 'taken', invitation_id = $4, delegate_id = d.id
     FROM (${freeSeats()}) f JOIN unnest($5::int[]) WITH ORDINALITY AS d (id, place) USING (place)
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
     FROM (${freeSeats()}) f WHERE s.id = f.id AND s.state = 'free'`,
    [quota.eventId, holder.stratumId, count, holder.id, until],
  )) as [unknown, number];
  mustMatch(changed, count);
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
  await runPrepared(
    tx,
    'release_all',
    `WITH gone AS (DELETE FROM seat WHERE invitation_id = $1 AND pool = 'additional')
     UPDATE seat SET ${freed} WHERE invitation_id = $1 AND pool <> 'additional'`,
    [holder.id],
  );
}

/** Frees the seats of single delegates. */
export async function releaseDelegates(tx: Tx, delegateIds: number[]): Promise<void> {
  await tx.query(
    `WITH gone AS (DELETE FROM seat WHERE delegate_id = ANY($1) AND pool = 'additional')
     UPDATE seat SET ${freed} WHERE delegate_id = ANY($1) AND pool <> 'additional'`,
    [delegateIds],
  );
}

/** Gives a seat to the person who comes instead; the seat stays the same. */
export async function passSeatOn(tx: Tx, fromDelegateId: number, toDelegateId: number): Promise<void> {
  await tx.query('UPDATE seat SET delegate_id = $2 WHERE delegate_id = $1', [fromDelegateId, toDelegateId]);
}

/** Moves a free seat from one stratum to another: the highest number, since the lowest are given first. */
export async function moveFreeSeat(tx: Tx, quota: Locked, fromId: number, toId: number): Promise<void> {
  const [, moved] = (await tx.query(
    `UPDATE seat SET stratum_id = $3 WHERE id = (SELECT id FROM seat
       WHERE event_id = $1 AND stratum_id = $2 AND state = 'free' ORDER BY number DESC LIMIT 1)`,
    [quota.eventId, fromId, toId],
  )) as [unknown, number];
  mustMatch(moved, 1);
  await tx.query(
    `UPDATE quota_stratum SET seats = seats + CASE id WHEN $2 THEN -1 ELSE 1 END WHERE event_id = $1 AND id IN ($2, $3)`,
    [quota.eventId, fromId, toId],
  );
}
