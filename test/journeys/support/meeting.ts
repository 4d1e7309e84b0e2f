import type { Page } from 'playwright-core';
import { findActor } from '../../../src/features/accounts/actor.repository.js';
import type { OfficeActor, Role } from '../../../src/features/accounts/permissions.js';
import { advanceEvents } from '../../../src/features/events/publication.service.js';
import { accept } from '../../../src/features/invitations/answering.js';
import { linkAuthor, withBook } from '../../../src/features/invitations/book.js';
import type { Office } from '../../../src/features/offices/office.entity.js';
import { makeEvent } from '../../factories/events.js';
import { makeInstitution } from '../../factories/institutions.js';
import { makeInvitations, makeSeats } from '../../factories/invitations.js';
import { factoryPassword, makeOffice, makeUser } from '../../factories/people.js';
import { desktop, phone, signIn, type Journey } from '../../support/browser.js';

/** An office with those who prepare its meetings, and a browser for each of them. */
export interface House {
  journey: Journey;
  office: Office;
  actor: OfficeActor;
  /** Signs somebody in now: a leader on a phone, everybody else at a desk. */
  enter(role: Role, name: string): Promise<Page>;
}

export async function openHouse(journey: Journey, given: Partial<Office>): Promise<House> {
  const office = await makeOffice(journey.db, given);
  const organizer = await makeUser(journey.db, office, ['organizer']);
  const actor = (await findActor(journey.db, organizer.id, office.id)) as OfficeActor;
  return {
    journey,
    office,
    actor,
    async enter(role, name) {
      const { email } = await makeUser(journey.db, office, [role], { name });
      const page = await journey.open(role === 'leader' ? phone : desktop);
      await signIn(page, email, factoryPassword);
      return page;
    },
  };
}

/** An LKS that has accepted: its leader comes; a second person has no name yet, unless it is given. */
export interface Coming {
  name: string;
  leader: string;
  people?: 1 | 2;
  second?: string;
}

export interface MeetingGiven {
  title: string;
  kind?: 'rakor' | 'bimtek';
  /** The kind in the office's own words, when it is none of those. */
  label?: string;
  days: string[];
  place: string;
  coming: Coming[];
  seats: number;
  agenda?: string[];
  chair: { name: string; position: string };
  seriesId?: number;
}

/** An event that is planned, invited to and answered, at the door of its first day. */
export interface Meeting {
  eventId: number;
  event: string;
  list: string;
  minutes: string;
  actions: string;
  materials: string;
  sessions: string[];
  /** Path of the page of the delegate with that name, and the code under its QR. */
  link(name: string): Promise<{ path: string; code: string }>;
}

/**
 * The time in UTC: sessions begin at 01.00, which is 08.00 WIB and 09.00 WITA. Half a minute past: what waited a moment
 * in the browser still bears that minute.
 */
export async function goToTime(journey: Journey, day: string, time: string): Promise<void> {
  journey.clock.set(`${day}T${time}:30Z`);
  await advanceEvents(journey.deps);
}

const daysBefore = (date: string, days: number) =>
  new Date(Date.parse(date) - days * 86_400_000).toISOString().slice(0, 10);

export async function makeMeeting(house: House, given: MeetingGiven): Promise<Meeting> {
  const { journey, office, actor } = house;
  const first = given.days[0] ?? '';
  journey.clock.set(`${daysBefore(first, 14)}T02:00:00Z`);
  const { title, days } = given;
  const eventId = await makeEvent(journey.db, office, {
    title,
    days,
    answerBy: `${daysBefore(first, 5)}T09:00:00Z`,
  });
  await plan(house, eventId, given);
  await makeSeats(journey, actor, eventId, given.seats);
  await comeAll(house, eventId, given.coming);
  const sessions = await rowsOf<{ id: number }>(
    journey,
    `SELECT x.id FROM event_session x JOIN event_day y ON y.id = x.day_id WHERE y.event_id = $1 ORDER BY x.starts_at`,
    eventId,
  );
  await goToTime(journey, first, '00:45');
  const event = `/events/${eventId}`;
  const list = `${event}/attendance`;
  return {
    eventId,
    event,
    list,
    minutes: `${event}/minutes`,
    actions: `${event}/actions`,
    materials: `${event}/materials`,
    sessions: sessions.map(({ id }) => `${list}/sessions/${id}`),
    link: (name) => linkTo(journey, eventId, name),
  };
}

const rowsOf = <T>(journey: Journey, sql: string, ...values: unknown[]): Promise<T[]> =>
  journey.db.query(sql, values);

async function plan({ journey, office }: House, eventId: number, given: MeetingGiven): Promise<void> {
  const { kind = 'other', label = '', place, seriesId = null, chair, agenda = [] } = given;
  await journey.db.query(
    `UPDATE event SET kind = $2, kind_label = $3, venue_name = $4, zone = $5, series_id = $6 WHERE id = $1`,
    [eventId, kind, label, place, office.zone, seriesId],
  );
  await journey.db.query(
    `INSERT INTO speaker (event_id, name, role, position) VALUES ($1, $2, 'chair', $3)`,
    [eventId, chair.name, chair.position],
  );
  await journey.db.query(
    `INSERT INTO agenda_item (session_id, starts_at, title)
     SELECT s.id, s.starts_at + (a.place - 1) * interval '45 minutes', a.title
     FROM (SELECT x.id, x.starts_at FROM event_session x JOIN event_day d ON d.id = x.day_id WHERE d.event_id = $1
           ORDER BY x.starts_at LIMIT 1) s, unnest($2::text[]) WITH ORDINALITY AS a (title, place)`,
    [eventId, agenda],
  );
}

async function comeAll({ journey, office, actor }: House, eventId: number, coming: Coming[]): Promise<void> {
  for (const { name, leader, second = '', people = second ? 2 : 1 } of coming) {
    const given = { name, leader: { name: leader }, regionCode: office.regionCode };
    const id = await makeInstitution(journey.db, office, given);
    const [invitation = 0] = await makeInvitations(journey, actor, eventId, [id]);
    await withBook(journey.deps, eventId, linkAuthor, (book) => accept(book, invitation, people));
    await journey.db.query(`UPDATE delegate SET name = $2 WHERE invitation_id = $1 AND name = ''`, [
      invitation,
      second,
    ]);
  }
}

async function linkTo(journey: Journey, eventId: number, name: string) {
  const [row] = await rowsOf<{ id: number; version: number }>(
    journey,
    `SELECT id, token_version AS version FROM delegate WHERE event_id = $1 AND name = $2 AND state = 'active'`,
    eventId,
    name,
  );
  const { id, version } = row ?? { id: 0, version: 0 };
  const { links } = journey.deps;
  return { path: `/d/${links.token('delegate', id, version)}`, code: links.doorCode(id, version) };
}
