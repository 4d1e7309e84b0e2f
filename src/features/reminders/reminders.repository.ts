import type { EntityManager } from 'typeorm';
import { knowsOfEvent } from '../messages/contacts.js';
import { isShownTo } from '../materials/handing-out.js';
import { waysTo } from '../messages/outbox.js';
import type { Channel, InvitationPurpose } from '../messages/purposes.js';
import { defaultRules, purposeOf, slots, type Rule, type Slot } from './rules.js';

type Reader = Pick<EntityManager, 'query'>;

/** The rules of an event, its own where it has some. */
export async function rulesOf(db: Reader, eventId: number): Promise<Record<Slot, Rule>> {
  const rows = (await db.query('SELECT slot, active, days, hour FROM reminder_rule WHERE event_id = $1', [
    eventId,
  ])) as (Rule & { slot: Slot })[];
  const own = rows.map(({ slot, ...rule }) => [slot, rule] as const);
  return { ...defaultRules, ...(Object.fromEntries(own) as Partial<Record<Slot, Rule>>) };
}

export async function writeRules(tx: Reader, eventId: number, rules: Record<Slot, Rule>): Promise<void> {
  for (const slot of slots) {
    const { active, days, hour } = rules[slot];
    await tx.query(
      `INSERT INTO reminder_rule (event_id, slot, active, days, hour) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (event_id, slot) DO UPDATE SET active = $3, days = $4, hour = $5`,
      [eventId, slot, active, days, hour],
    );
  }
}

/** The same rules for another event. */
export async function cloneRules(tx: Reader, fromEventId: number, toEventId: number): Promise<void> {
  await tx.query(
    `INSERT INTO reminder_rule (event_id, slot, active, days, hour)
     SELECT $2, slot, active, days, hour FROM reminder_rule WHERE event_id = $1`,
    [fromEventId, toEventId],
  );
}

const defaults = slots
  .map((slot) => {
    const { active, days, hour } = defaultRules[slot];
    return `('${slot}', '${purposeOf[slot]}', ${active}, ${days}, '${hour}')`;
  })
  .join(', ');

/** An answer to be reminded of is one that can still come; after a reminder this long nobody is reminded again. */
const leastBetween = `interval '20 hours'`;

/** The latest moment at which invitation `i` was asked something, or reminded of it. */
const lastAsked = `greatest(i.created_at,
  (SELECT max(c.at) FROM invitation_change c WHERE c.invitation_id = i.id AND c.verb IN ('publish', 'offer', 'ask_again')),
  (SELECT max(m.created_at) FROM message m WHERE m.invitation_id = i.id AND m.purpose = 'reminder_answer'))`;

/**
 * Who of an event `e` with rule `r` may be reminded at `moment`. Somebody asked or reminded just before the moment is
 * not reminded at it; somebody who said only afterwards that they come knows the day.
 */
const isMeant = `CASE r.purpose
  WHEN 'reminder_answer' THEN e.state IN ('published', 'running') AND i.state IN ('open', 'offered', 'reconfirm')
    AND moment < pivot AND ${lastAsked} + ${leastBetween} <= moment
  WHEN 'reminder_day' THEN e.state = 'published' AND i.state = 'accepted' AND moment < pivot
    AND coalesce(i.answered_at, i.created_at) <= moment
  ELSE e.state IN ('published', 'running', 'finished') AND i.state = 'accepted' END`;

/**
 * Everything that rules still have in store, a row for each time and institution: what was written once is not in
 * store any more. `pivot` is the deadline (of an offer its own), the start or the end; a deadline that moves brings
 * a cause of its own, and so a reminder of its own. $1 is the event, or null for all.
 */
