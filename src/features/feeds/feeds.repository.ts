import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Occasion } from '../events/events.calendar.js';
import type { InvitationState } from '../invitations/invitation.entity.js';

/** Whose calendar: its name, and the version that is part of its address. */
export interface FeedOwner {
  id: number;
  name: string;
  tokenVersion: number;
  /** `installationUid`, read along. */
  installation: string;
}

const ownerColumns =
  'id, name, feed_version AS "tokenVersion", (SELECT uid FROM installation) AS installation';

export async function findOfficeFeed(db: DataSource, id: number): Promise<FeedOwner | undefined> {
  const [row] = (await db.query(`SELECT ${ownerColumns} FROM office WHERE id = $1`, [id])) as FeedOwner[];
  return row;
}

export async function findInstitutionFeed(db: DataSource, id: number): Promise<FeedOwner | undefined> {
  const [row] = (await db.query(`SELECT ${ownerColumns} FROM institution WHERE id = $1`, [
    id,
  ])) as FeedOwner[];
  return row;
}

/** An event as a feed tells it: no notes, no contact, nobody's name. */
export interface FeedEvent extends Omit<Occasion, 'notes'> {
  office: string;
  officeEmail: string | null;
  /** Of the institution whose feed it is; null in that of an office. */
  answer: InvitationState | null;
  sessions: { dayId: number; startsAt: string; endsAt: string | null }[];
}

const columns = `
  e.id, e.title, e.subject, e.zone, e.venue_name AS "venueName", e.venue_address AS "venueAddress",
  e.map_url AS "mapUrl", e.online_url AS "onlineUrl", e.state, e.calendar_sequence AS "calendarSequence",
  o.name AS office, o.email AS "officeEmail", days.sessions`;

const joins = `
  JOIN office o ON o.id = e.office_id
  CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object('dayId', d.id, 'startsAt', s.starts_at, 'endsAt', s.ends_at)
      ORDER BY d.date, s.starts_at) AS sessions
    FROM event_day d JOIN event_session s ON s.day_id = d.id WHERE d.event_id = e.id) days`;

/** Announced once, and not longer ago than a year: calendars fetch the whole of it again and again. */
const isTold = `e.state <> 'draft' AND (e.state <> 'cancelled' OR e.published_at IS NOT NULL)
  AND days.sessions IS NOT NULL AND e.ends_at > $2::timestamptz - interval '1 year'`;

/** What an office holds. */
export const officeFeed = (db: DataSource, officeId: number, now: Date): Promise<FeedEvent[]> =>
  db.query(
    `SELECT ${columns}, NULL AS answer FROM event e ${joins}
     WHERE e.office_id = $1 AND ${isTold} ORDER BY e.starts_at, e.id`,
    [officeId, now],
  );

/** What an institution is invited to, by whichever office, and has not declined. */
export const institutionFeed = (db: DataSource, institutionId: number, now: Date): Promise<FeedEvent[]> =>
  db.query(
    `SELECT ${columns}, i.state AS answer FROM invitation i JOIN event e ON e.id = i.event_id ${joins}
     WHERE i.institution_id = $1 AND i.state IN ('open', 'offered', 'waiting', 'accepted', 'reconfirm') AND ${isTold}
     ORDER BY e.starts_at, e.id`,
    [institutionId, now],
  );

/** Says whether a calendar would read anything new. The stamp of its entries is that of the moment, and left out. */
export const tagOf = (owner: FeedOwner, events: readonly FeedEvent[]): string =>
  `W/"${createHash('sha256')
    .update(JSON.stringify([owner.name, owner.installation, events]))
    .digest('base64url')
    .slice(0, 27)}"`;

/** Makes the address void that people have by now, and another one good. */
export async function raiseFeedVersion(
  tx: Pick<DataSource, 'query'>,
  table: 'office' | 'institution',
  id: number,
): Promise<void> {
  await tx.query(`UPDATE ${table} SET feed_version = feed_version + 1 WHERE id = $1`, [id]);
}
