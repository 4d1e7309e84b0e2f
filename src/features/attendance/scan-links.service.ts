import { inTransaction } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { Conflict, NotFound } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import type { Reader } from './attendance.repository.js';
import { ScanLink } from './scan-link.entity.js';

export interface ScanLinkRow {
  id: number;
  label: string;
  tokenVersion: number;
  createdAt: Date;
  revokedAt: Date | null;
  marks: number;
}

/** Helpers' links of an event, the newest first, with how many marks came by each. */
export const scanLinksOf = (db: Reader, eventId: number): Promise<ScanLinkRow[]> =>
  db.query(
    `SELECT k.id, k.label, k.token_version AS "tokenVersion", k.created_at AS "createdAt", k.revoked_at AS "revokedAt",
       (SELECT count(*)::int FROM attendance_mark m WHERE m.scan_link_id = k.id) AS marks
     FROM scan_link k WHERE k.event_id = $1 ORDER BY k.revoked_at IS NOT NULL, k.id DESC`,
    [eventId],
  ) as Promise<ScanLinkRow[]>;

/** What a helper's link opens. */
export interface OpenScanLink {
  id: number;
  label: string;
  tokenVersion: number;
  eventId: number;
  officeId: number;
  officeName: string;
  accent: string;
  title: string;
  zone: string;
  endsAt: Date | null;
}

/** After the end the page is closed; what was recorded before it may still arrive for a day. */
const graceMs = 24 * 3_600_000;

/**
 * The link of this id while it is good: until the event's last session ends, or it is revoked.
 * @param forLateMarks also for a day after the end, when phones find their network again
 */
export async function findScanLink(
  db: Reader,
  id: number,
  now: Date,
  { forLateMarks = false } = {},
): Promise<OpenScanLink | undefined> {
  const [row] = (await db.query(
    `SELECT k.id, k.label, k.token_version AS "tokenVersion", e.id AS "eventId", e.office_id AS "officeId",
       o.name AS "officeName", o.accent, e.title, e.zone, e.ends_at AS "endsAt"
     FROM scan_link k JOIN event e ON e.id = k.event_id JOIN office o ON o.id = e.office_id
     WHERE k.id = $1 AND k.revoked_at IS NULL AND (e.ends_at IS NULL OR e.ends_at > $2)`,
    [id, forLateMarks ? new Date(now.getTime() - graceMs) : now],
  )) as OpenScanLink[];
  return row;
}

/** A new helper's link. @throws Conflict when the event is over @throws NotFound for another office's event */
export function createScanLink(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: OfficeActor,
  eventId: number,
  label: string,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const [event] = (await tx.query(
      `SELECT state IN ('finished', 'cancelled') OR ends_at <= $3 AS over FROM event WHERE id = $1 AND office_id = $2`,
      [eventId, actor.office.id, clock.now()],
    )) as { over: boolean | null }[];
    if (!event) throw new NotFound();
    if (event.over) throw new Conflict('attendance.link_event_over');
    const { identifiers } = await tx.insert(ScanLink, { eventId, label, createdBy: actor.userId });
    const id = Number(identifiers[0]?.id);
    await recordAudit(tx, byActor(actor), {
      action: 'scan_link.created',
      subject: ['scan_link', id],
      detail: { event: eventId },
    });
    return id;
  });
}

/** Ends a helper's link at once; twice is the same. @throws NotFound for another office's link */
export function revokeScanLink(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: OfficeActor,
  eventId: number,
  id: number,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const [link] = (await tx.query(
      `SELECT k.revoked_at AS "revokedAt" FROM scan_link k JOIN event e ON e.id = k.event_id
       WHERE k.id = $1 AND k.event_id = $2 AND e.office_id = $3 FOR UPDATE OF k`,
      [id, eventId, actor.office.id],
    )) as { revokedAt: Date | null }[];
    if (!link) throw new NotFound();
    if (link.revokedAt) return;
    await tx.update(ScanLink, { id }, { revokedAt: clock.now() });
    await recordAudit(tx, byActor(actor), {
      action: 'scan_link.revoked',
      subject: ['scan_link', id],
      detail: { event: eventId },
    });
  });
}
