import type { Office } from '../../src/features/offices/office.entity.js';
import { makeEvent, type EventGiven } from '../factories/events.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

/** What tests of the plan work at: an office with its people, and a stranger of another one. */
export interface Desk {
  app: TestApp;
  office: Office;
  organizer: Visitor;
  secretary: Visitor;
  stranger: Visitor;
  one<T>(sql: string, values: unknown[]): Promise<T>;
  eventRow(id: number): Promise<Record<string, unknown>>;
  sessionRows(id: number): Promise<{ id: number; day: number; date: string; at: Date; until: Date | null }[]>;
  /** Sends the form of a part of the plan. */
  change(
    id: number,
    part: string,
    fields: Record<string, unknown>,
    visitor?: Visitor,
  ): ReturnType<Visitor['post']>;
  draft(given?: EventGiven): Promise<number>;
}

export async function openDesk(): Promise<Desk> {
  const app = await startTestApp();
  const office = await makeOffice(app.db);
  const signedIn = async (role: 'organizer' | 'secretary', of: Office) =>
    new Visitor(app.app).signIn((await makeUser(app.db, of, [role])).email);
  const organizer = await signedIn('organizer', office);
  const one = async <T>(sql: string, values: unknown[]): Promise<T> =>
    ((await app.db.query(sql, values)) as [T])[0];
  return {
    ...{ app, office, organizer, one },
    secretary: await signedIn('secretary', office),
    stranger: await signedIn('organizer', await makeOffice(app.db)),
    eventRow: (id) => one('SELECT * FROM event WHERE id = $1', [id]),
    sessionRows: (id) =>
      app.db.query(
        `SELECT s.id, d.id AS day, d.date, s.starts_at AS at, s.ends_at AS until FROM event_day d
         JOIN event_session s ON s.day_id = d.id WHERE d.event_id = $1 ORDER BY d.date, s.starts_at`,
        [id],
      ),
    change: (id, part, fields, visitor = organizer) =>
      visitor.post(`/events/${id}/plan/${part}`, fields, `/events/${id}/plan/${part}`),
    draft: (given = {}) => makeEvent(app.db, office, { state: 'draft', ...given }),
  };
}
