import { columnsOf, runPrepared } from '../../database/data-source.js';
import { roomOf } from '../quotas/seats.js';
import { change, type Author, type Book } from './book.js';
import { seatDelegates } from './delegates.js';
import { Invitation } from './invitation.entity.js';
import { answersAreOpen, offerSeats, seatsMayMove } from './offers.js';
import { inviteReserves, moveOneSeat, recordMoves, type SeatMoves } from './waves.js';

/** Who waits, by queue number, and has room for what it waits for, or for a part of it where that will do. */
const nextStatement = (columns: string, room: string) => `
  SELECT ${columns}, fit.room
  FROM invitation i JOIN event_quota q ON q.event_id = i.event_id
  CROSS JOIN LATERAL (SELECT ${room} AS room) fit
  WHERE i.event_id = $1 AND i.queue_number > $2 AND i.waiting > 0
    -- Whoever has an offer on the table answers that first.
    AND i.state IN ('waiting', 'accepted') AND i.hold_until IS NULL
    -- Hundreds may wait where nothing is free.
    AND i.stratum_id = ANY (ARRAY(
      SELECT DISTINCT stratum_id FROM seat WHERE event_id = $1 AND pool = 'quota' AND state = 'free'))
    AND fit.room >= CASE WHEN i.wait_for_all THEN i.waiting ELSE 1 END
  ORDER BY i.queue_number LIMIT 1`;

async function nextInLine({ tx, quota }: Book, after: number) {
  const { room, name } = roomOf(quota, 'i.waiting');
  const text = nextStatement(columnsOf(tx, Invitation, 'i'), room);
  const [next] = await runPrepared<Invitation & { room: number }>(tx, `next_${name}`, text, [
    quota.eventId,
    after,
  ]);
  return next;
}

/**
 * Hands free seats to those who wait, in the order of their queue numbers (rules.md 10). Before answer-by in a
 * first-come event a seat is theirs at once; otherwise it is offered with a time. Who waits for all lets smaller
 * demands pass (rule 8).
 */
async function promoteWaiting(book: Book, author: Author): Promise<void> {
  const atOnce = book.quota.filling === 'first_come' && answersAreOpen(book);
  let last = 0;
  for (let next = await nextInLine(book, last); next; next = await nextInLine(book, last)) {
    const { room, ...columns } = next;
    const invitation = Object.assign(new Invitation(), columns);
    last = Number(invitation.queueNumber);
    const wanted = invitation.waiting;
    const count = Math.min(room, wanted);
    const rest = { waiting: wanted - count, ...(count === wanted && { queueNumber: null }) };
    if (atOnce) {
      await seatDelegates(book, invitation, count);
      await change(book, invitation, 'promote', rest, author);
    } else {
      await offerSeats(book, invitation, count, rest, author);
    }
  }
}

/**
 * Passes free seats on: first to those who answered and wait, then to the reserves of a selection, then from strata
 * with nobody left to the others (rules.md 10 and 11). Call it after everything that may have freed a seat.
 * @param byHand a person asks for it: whatever is paused or not yet due is done now
 */
export async function promote(book: Book, author: Author = book.author, byHand = false): Promise<void> {
  if (!seatsMayMove(book)) return;
  const moves: SeatMoves = new Map();
  do {
    await promoteWaiting(book, author);
    await inviteReserves(book, author, byHand);
  } while (await moveOneSeat(book, moves, byHand));
  await recordMoves(book, moves, author);
}
