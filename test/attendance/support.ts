import { findActor } from '../../src/features/accounts/actor.repository.js';
import type { OfficeActor, Role } from '../../src/features/accounts/permissions.js';
import { advanceEvents } from '../../src/features/events/publication.service.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeEvent, type EventGiven } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { answer, makeInvitations, makeSeats } from '../factories/invitations.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

/** Sessions of the factory's events run from 09.00 to 15.00 WITA. */
export const days = ['2026-03-20', '2026-03-21'];
const before = '2026-03-10T02:00:00Z';
export const onTime = '2026-03-20T00:50:00Z';
export const lateThen = '2026-03-20T01:40:00Z';

export interface Door {
  app: TestApp;
  office: Office;
  actor: OfficeActor;
  /** Signed in as a secretary. */
  secretary: Visitor;
  browserOf(role: Role): Promise<Visitor>;
  scene(given?: SceneGiven): Promise<Scene>;
  rows<T>(sql: string, values?: unknown[]): Promise<T[]>;
}

export interface SceneGiven extends EventGiven {
  /** Institutions that have accepted, one person each. */
  accepted?: number;
  seats?: number;
  /** The time when the scene is entered. */
  at?: string;
}

/** An event under way, with its sessions and those who are expected. */
export interface Scene {
  eventId: number;
  sessions: number[];
  delegates: { id: number; invitationId: number; institutionId: number; name: string }[];
  list: string;
  /** The page of the first session. */
  session: string;
}

export const openDoor = async (): Promise<Door> => openDoorOn(await startTestApp());

/** The same in a program that runs already. */
export async function openDoorOn(app: TestApp): Promise<Door> {
  // Within the life of a session before the days themselves.
  app.clock.set(before);
  const office = await makeOffice(app.db, { letterheadLines: ['DINAS SOSIAL UJI', 'Jalan Uji Nomor 1'] });
  const user = await makeUser(app.db, office, ['secretary']);
  const actor = (await findActor(app.db, user.id, office.id)) as OfficeActor;
  const secretary = await new Visitor(app.app).signIn(user.email);
  const rows: Door['rows'] = (sql, values) => app.db.query(sql, values);
  const browserOf = async (role: Role) =>
    new Visitor(app.app).signIn((await makeUser(app.db, office, [role])).email);
  return { app, office, actor, secretary, browserOf, rows, scene: (given) => makeScene(app, actor, given) };
}

async function makeScene(app: TestApp, actor: OfficeActor, given: SceneGiven = {}): Promise<Scene> {
  const { accepted = 2, seats = 5, at = onTime, ...event } = given;
  app.clock.set(before);
  const eventId = await makeEvent(app.db, actor.office, { days, ...event });
  await makeSeats(app, actor, eventId, seats);
  const ids: number[] = [];
  for (let n = 0; n < accepted; n += 1)
    ids.push(
      await makeInstitution(app.db, actor.office, {
        name: `LKSA Uji ${eventId}${n}`,
        leader: { name: `Ketua ${n + 1}` },
      }),
    );
  for (const id of await makeInvitations(app, actor, eventId, ids)) await answer(app, eventId, id, 'accepts');
  const sessions = (await app.db.query(
    `SELECT x.id FROM event_session x JOIN event_day y ON y.id = x.day_id WHERE y.event_id = $1 ORDER BY x.starts_at`,
    [eventId],
  )) as { id: number }[];
  const delegates = (await app.db.query(
    `SELECT d.id, i.id AS "invitationId", i.institution_id AS "institutionId", d.name FROM delegate d
     JOIN invitation i ON i.id = d.invitation_id WHERE d.event_id = $1 ORDER BY d.id`,
    [eventId],
  )) as Scene['delegates'];
  app.clock.set(at);
  await advanceEvents(app.deps);
  const list = `/events/${eventId}/attendance`;
  return {
    eventId,
    sessions: sessions.map(({ id }) => id),
    delegates,
    list,
    session: `${list}/sessions/${sessions[0]?.id}`,
  };
}

/** What the door said last on a page: its words, without the markup. */
export const said = (html: string): string =>
  (/<div class="door door--\w+">([\s\S]*?)<\/div>/.exec(html)?.[1] ?? '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
