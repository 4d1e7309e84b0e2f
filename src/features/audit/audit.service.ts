import { currentRequestId } from '../../request-context.js';
import { runPrepared, type Tx } from '../../database/data-source.js';
import { InvalidInput } from '../../errors.js';
import type { AuditEntry } from './audit-entry.entity.js';

export interface AuditNote {
  action: string;
  subject: readonly [type: string, id: number | null];
  /** Names of changed fields, never their values. */
  fields?: readonly string[];
  detail?: Record<string, unknown>;
}

/** By whom: a signed-in person of an office, a link, the clock, or the program itself. */
export interface AuditAuthor {
  officeId: number | null;
  userId: number | null;
  way: AuditEntry['way'];
}

/** The author for something that a signed-in person does. */
export const byActor = (actor: { userId: number; office?: { id: number } | undefined }): AuditAuthor => ({
  officeId: actor.office?.id ?? null,
  userId: actor.userId,
  way: 'office',
});

/** One verb, one transaction, one entry: written with what it tells of, or not at all. */
export async function recordAudit(tx: Tx, author: AuditAuthor, note: AuditNote): Promise<void> {
  await runPrepared(tx, 'audit_entry', `${insertAudit} VALUES (${auditValues})`, valuesOfAudit(author, note));
}

/** For statements that write an entry along with what it tells of: the insert, and its values from $1 on. */
export const insertAudit = `
  INSERT INTO audit_entry (office_id, user_id, way, action, subject_type, subject_id, fields, request_id, detail)`;
export const auditValues = '$1, $2, $3, $4, $5, $6, $7::text[], $8, $9::jsonb';

export const valuesOfAudit = (author: AuditAuthor, note: AuditNote): unknown[] => [
  author.officeId,
  author.userId,
  author.way,
  note.action,
  ...note.subject,
  note.fields ?? [],
  currentRequestId() ?? null,
  JSON.stringify(note.detail ?? {}),
];

/** The same for many records at once: one entry each, with the names of the fields that changed there. */
export async function recordAuditOfMany(
  tx: Tx,
  author: AuditAuthor,
  action: string,
  subjectType: string,
  subjects: { id: number; fields: readonly string[] }[],
): Promise<void> {
  await tx.query(
    `INSERT INTO audit_entry (office_id, user_id, way, action, subject_type, subject_id, fields, request_id)
     SELECT $1, $2, $3, $4, $5, s.id, s.fields, $6
     FROM jsonb_to_recordset($7::jsonb) AS s (id integer, fields text[])`,
    [
      author.officeId,
      author.userId,
      author.way,
      action,
      subjectType,
      currentRequestId() ?? null,
      JSON.stringify(subjects),
    ],
  );
}

/** Names of the fields whose value differs: what an audit entry of a change tells. */
export function changedFields<T extends object>(before: T, after: Partial<T>): string[] {
  const keys = Object.keys(after) as (keyof T & string)[];
  return keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

/**
 * The same for a record that two people may be changing at once: `after.version` is the one that the person saw.
 * @throws InvalidInput at `version` when the record has another one by now and differs from what is wanted
 */
export function changedSince<T extends { version: number }>(
  before: T,
  { version, ...wanted }: Partial<T> & { version: number },
): string[] {
  const fields = changedFields<object>(before, wanted);
  if (fields.length > 0 && version !== before.version)
    throw InvalidInput.at('version', 'error.changed_meanwhile');
  return fields;
}
