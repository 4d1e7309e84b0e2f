import type { DataSource } from 'typeorm';
import type { Clock } from '../../clock.js';

/** Erased in one round; the rest waits for the next, so that no lock is held for long. */
const perRound = 1000;

/** How long the address of somebody with an account is kept with what was mailed to them, in months. */
const userMonths = 24;

/**
 * Erases where messages went, with the contacts they were taken from (rules.md, personal data): the office's
 * retention time after the message or, when it came first, after the event. Nobody's record changes by it, so that it
 * writes no audit entry. Safe in several processes and after a kill.
 * @returns how many messages were touched
 */
export async function eraseMessageAddresses({
  db,
  clock,
}: {
  db: DataSource;
  clock: Clock;
}): Promise<number> {
  const [, count] = (await db.query(
    `WITH due AS (
       SELECT m.id FROM message m LEFT JOIN event e ON e.id = m.event_id LEFT JOIN office o ON o.id = m.office_id
       WHERE m.address IS NOT NULL
         AND least(coalesce(m.sent_at, m.created_at), e.ends_at)
           + make_interval(months => CASE WHEN m.user_id IS NULL THEN o.retention_months ELSE ${userMonths} END) < $1
       ORDER BY m.id LIMIT ${perRound} FOR UPDATE OF m SKIP LOCKED)
     UPDATE message m SET address = NULL FROM due WHERE m.id = due.id RETURNING m.id`,
    [clock.now()],
  )) as [unknown[], number];
  return count;
}
