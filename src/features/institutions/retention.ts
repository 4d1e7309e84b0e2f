import type { DataSource } from 'typeorm';
import type { Clock } from '../../clock.js';
import { inTransaction } from '../../database/data-source.js';
import { recordAudit } from '../audit/audit.service.js';

/** Erased in one round; the rest waits for the next, so that no lock is held for long. */
const perRound = 500;

/** An office's retention counts from when the person stepped down, or the LKS was archived: whichever came first. */
const overdue = `
  SELECT p.id FROM representative p
  JOIN institution i ON i.id = p.institution_id JOIN office o ON o.id = i.managing_office_id
  WHERE (p.phone IS NOT NULL OR p.email IS NOT NULL OR p.sex IS NOT NULL)
    AND least(p.ended_at, i.archived_at) + make_interval(months => o.retention_months) < $1
  ORDER BY p.id LIMIT ${perRound} FOR UPDATE OF p SKIP LOCKED`;

/**
 * Erases phones, e-mail addresses and sex of representatives who are no longer needed
 * (docs/decisions/021-what-is-kept-of-representatives.md); names stay. Safe in several processes and after a kill.
 * @returns how many representatives were touched
 */
export function eraseRepresentatives({ db, clock }: { db: DataSource; clock: Clock }): Promise<number> {
  return inTransaction(db, async (tx) => {
    const [rows] = (await tx.query(
      `WITH due AS (${overdue})
       UPDATE representative p SET phone = NULL, email = NULL, sex = NULL, version = p.version + 1
       FROM due, institution i WHERE p.id = due.id AND i.id = p.institution_id
       RETURNING i.id AS "institutionId", i.managing_office_id AS "officeId"`,
      [clock.now()],
    )) as [{ institutionId: number; officeId: number }[], number];
    for (const [institutionId, erased] of Map.groupBy(rows, (row) => row.institutionId))
      await recordAudit(
        tx,
        { officeId: erased[0]?.officeId ?? null, userId: null, way: 'clock' },
        {
          action: 'persons.erased',
          subject: ['institution', institutionId],
          fields: ['phone', 'email', 'sex'],
          detail: { count: erased.length },
        },
      );
    return rows.length;
  });
}
