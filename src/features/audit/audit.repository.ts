import type { DataSource } from 'typeorm';
import type { OfficeActor } from '../accounts/permissions.js';

export interface AuditFilter {
  userId: number | null;
  action: string;
  /** Instants: from the first, before the second. */
  from: Date | null;
  until: Date | null;
  /** Entries older than this one: how the list pages. */
  before: number | null;
}

export interface AuditRow {
  id: number;
  at: Date;
  way: 'office' | 'link' | 'clock' | 'system';
  userId: number | null;
  nameBefore: string;
  name: string | null;
  nameAfter: string;
  action: string;
  subjectType: string;
  subjectId: number | null;
  fields: string[];
}

export const auditPageSize = 50;

/** A page of the office's log, newest first, and whether an older one follows. */
export async function listAudit(
  db: DataSource,
  actor: OfficeActor,
  filter: AuditFilter,
): Promise<{ entries: AuditRow[]; hasMore: boolean }> {
  const rows = (await db.query(
    `SELECT a.id, a.at, a.way, a.user_id AS "userId", u.name_before AS "nameBefore", u.name,
       u.name_after AS "nameAfter", a.action, a.subject_type AS "subjectType", a.subject_id AS "subjectId", a.fields
     FROM audit_entry a LEFT JOIN app_user u ON u.id = a.user_id
     WHERE a.office_id = $1
       AND ($2::int IS NULL OR a.user_id = $2)
       AND ($3::text = '' OR a.action = $3)
       AND ($4::timestamptz IS NULL OR a.at >= $4)
       AND ($5::timestamptz IS NULL OR a.at < $5)
       AND ($6::bigint IS NULL OR a.id < $6)
     ORDER BY a.id DESC LIMIT $7`,
    [
      actor.office.id,
      filter.userId,
      filter.action,
      filter.from,
      filter.until,
      filter.before,
      auditPageSize + 1,
    ],
  )) as AuditRow[];
  return { entries: rows.slice(0, auditPageSize), hasMore: rows.length > auditPageSize };
}

export interface AuditPerson {
  id: number;
  nameBefore: string;
  name: string;
  nameAfter: string;
}

/** Who has left a trace in this office's log, also people who no longer belong to it. */
export function listAuditPeople(db: DataSource, actor: OfficeActor): Promise<AuditPerson[]> {
  return db.query(
    `SELECT u.id, u.name_before AS "nameBefore", u.name, u.name_after AS "nameAfter" FROM app_user u
     WHERE EXISTS (SELECT 1 FROM audit_entry a WHERE a.office_id = $1 AND a.user_id = u.id) ORDER BY u.name, u.id`,
    [actor.office.id],
  );
}

export async function listAuditActions(db: DataSource, actor: OfficeActor): Promise<string[]> {
  const rows = (await db.query(
    `SELECT DISTINCT action FROM audit_entry WHERE office_id = $1 ORDER BY action`,
    [actor.office.id],
  )) as { action: string }[];
  return rows.map((row) => row.action);
}
