import type { EntityManager } from 'typeorm';
import type { OfficeActor } from '../accounts/permissions.js';
import type { DroppedDay } from './events.calendar.js';

export interface SessionRow {
  id: number;
  dayId: number;
  /** Date of its day in the event's zone. */
  date: string;
  title: string;
  startsAt: Date;
  /** Null when it ends "selesai". */
  endsAt: Date | null;
}

export interface SpeakerRow {
  id: number;
  nameBefore: string;
  name: string;
  nameAfter: string;
  role: string;
  position: string;
  origin: string;
}

export interface AgendaRow {
  id: number;
  sessionId: number;
  startsAt: Date;
  endsAt: Date | null;
  title: string;
  speakerId: number | null;
  speakerRole: string;
}

/** What hangs on an event, each list in the order of the days. */
export interface Plan {
  sessions: SessionRow[];
  agenda: AgendaRow[];
  speakers: SpeakerRow[];
}

export const sessionsOf = (tx: EntityManager, eventId: number): Promise<SessionRow[]> =>
  tx.query(
    `SELECT s.id, s.day_id AS "dayId", d.date, s.title, s.starts_at AS "startsAt", s.ends_at AS "endsAt"
     FROM event_day d JOIN event_session s ON s.day_id = d.id
     WHERE d.event_id = $1 ORDER BY d.date, s.starts_at, s.id`,
    [eventId],
  );

/** Days that an event had once and that people's calendars may still hold. */
export const droppedDaysOf = (tx: Pick<EntityManager, 'query'>, eventId: number): Promise<DroppedDay[]> =>
  tx.query(
    `SELECT day_id AS "dayId", starts_at AS "startsAt", ends_at AS "endsAt", sequence, dropped_at AS "droppedAt"
     FROM dropped_day WHERE event_id = $1 ORDER BY starts_at, day_id`,
    [eventId],
  );

export const speakersOf = (tx: EntityManager, eventId: number): Promise<SpeakerRow[]> =>
  tx.query(
    `SELECT id, name_before AS "nameBefore", name, name_after AS "nameAfter", role, position, origin
     FROM speaker WHERE event_id = $1 ORDER BY id`,
    [eventId],
  );

export const agendaOf = (tx: EntityManager, eventId: number): Promise<AgendaRow[]> =>
  tx.query(
    `SELECT a.id, a.session_id AS "sessionId", a.starts_at AS "startsAt", a.ends_at AS "endsAt", a.title,
       a.speaker_id AS "speakerId", a.speaker_role AS "speakerRole"
     FROM event_day d JOIN event_session s ON s.day_id = d.id JOIN agenda_item a ON a.session_id = s.id
     WHERE d.event_id = $1 ORDER BY a.starts_at, a.id`,
    [eventId],
  );

export async function readPlan(tx: EntityManager, eventId: number): Promise<Plan> {
  return {
    sessions: await sessionsOf(tx, eventId),
    agenda: await agendaOf(tx, eventId),
    speakers: await speakersOf(tx, eventId),
  };
}

/** The days of an event, the first one first. */
export async function datesOf(tx: EntityManager, eventId: number): Promise<string[]> {
  const rows = (await tx.query('SELECT date FROM event_day WHERE event_id = $1 ORDER BY date', [
    eventId,
  ])) as { date: string }[];
  return rows.map(({ date }) => date);
}

/** The day of an event, made when it is not there yet; its id. */
export async function dayOf(tx: EntityManager, eventId: number, date: string): Promise<number> {
  const [row] = (await tx.query(
    `INSERT INTO event_day (event_id, date) VALUES ($1, $2)
     ON CONFLICT (event_id, date) DO UPDATE SET date = excluded.date RETURNING id`,
    [eventId, date],
  )) as [{ id: number }];
  return row.id;
}

export async function insertSession(
  tx: EntityManager,
  eventId: number,
  session: Pick<SessionRow, 'date' | 'title' | 'startsAt' | 'endsAt'>,
): Promise<number> {
  const dayId = await dayOf(tx, eventId, session.date);
  const [row] = (await tx.query(
    `INSERT INTO event_session (day_id, title, starts_at, ends_at) VALUES ($1, $2, $3, $4) RETURNING id`,
    [dayId, session.title, session.startsAt, session.endsAt],
  )) as [{ id: number }];
  return row.id;
}

