import { roomFor } from '../quotas/seats.js';
import { change, type Author, type Book } from './book.js';
import { seatDelegates } from './delegates.js';
import { Invitation } from './invitation.entity.js';
import { answersAreOpen, offerSeats, seatsMayMove } from './offers.js';
import { inviteReserves, moveOneSeat, recordMoves, type SeatMoves } from './waves.js';

async function waitingInOrder({ tx, quota }: Book): Promise<Invitation[]> {
  return (
    tx
      .createQueryBuilder(Invitation, 'i')
      .where('i.eventId = :eventId AND i.waiting > 0', { eventId: quota.eventId })
      // Whoever has an offer on the table answers that first.
      .andWhere(`i.state IN ('waiting', 'accepted') AND i.holdUntil IS NULL`)
      // Hundreds may wait where nothing is free: only those are asked for whom there may be something.
      .andWhere(
        `EXISTS (SELECT 1 FROM seat s
         WHERE s.event_id = i.eventId AND s.stratum_id = i.stratumId AND s.state = 'free')`,
      )
      .orderBy('i.queueNumber')
      .getMany()
  );
}

/**
 * Hands free seats to those who wait, in the order of their queue numbers (rules.md 10). Before answer-by in a
 * first-come event a seat is theirs at once; otherwise it is offered with a time. Who waits for all lets smaller
 * demands pass (rule 8).
 */
async function promoteWaiting(book: Book, author: Author): Promise<void> {
  const atOnce = book.quota.filling === 'first_come' && answersAreOpen(book);
  for (const invitation of await waitingInOrder(book)) {
    const room = await roomFor(book.tx, book.quota, invitation);
    const wanted = invitation.waiting;
    if (room === 0 || (invitation.waitForAll && room < wanted)) continue;
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