const inStore = `
  FROM event e JOIN office o ON o.id = e.office_id
  CROSS JOIN (VALUES ${defaults}) d (slot, purpose, active, days, hour)
  LEFT JOIN reminder_rule w ON w.event_id = e.id AND w.slot = d.slot
  CROSS JOIN LATERAL (SELECT d.slot, d.purpose, coalesce(w.active, d.active) AS active, coalesce(w.days, d.days) AS days,
    coalesce(w.hour, d.hour)::time AS hour) r
  JOIN invitation i ON i.event_id = e.id
  CROSS JOIN LATERAL (SELECT CASE r.purpose WHEN 'reminder_day' THEN e.starts_at WHEN 'materials' THEN e.ends_at
    ELSE coalesce(i.hold_until, least(i.answer_by, e.answer_by)) END AS pivot) p
  CROSS JOIN LATERAL (SELECT
    CASE r.purpose WHEN 'materials' THEN greatest(pivot, ((pivot AT TIME ZONE e.zone)::date + r.days + r.hour) AT TIME ZONE e.zone)
      ELSE ((pivot AT TIME ZONE e.zone)::date - r.days + r.hour) AT TIME ZONE e.zone END AS moment,
    CASE r.purpose WHEN 'materials' THEN 'once'
      ELSE r.slot || ':' || (pivot AT TIME ZONE e.zone)::date END AS cause) t
  WHERE ($1::int IS NULL OR e.id = $1) AND r.active AND ${isMeant}
    AND NOT EXISTS (SELECT 1 FROM message m WHERE m.invitation_id = i.id
      AND starts_with(m.dedupe_key, r.purpose || ':' || i.id || ':' || cause || ':'))`;

/** Nobody was told so far, and the invitation still waits to be sent: that comes first. */
const isUntold = `(NOT ${knowsOfEvent} AND EXISTS (SELECT 1 FROM message m WHERE m.invitation_id = i.id
  AND m.delegate_id IS NULL AND m.state IN ('queued', 'held')))`;

/**
 * Due at $2 and not too late: yesterday's "tomorrow" would be wrong today. Materials may come weeks after the event.
 */
const isDue = `moment <= $2::timestamptz AND e.reminders_stopped_at IS NULL AND i.reminders_stopped_at IS NULL AND NOT ${isUntold}
  AND CASE r.purpose WHEN 'materials' THEN e.state = 'finished' AND moment > $2::timestamptz - interval '30 days' AND EXISTS (
      SELECT 1 FROM material m WHERE m.event_id = e.id AND ${isShownTo('NULL::int', '$2')})
    ELSE moment > $2::timestamptz - interval '24 hours' END`;

export interface DueEvent {
  eventId: number;
  officeId: number;
  quietFrom: string;
  quietUntil: string;
  /** Of the office. */
  zone: string;
}

/** Past this nothing is due: materials come at most 60 days after the end, and 30 days late. */
const isLive = `(e.state IN ('published', 'running') OR e.state = 'finished' AND e.ends_at > $2::timestamptz - interval '91 days')`;

/** Events in which somebody is to be reminded now. The clock asks often: what is long over is not even looked at. */
export const dueEvents = (db: Reader, now: Date): Promise<DueEvent[]> =>
  db.query(
    `SELECT DISTINCT e.id AS "eventId", o.id AS "officeId", o.quiet_from AS "quietFrom", o.quiet_until AS "quietUntil",
       o.zone ${inStore} AND ${isLive} AND ${isDue} ORDER BY e.id`,
    [null, now],
  );

export interface DueReminder {
  purpose: InvitationPurpose;
  cause: string;
  ids: number[];
}

/** Who of an event is to be reminded now, by what is said; where two times have come, only the later one counts. */
export const dueReminders = (tx: Reader, eventId: number, now: Date): Promise<DueReminder[]> =>
  tx.query(
    `SELECT purpose, cause, array_agg(id) AS ids FROM (
       SELECT DISTINCT ON (i.id, r.purpose) i.id, r.purpose, cause ${inStore} AND ${isDue}
       ORDER BY i.id, r.purpose, moment DESC) due
     GROUP BY purpose, cause ORDER BY purpose, cause`,
    [eventId, now],
  );

export interface PlannedReminder {
  invitationId: number;
  slot: Slot;
  name: string;
  moment: Date;
  channels: Channel[];
  /** Somebody has stopped it for this institution. */
  isStopped: boolean;
  /** Its invitation has to be sent first. */
  isUntold: boolean;
}

/** Where a page of what is planned goes on. */
export interface PlannedKey {
  moment: Date;
  slot: string;
  id: number;
}

/** Not over at $2: what lies ahead, and what is due and waits for the clock, the quiet hours or the materials. */
const isAhead = `moment > $2::timestamptz - CASE r.purpose WHEN 'materials' THEN interval '30 days' ELSE interval '24 hours' END`;

