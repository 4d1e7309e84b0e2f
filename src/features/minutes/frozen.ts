import type { Tx } from '../../database/data-source.js';
import type { MinutesState } from './minutes.words.js';

/**
 * Whether the minutes of an event were approved, so that what they name is not written anew elsewhere.
 * @param hold keeps them from being approved before this transaction ends
 */
export async function minutesAreFrozen(
  db: Pick<Tx, 'query'>,
  eventId: number,
  hold = false,
): Promise<boolean> {
  const rows = (await db.query(`SELECT state FROM minutes WHERE event_id = $1 ${hold ? 'FOR SHARE' : ''}`, [
    eventId,
  ])) as { state: MinutesState }[];
  return rows.some(({ state }) => state === 'approved' || state === 'published');
}