export async function insertSpeaker(
  tx: EntityManager,
  eventId: number,
  speaker: Omit<SpeakerRow, 'id'>,
): Promise<number> {
  const { nameBefore, name, nameAfter, role, position, origin } = speaker;
  const [row] = (await tx.query(
    `INSERT INTO speaker (event_id, name_before, name, name_after, role, position, origin)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
    [eventId, nameBefore, name, nameAfter, role, position, origin],
  )) as [{ id: number }];
  return row.id;
}

export async function insertAgendaItem(tx: EntityManager, item: Omit<AgendaRow, 'id'>): Promise<void> {
  const { sessionId, startsAt, endsAt, title, speakerId, speakerRole } = item;
  await tx.query(
    `INSERT INTO agenda_item (session_id, starts_at, ends_at, title, speaker_id, speaker_role)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [sessionId, startsAt, endsAt, title, speakerId, speakerRole],
  );
}

/** @returns whether the event has such an item */
export async function updateAgendaItem(
  tx: EntityManager,
  eventId: number,
  item: AgendaRow,
): Promise<boolean> {
  const { id, sessionId, startsAt, endsAt, title, speakerId, speakerRole } = item;
  const [, changed] = (await tx.query(
    `UPDATE agenda_item a SET session_id = $3, starts_at = $4, ends_at = $5, title = $6, speaker_id = $7,
       speaker_role = $8
     FROM event_session s JOIN event_day d ON d.id = s.day_id
     WHERE a.id = $1 AND s.id = a.session_id AND d.event_id = $2`,
    [id, eventId, sessionId, startsAt, endsAt, title, speakerId, speakerRole],
  )) as [unknown, number];
  return changed > 0;
}

/** The series of that name, made when the office has none yet; null for no name. */
export async function seriesNamed(tx: EntityManager, officeId: number, name: string): Promise<number | null> {
  if (name === '') return null;
  const [row] = (await tx.query(
    `INSERT INTO event_series (office_id, name) VALUES ($1, $2)
     ON CONFLICT (office_id, name) DO UPDATE SET name = excluded.name RETURNING id`,
    [officeId, name],
  )) as [{ id: number }];
  return row.id;
}

export const seriesOf = (tx: EntityManager, actor: OfficeActor): Promise<{ id: number; name: string }[]> =>
  tx.query(`SELECT id, name FROM event_series WHERE office_id = $1 ORDER BY name`, [actor.office.id]);

export interface VenueRow {
  id: number;
  name: string;
  region: string;
  address: string;
}

const venueQuery = `
  SELECT i.id, i.name, r.name AS region, concat_ws(', ', nullif(i.address, ''), nullif(i.district, '')) AS address
  FROM institution i JOIN region r ON r.code = i.region_code
  WHERE i.archived_at IS NULL AND i.region_code LIKE $1 || '%'`;

/** Institutions in the actor's region that can host an event, for a list to type from. */
export const venuesIn = (tx: EntityManager, actor: OfficeActor): Promise<VenueRow[]> =>
  tx.query(`${venueQuery} ORDER BY i.name, i.id LIMIT 500`, [actor.office.regionCode]);

/** The first of those whose name or address holds what is typed, folded as search texts are. */
export const venuesFound = (tx: EntityManager, actor: OfficeActor, folded: string): Promise<VenueRow[]> =>
  tx.query(`${venueQuery} AND i.search_text LIKE '%' || $2 || '%' ORDER BY i.name, i.id LIMIT 20`, [
    actor.office.regionCode,
    folded,
  ]);

/** Those whose name (with or without region) is as typed; failing that, those whose name holds it. At most six. */
export const venuesLike = (tx: EntityManager, actor: OfficeActor, typed: string): Promise<VenueRow[]> =>
  tx.query(
    `WITH found AS (${venueQuery})
     SELECT * FROM found WHERE lower(name || ' (' || region || ')') = lower($2) OR lower(name) = lower($2)
     UNION ALL
     SELECT * FROM found WHERE strpos(lower(name), lower($2)) > 0 AND NOT EXISTS (
       SELECT 1 FROM found WHERE lower(name || ' (' || region || ')') = lower($2) OR lower(name) = lower($2))
     LIMIT 6`,
    [actor.office.regionCode, typed],
  );

export async function venueById(tx: EntityManager, id: number): Promise<VenueRow | undefined> {
  const [row] = (await tx.query(
    `SELECT i.id, i.name, r.name AS region, i.address FROM institution i JOIN region r ON r.code = i.region_code
     WHERE i.id = $1`,
    [id],
  )) as VenueRow[];
  return row;
}
