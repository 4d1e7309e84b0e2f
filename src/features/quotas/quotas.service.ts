import type { Tx } from '../../database/data-source.js';

/** Gives a new event its quota row: the lock that everything with seats takes first (rules.md 6). */
export async function createQuota(tx: Tx, eventId: number): Promise<void> {
  await tx.query(`INSERT INTO event_quota (event_id, seats) VALUES ($1, 0)`, [eventId]);
}

/** Copies seats, strata, caps and reserved seats to a new event, all free. */
export async function cloneQuota(_tx: Tx, _fromEventId: number, _toEventId: number): Promise<void> {
  throw new Error('not built yet');
}
