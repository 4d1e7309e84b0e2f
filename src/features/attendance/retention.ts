import type { DataSource } from 'typeorm';
import type { Clock } from '../../clock.js';
import { inTransaction } from '../../database/data-source.js';
import { recordAudit } from '../audit/audit.service.js';

/** Erased in one round; the rest waits for the next, so that no lock is held for long. */
const perRound = 500;

interface Erased {
  officeId: number;
  eventId: number;
  sex: 'L' | 'P' | null;
}

/**
 * Erases phones and sex of guests after the office's retention time, as those of delegates (rules.md, personal data).
 * How many men and women came stays, in the audit entry of the event. Safe in several processes and after a kill.
 * @returns how many guests were touched
 */
export function eraseGuestData({ db, clock }: { db: DataSource; clock: Clock }): Promise<number> {
  return inTransaction(db, async (tx) => {
    const [rows] = (await tx.query(
      `WITH due AS (
         SELECT g.id, g.sex, e.office_id, e.id AS event_id
         FROM guest g JOIN event e ON e.id = g.event_id JOIN office o ON o.id = e.office_id
         WHERE (g.phone IS NOT NULL OR g.sex IS NOT NULL)
           AND e.ends_at + make_interval(months => o.retention_months) < $1
         ORDER BY g.id LIMIT ${perRound} FOR UPDATE OF g SKIP LOCKED)
       UPDATE guest g SET phone = NULL, sex = NULL FROM due WHERE g.id = due.id
       RETURNING due.office_id AS "officeId", due.event_id AS "eventId", due.sex`,
      [clock.now()],
    )) as [Erased[], number];
    for (const [eventId, erased] of Map.groupBy(rows, (row) => row.eventId)) {
      const count = (sex: 'L' | 'P') => erased.filter((row) => row.sex === sex).length;
      await recordAudit(
        tx,
        { officeId: erased[0]?.officeId ?? null, userId: null, way: 'clock' },
        {
          action: 'persons.erased',
          subject: ['event', eventId],
          fields: ['phone', 'sex'],
          detail: { guests: erased.length, male: count('L'), female: count('P') },
        },
      );
    }
    return rows.length;
  });
}
