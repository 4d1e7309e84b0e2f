import { inTransaction } from '../../database/data-source.js';
import type { DataSource } from 'typeorm';
import type { Clock } from '../../clock.js';
import { recordAudit } from '../audit/audit.service.js';

/** Erased in one round; the rest waits for the next, so that no lock is held for long. */
const perRound = 500;

const isKeptNoLonger = `e.ends_at + make_interval(months => o.retention_months) < $1`;

const overdue = `
  SELECT d.id, d.state, ${isKeptNoLonger} AS old, CASE WHEN ${isKeptNoLonger} THEN d.sex END AS sex
  FROM delegate d JOIN event e ON e.id = d.event_id JOIN office o ON o.id = e.office_id
  WHERE (d.needs <> '' AND (e.state = 'cancelled' OR e.ends_at < $1))
     OR ((d.phone IS NOT NULL OR d.email IS NOT NULL OR d.sex IS NOT NULL) AND ${isKeptNoLonger})
  ORDER BY d.id LIMIT ${perRound} FOR UPDATE OF d SKIP LOCKED`;

interface Erased {
  officeId: number;
  eventId: number;
  state: string;
  sex: 'L' | 'P' | null;
}

/**
 * Erases what is no longer needed (rules.md, personal data): needs when the event has ended; phones, e-mail
 * addresses and sex after the office's retention time. How many men and women came stays, in the audit entry of
 * the event. Safe in several processes and after a kill.
 * @returns how many delegates were touched
 */
export function erasePersonalData({ db, clock }: { db: DataSource; clock: Clock }): Promise<number> {
  return inTransaction(db, async (tx) => {
    const [rows] = (await tx.query(
      `WITH due AS (${overdue})
       UPDATE delegate d SET needs = '', phone = CASE WHEN due.old THEN NULL ELSE d.phone END,
         email = CASE WHEN due.old THEN NULL ELSE d.email END, sex = CASE WHEN due.old THEN NULL ELSE d.sex END
       FROM due, event e WHERE d.id = due.id AND e.id = d.event_id
       RETURNING e.office_id AS "officeId", e.id AS "eventId", due.state, due.sex`,
      [clock.now()],
    )) as [Erased[], number];
    for (const [eventId, erased] of Map.groupBy(rows, (row) => row.eventId)) {
      const came = (sex: 'L' | 'P') =>
        erased.filter((row) => row.state === 'active' && row.sex === sex).length;
      await recordAudit(
        tx,
        { officeId: erased[0]?.officeId ?? null, userId: null, way: 'clock' },
        {
          action: 'persons.erased',
          subject: ['event', eventId],
          fields: ['needs', 'phone', 'email', 'sex'],
          detail: { count: erased.length, male: came('L'), female: came('P') },
        },
      );
    }
    return rows.length;
  });
}

/**
 * Erases what was said on the phone about invitations once their event is as long ago as the office keeps contacts
 * (rules.md, personal data); who called when, and what came of it, stays. Safe in several processes and after a kill.
 * @returns how many calls were touched
 */
export async function eraseCallNotes({ db, clock }: { db: DataSource; clock: Clock }): Promise<number> {
  const [, count] = (await db.query(
    `WITH due AS (
       SELECT c.id FROM phone_call c JOIN event e ON e.id = c.event_id JOIN office o ON o.id = e.office_id
       WHERE c.text <> '' AND ${isKeptNoLonger} ORDER BY c.id LIMIT ${perRound} FOR UPDATE OF c SKIP LOCKED)
     UPDATE phone_call c SET text = '' FROM due WHERE c.id = due.id RETURNING c.id`,
    [clock.now()],
  )) as [unknown[], number];
  return count;
}
