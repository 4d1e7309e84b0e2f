import { runPrepared, type Tx } from '../../database/data-source.js';
import { NotFound } from '../../errors.js';

/** An event's quota under the lock, with what the rules need to know of the event. */
export interface LockedQuota {
  eventId: number;
  seats: number;
  seatsPerInstitution: number;
  dimension: 'none' | 'service' | 'region';
  capPerRegion: number | null;
  capPerType: number | null;
  offerHours: number;
  firstWaveBy: Date | null;
  wavesPaused: boolean;
  movesAtOnce: boolean;
  deadlineSettled: Date | null;
  version: number;
  officeId: number;
  eventState: 'draft' | 'published' | 'running' | 'finished' | 'cancelled';
  filling: 'first_come' | 'selection';
  answerBy: Date | null;
  namesUntil: Date | null;
  startsAt: Date | null;
  endsAt: Date | null;
}

/**
 * The one lock (rules.md 6): everything that gives, takes, moves, adds or removes seats takes it before it
 * counts anything. The event is read in a second statement: one statement would show it as it was before the
 * wait.
 * @throws NotFound when there is no such event
 */
export async function lockQuota(tx: Tx, eventId: number): Promise<LockedQuota> {
  await tx.query('SELECT 1 FROM event_quota WHERE event_id = $1 FOR UPDATE', [eventId]);
  const [quota] = await runPrepared<LockedQuota>(
    tx,
    'locked_quota',
    `SELECT q.event_id AS "eventId", q.seats, q.seats_per_institution AS "seatsPerInstitution", q.dimension,
       q.cap_per_region AS "capPerRegion", q.cap_per_type AS "capPerType", q.offer_hours AS "offerHours", q.version,
       q.first_wave_by AS "firstWaveBy", q.waves_paused AS "wavesPaused", q.moves_at_once AS "movesAtOnce",
       q.deadline_settled AS "deadlineSettled",
       e.office_id AS "officeId", e.state AS "eventState", e.filling, e.answer_by AS "answerBy",
       e.names_until AS "namesUntil", e.starts_at AS "startsAt", e.ends_at AS "endsAt"
     FROM event_quota q JOIN event e ON e.id = q.event_id WHERE q.event_id = $1`,
    [eventId],
  );
  if (!quota) throw new NotFound();
  return quota;
}

/** The next place in the queue, raised under the lock: a clock read before the lock would misorder (rules.md 9). */
export async function nextQueueNumber(tx: Tx, eventId: number): Promise<number> {
  const [[row]] = (await tx.query(
    `UPDATE event_quota SET next_queue_number = next_queue_number + 1 WHERE event_id = $1
     RETURNING next_queue_number - 1 AS number`,
    [eventId],
  )) as [[{ number: number }], number];
  return row.number;
}
