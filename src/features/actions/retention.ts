import type { DataSource } from 'typeorm';
import type { Clock } from '../../clock.js';
import { inTransaction } from '../../database/data-source.js';
import { recordAudit } from '../audit/audit.service.js';

/** Erased in one round; the rest waits for the next, so that no lock is held for long. */
const perRound = 500;

/** Counted from when the last promise was closed, or from when the owner was written down who promised nothing. */
const isKeptNoLonger = `
  greatest(o.created_at, (SELECT max(a.closed_at) FROM action_item a WHERE a.owner_id = o.id))
    + make_interval(months => f.retention_months) < $1
  AND NOT EXISTS (SELECT 1 FROM action_item a WHERE a.owner_id = o.id AND a.closed_at IS NULL)`;

const overdue = `
  SELECT o.id FROM action_owner o JOIN office f ON f.id = o.office_id
  WHERE o.phone IS NOT NULL AND ${isKeptNoLonger}
  ORDER BY o.id LIMIT ${perRound} FOR UPDATE OF o SKIP LOCKED`;

/**
 * Erases the phones of those who owe nothing any longer, after the office's retention time
 * (docs/decisions/048-phones-of-owners-end.md); names stay with what was promised. Safe in several processes and
 * after a kill.
 * @returns how many owners were touched
 */
export function eraseOwnerPhones({ db, clock }: { db: DataSource; clock: Clock }): Promise<number> {
  return inTransaction(db, async (tx) => {
    const locked = (await tx.query(overdue, [clock.now()])) as { id: number }[];
    // Judged again now that nobody can promise anything more: a lock that had to be waited for is older news.
    const [rows] = (await tx.query(
      `UPDATE action_owner o SET phone = NULL FROM office f
       WHERE f.id = o.office_id AND o.id = ANY($2) AND ${isKeptNoLonger}
       RETURNING o.id, o.office_id AS "officeId"`,
      [clock.now(), locked.map(({ id }) => id)],
    )) as [{ id: number; officeId: number }[], number];
    for (const { id, officeId } of rows)
      await recordAudit(
        tx,
        { officeId, userId: null, way: 'clock' },
        { action: 'persons.erased', subject: ['action_owner', id], fields: ['phone'], detail: { count: 1 } },
      );
    return rows.length;
  });
}
