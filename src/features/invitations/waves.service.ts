import { Conflict } from '../../errors.js';
import { recordAudit } from '../audit/audit.service.js';
import type { Book } from './book.js';
import { seatsMayMove } from './offers.js';
import { promote } from './promotion.js';
import { settle } from './settle.js';

export interface WaveSettings {
  /** Reserves are invited, and seats moved, by hand only. */
  paused: boolean;
  /** Seats of strata with nobody left go on at once, not only after answer-by. */
  movesAtOnce: boolean;
}

/** Pauses the waves or lets them go on; what has waited meanwhile happens now. */
export async function setWaves(book: Book, { paused, movesAtOnce }: WaveSettings): Promise<void> {
  const { tx, quota } = book;
  await settle(book);
  await tx.query('UPDATE event_quota SET waves_paused = $2, moves_at_once = $3 WHERE event_id = $1', [
    quota.eventId,
    paused,
    movesAtOnce,
  ]);
  await recordAudit(
    tx,
    { officeId: quota.officeId, ...book.author },
    {
      action: 'quota.waves',
      subject: ['event', quota.eventId],
      fields: [
        ...(paused === quota.wavesPaused ? [] : ['wavesPaused']),
        ...(movesAtOnce === quota.movesAtOnce ? [] : ['movesAtOnce']),
      ],
      detail: { paused, movesAtOnce },
    },
  );
  Object.assign(quota, { wavesPaused: paused, movesAtOnce });
  await promote(book);
}

/**
 * Does now whatever would happen by itself: seats go to those who wait, to reserves, and on to other strata, also
 * while it is paused, and after answer-by.
 * @returns how many seats are free still
 * @throws Conflict when the event is not published, or has begun
 */
export async function fillSeatsNow(book: Book): Promise<number> {
  await settle(book);
  if (!seatsMayMove(book)) throw new Conflict('invitation.event_not_open');
  await promote(book, book.author, true);
  const [{ free }] = (await book.tx.query(
    `SELECT count(*)::int AS free FROM seat WHERE event_id = $1 AND pool = 'quota' AND state = 'free'`,
    [book.quota.eventId],
  )) as [{ free: number }];
  return free;
}