/** Who of an event will be told what, and when, the next one first. */
export const plannedReminders = (
  db: Reader,
  eventId: number,
  now: Date,
  after: PlannedKey | undefined,
  limit: number,
): Promise<PlannedReminder[]> =>
  db.query(
    `SELECT i.id AS "invitationId", r.slot, l.name, moment, i.reminders_stopped_at IS NOT NULL AS "isStopped",
       ${isUntold} AS "isUntold", ARRAY(${waysTo}) AS channels
     FROM (SELECT i.id, r.slot, r.purpose, moment ${inStore} AND ${isAhead}) r JOIN invitation i USING (id)
       JOIN institution l ON l.id = i.institution_id
     WHERE ($3::timestamptz IS NULL OR (moment, r.slot, i.id) > ($3, $4, $5))
     ORDER BY moment, r.slot, i.id LIMIT $6`,
    [eventId, now, after?.moment ?? null, after?.slot ?? '', after?.id ?? 0, limit],
  );

export interface PlannedSum {
  slot: Slot;
  /** The first and the last one of these: offers have deadlines of their own. */
  from: Date;
  until: Date;
  /** Institutions. */
  count: number;
  byEmail: number;
  byWhatsapp: number;
}

/** The same in sums by rule; who is stopped, or not told of the event so far, is left out. */
export const plannedSums = (db: Reader, eventId: number, now: Date): Promise<PlannedSum[]> =>
  db.query(
    `SELECT slot, min(moment) AS from, max(moment) AS until, count(*)::int AS count,
       (count(*) FILTER (WHERE 'email' = ANY (channels)))::int AS "byEmail",
       (count(*) FILTER (WHERE 'whatsapp' = ANY (channels)))::int AS "byWhatsapp"
     FROM (
       SELECT r.slot, moment, ARRAY(${waysTo}) AS channels
       FROM (SELECT i.id, r.slot, moment ${inStore} AND ${isAhead}) r JOIN invitation i USING (id)
         JOIN institution l ON l.id = i.institution_id
       WHERE i.reminders_stopped_at IS NULL AND NOT ${isUntold}) planned
     GROUP BY slot`,
    [eventId, now],
  );

export interface WrittenSum {
  purpose: InvitationPurpose;
  /** Institutions that have been reminded, or will be as soon as somebody passes it on. */
  sent: number;
  waiting: number;
}

/** What has been written so far by these purposes. */
export const writtenSums = (
  db: Reader,
  eventId: number,
  purposes: readonly InvitationPurpose[],
): Promise<WrittenSum[]> =>
  db.query(
    `SELECT purpose, (count(DISTINCT invitation_id) FILTER (WHERE state = 'sent'))::int AS sent,
       (count(DISTINCT invitation_id) FILTER (WHERE state IN ('queued', 'sending', 'held')))::int AS waiting
     FROM message WHERE event_id = $1 AND purpose = ANY ($2) GROUP BY purpose ORDER BY purpose`,
    [eventId, purposes],
  );

/**
 * Holds what waits to be sent, or lets it go on: of a whole event, or of one of its invitations. What a person has
 * stopped for one institution stays so when the event goes on.
 */
export async function holdReminders(
  tx: Reader,
  eventId: number,
  purposes: readonly InvitationPurpose[],
  isHeld: boolean,
  invitationId?: number,
): Promise<void> {
  await tx.query(
    `UPDATE message m SET state = $3 FROM invitation i JOIN event e ON e.id = i.event_id
     WHERE m.event_id = $1 AND m.purpose = ANY ($2) AND m.state = $4 AND i.id = m.invitation_id
       AND ($5::int IS NULL OR i.id = $5)
       AND ($3 = 'held' OR (i.reminders_stopped_at IS NULL AND e.reminders_stopped_at IS NULL))`,
    [eventId, purposes, isHeld ? 'held' : 'queued', isHeld ? 'queued' : 'held', invitationId ?? null],
  );
}

/** Stops reminding one institution, or lets it go on. */
export async function markStopped(tx: Reader, invitationId: number, at: Date | null): Promise<void> {
  await tx.query('UPDATE invitation SET reminders_stopped_at = $2 WHERE id = $1', [invitationId, at]);
}

/** Reminders of a day that has come are of no use to anybody. @returns how many were called off */
export async function recallPast(tx: Reader, now: Date): Promise<number> {
  const [, recalled] = (await tx.query(
    `UPDATE message m SET state = 'cancelled' FROM event e
     WHERE e.id = m.event_id AND m.purpose = 'reminder_day' AND m.state IN ('queued', 'held')
       AND e.starts_at <= $1 AND e.starts_at > $1 - interval '7 days'`,
    [now],
  )) as [unknown, number];
  return recalled;
}
