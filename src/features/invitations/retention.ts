import { inTransaction } from '../../database/data-source.js';
import type { DataSource } from 'typeorm';
import type { Clock } from '../../clock.js';
import { recordAudit } from '../audit/audit.service.js';

/** Erased in one round; the rest waits for the next, so that no lock is held for long. */
const perRound = 500;

const overdue = `
  SELECT d.id
  FROM delegate d JOIN event e ON e.id = d.event_id JOIN office o ON o.id = e.office_id
  WHERE (d.needs <> '' AND (e.state = 'cancelled' OR e.ends_at < $1))
     OR ((d.phone IS NOT NULL OR d.email IS NOT NULL)
         AND e.ends_at + make_interval(months => o.retention_months) < $1)
  ORDER BY d.id LIMIT ${perRound} FOR UPDATE OF d SKIP LOCKED`;

/**
 * Erases what is no longer needed (rules.md, personal data): needs when the event has ended, phones and e-mail
 * addresses after the office's retention time. Safe in several processes and after a kill.
 * @returns how many delegates were touched
 */
export function erasePersonalData({ db, clock }: { db: DataSource; clock: Clock }): Promise<number> {
  return inTransaction(db, async (tx) => {
    const now = clock.now();
    const [rows] = (await tx.query(
      `WITH due AS (${overdue})
       UPDATE delegate d SET needs = '',
         phone = CASE WHEN e.ends_at + make_interval(months => o.retention_months) < $1 THEN NULL ELSE d.phone END,
         email = CASE WHEN e.ends_at + make_interval(months => o.retention_months) < $1 THEN NULL ELSE d.email END
       FROM due, event e JOIN office o ON o.id = e.office_id
       WHERE d.id = due.id AND e.id = d.event_id RETURNING e.office_id AS "officeId"`,
      [now],
    )) as [{ officeId: number }[], number];
    const byOffice = Map.groupBy(rows, ({ officeId }) => officeId);
    for (const [officeId, erased] of byOffice)
      await recordAudit(
        tx,
        { officeId, userId: null, way: 'clock' },
        {
          action: 'persons.erased',
          subject: ['office', officeId],
          fields: ['needs', 'phone', 'email'],
          detail: { count: erased.length },
        },
      );
    return rows.length;
  });
}
