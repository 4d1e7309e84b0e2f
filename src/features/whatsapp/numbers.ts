import type { DataSource } from 'typeorm';
import type { Clock } from '../../clock.js';
import { inTransaction, type Tx } from '../../database/data-source.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { fingerprintOf } from '../messages/contacts.js';

type Reader = Pick<DataSource, 'query'>;

/** A number of an institution, whose it is, and whether the office found it wrong. */
export interface KnownNumber {
  /** E.164 */
  phone: string;
  nameBefore: string;
  /** Empty for the institution's own. */
  name: string;
  nameAfter: string;
  position: string;
  wrongSince: Date | null;
  markedBy: string | null;
}

/** Who is to be reached: an institution, or one of its delegates first. */
export interface Reached {
  institutionId: number;
  delegateId?: number | null;
}

/** Every number of an institution in the order in which it is tried, as an office sees them. */
export async function knownNumbers(
  db: Reader,
  officeId: number,
  { institutionId, delegateId = null }: Reached,
): Promise<KnownNumber[]> {
  return db.query(
    `SELECT n.phone, n.name_before AS "nameBefore", n.name, n.name_after AS "nameAfter", n.position,
       w.marked_at AS "wrongSince", u.name AS "markedBy"
     FROM (
       SELECT d.phone, d.name_before, d.name, d.name_after, d.position, -1 AS own, false AS behind, 0 AS sort, 0 AS id
       FROM delegate d WHERE d.id = $3 AND d.phone IS NOT NULL
       UNION ALL
       SELECT p.phone, p.name_before, p.name, p.name_after, p.position, 0, NOT p.is_leader, p.sort, p.id
       FROM representative p WHERE p.institution_id = $2 AND p.ended_at IS NULL AND p.phone IS NOT NULL
       UNION ALL
       SELECT l.phone, '', '', '', '', 1, false, 0, 0 FROM institution l WHERE l.id = $2 AND l.phone IS NOT NULL) n
     LEFT JOIN wrong_number w ON w.office_id = $1 AND w.institution_id = $2 AND w.fingerprint = ${fingerprintOf('n.phone')}
     LEFT JOIN app_user u ON u.id = w.marked_by ORDER BY n.own, n.behind, n.sort, n.id`,
    [officeId, institutionId, delegateId],
  );
}

/**
 * An office did not reach an institution by this number: it is not proposed again. A number that the institution
 * does not have (any more) is passed over.
 * @returns whether it was one of its numbers
 */
export async function markWrong(
  tx: Tx,
  actor: OfficeActor,
  reached: Reached,
  phone: string,
  now: Date,
): Promise<boolean> {
  const { institutionId } = reached;
  const known = await knownNumbers(tx, actor.office.id, reached);
  if (!known.some((one) => one.phone === phone)) return false;
  await tx.query(
    `INSERT INTO wrong_number (office_id, institution_id, fingerprint, marked_at, marked_by)
     VALUES ($1, $2, ${fingerprintOf('$3::text')}, $4, $5) ON CONFLICT DO NOTHING`,
    [actor.office.id, institutionId, phone, now, actor.userId],
  );
  await recordAudit(tx, byActor(actor), {
    action: 'institution.number_wrong',
    subject: ['institution', institutionId],
    fields: ['phone'],
  });
  return true;
}

/** The number was right after all. */
export function unmarkWrong(
  db: DataSource,
  actor: OfficeActor,
  institutionId: number,
  phone: string,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const [rows] = (await tx.query(
      `DELETE FROM wrong_number WHERE office_id = $1 AND institution_id = $2 AND fingerprint = ${fingerprintOf('$3::text')}
       RETURNING id`,
      [actor.office.id, institutionId, phone],
    )) as [unknown[], number];
    if (rows.length === 0) return;
    await recordAudit(tx, byActor(actor), {
      action: 'institution.number_right',
      subject: ['institution', institutionId],
      fields: ['phone'],
    });
  });
}

/**
 * Drops marks that are older than their office keeps contacts: the number has most likely been corrected since.
 * Safe in several processes and after a kill.
 */
export async function dropOldMarks({ db, clock }: { db: DataSource; clock: Clock }): Promise<void> {
  await db.query(
    `DELETE FROM wrong_number w USING office o
     WHERE o.id = w.office_id AND w.marked_at + make_interval(months => o.retention_months) < $1`,
    [clock.now()],
  );
}
