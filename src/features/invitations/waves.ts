import { recordAudit } from '../audit/audit.service.js';
import { nextSeatTo } from '../quotas/apportionment.js';
import { isActive } from './active.js';
import { moveFreeSeat, roomFor, usedBy } from '../quotas/seats.js';
import type { Author, Book } from './book.js';
import { Invitation } from './invitation.entity.js';
import { answersAreOpen, offerSeats } from './offers.js';

/** Whether reserves are invited now: by hand always, by themselves until answer-by and while nobody has paused it. */
const reservesAreInvited = (book: Book, byHand: boolean): boolean =>
  book.quota.filling === 'selection' && (byHand || (!book.quota.wavesPaused && answersAreOpen(book)));

/** Rule 11: after answer-by, or earlier when the office has said so. */
const seatsGoOn = ({ quota, now }: Book, byHand: boolean): boolean =>
  byHand || (!quota.wavesPaused && (quota.movesAtOnce || (quota.answerBy !== null && now > quota.answerBy)));

/** SQL: free seats of stratum `t` that nobody is meant to have: who was chosen and not yet told holds none so far. */
const spareSeats = `greatest(0, (SELECT count(*) FROM seat s WHERE s.stratum_id = t.id AND s.state = 'free')
  - (SELECT coalesce(sum(greatest(1, d.demand)), 0) FROM invitation d
     WHERE d.stratum_id = t.id AND d.state = 'draft' AND ${isActive('d')}))::int`;

/** Reserves in the order of their selection, in the strata where something is spare. */
async function reservesInOrder({ tx, quota }: Book, strata: readonly number[]): Promise<Invitation[]> {
  return tx
    .createQueryBuilder(Invitation, 'i')
    .where(`i.eventId = :eventId AND i.state = 'reserve' AND i.stratumId = ANY (:strata)`, {
      eventId: quota.eventId,
      strata,
    })
    .andWhere(isActive('i'))
    .orderBy('i.stratumId')
    .addOrderBy('i.reserveRank', 'ASC', 'NULLS LAST')
    .addOrderBy('i.id')
    .getMany();
}

/** How many seats of each stratum can be given on, where there are any. */
async function spareByStratum({ tx, quota }: Book): Promise<Map<number, number>> {
  const rows = (await tx.query(
    `SELECT t.id, ${spareSeats} AS spare FROM quota_stratum t WHERE t.event_id = $1`,
    [quota.eventId],
  )) as { id: number; spare: number }[];
  return new Map(rows.filter(({ spare }) => spare > 0).map(({ id, spare }) => [id, spare]));
}

/**
 * The second wave: seats that nobody waits for are offered to the next reserve of the same stratum, with the shorter
 * time of an offer. Who could only have fewer seats than meant is offered those.
 * @returns how many were invited
 */
export async function inviteReserves(book: Book, author: Author, byHand = false): Promise<number> {
  if (!reservesAreInvited(book, byHand)) return 0;
  const spare = await spareByStratum(book);
  if (spare.size === 0) return 0;
  let invited = 0;
  for (const invitation of await reservesInOrder(book, [...spare.keys()])) {
    const left = spare.get(invitation.stratumId) ?? 0;
    // A cap may keep out this one alone; those behind it are looked at too.
    const room = left > 0 ? Math.min(left, await roomFor(book.tx, book.quota, invitation)) : 0;
    if (room === 0) continue;
    const seats = Math.min(room, Math.max(1, invitation.demand));
    await offerSeats(book, invitation, seats, { demand: seats }, author);
    spare.set(invitation.stratumId, left - seats);
    invited += 1;
  }
  return invited;
}

interface StratumQueue {
  id: number;
  key: string;
  /** Institutions on the list. */
  size: number;
  seats: number;
  /** Seats that are free and meant for nobody. */
  free: number;
  /** Anybody who waits or is a reserve, whether a cap keeps them out now or not. */
  hasLine: boolean;
  /** Seats that must be free there before anybody takes one; null where nobody may. */
  needed: number | null;
}

/** Who would take a seat if one were free in their stratum: caps are looked at, the seats of the stratum are not. */
const taker = `(
    (i.waiting > 0 AND i.state IN ('waiting', 'accepted') AND i.hold_until IS NULL) OR ($2 AND i.state = 'reserve' AND ${isActive('i')}))
  AND ($3::int IS NULL OR ${usedBy('region_key')} < $3) AND ($4::int IS NULL OR ${usedBy('service_key')} < $4)`;

async function queuesOf({ tx, quota }: Book, withReserves: boolean): Promise<StratumQueue[]> {
  return tx.query(
    `SELECT t.id, t.key, t.seats, f.free, l.size, l.line > 0 AS "hasLine", l.needed
     FROM quota_stratum t
     CROSS JOIN LATERAL (SELECT ${spareSeats} AS free) f
     CROSS JOIN LATERAL (
       SELECT (count(*) FILTER (WHERE i.state <> 'revoked'))::int AS size,
         count(*) FILTER (WHERE i.waiting > 0 OR (i.state = 'reserve' AND ${isActive('i')})) AS line,
         (min(CASE WHEN i.wait_for_all AND i.waiting > 0 THEN i.waiting ELSE 1 END) FILTER (WHERE ${taker}))::int
           AS needed
       FROM invitation i WHERE i.event_id = $1 AND i.stratum_id = t.id) l
     WHERE t.event_id = $1 ORDER BY t.position, t.id`,
    [quota.eventId, withReserves, quota.capPerRegion, quota.capPerType],
  );
}

/** Seats that went from one stratum to another in one act. */
export type SeatMoves = Map<string, { from: string; to: string; seats: number }>;

/**
 * Moves one free seat of a stratum with nobody left to the stratum that the apportionment would give the next seat
 * (rules.md 11). @returns whether one was moved
 */
export async function moveOneSeat(book: Book, moves: SeatMoves, byHand = false): Promise<boolean> {
  if (!seatsGoOn(book, byHand)) return false;
  const queues = await queuesOf(book, reservesAreInvited(book, byHand));
  const givers = queues.filter(({ free, hasLine }) => free > 0 && !hasLine);
  const spare = givers.reduce((sum, { free }) => sum + free, 0);
  // Who waits for several at once is helped only where all of them are there to be moved.
  const takers = queues.filter(
    ({ needed, free }) => needed !== null && needed > free && needed - free <= spare,
  );
  const [from] = givers;
  if (!from || takers.length === 0) return false;
  const perInstitution = book.quota.seatsPerInstitution;
  const key = nextSeatTo(
    takers.map((one) => ({ key: one.key, size: one.size * perInstitution, seats: one.seats })),
  );
  const to = takers.find((one) => one.key === key);
  if (!to) return false;
  await moveFreeSeat(book.tx, book.quota, from.id, to.id);
  const name = `${from.key} ${to.key}`;
  const seats = (moves.get(name)?.seats ?? 0) + 1;
  moves.set(name, { from: from.key, to: to.key, seats });
  return true;
}

/** Keeps which seats moved in an act, where everybody who may read the event can see it. */
export async function recordMoves({ tx, quota, now }: Book, moves: SeatMoves, author: Author): Promise<void> {
  for (const { from, to, seats } of moves.values()) {
    await tx.query(
      `INSERT INTO seat_move (event_id, from_key, to_key, seats, way, user_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [quota.eventId, from, to, seats, author.way, author.userId, now],
    );
    await recordAudit(
      tx,
      { officeId: quota.officeId, ...author },
      { action: 'quota.seats_moved', subject: ['event', quota.eventId], detail: { from, to, seats } },
    );
  }
}
