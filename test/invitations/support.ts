import { linkAuthor, withBook, type Author, type Book } from '../../src/features/invitations/book.js';
import { officeAuthor } from '../../src/features/invitations/invitations.service.js';
import { makeHost, makeScene, type Host, type Scene, type SceneGiven } from '../factories/scenes.js';
import { startTestApp, type TestApp } from '../support/app.js';

/** What tests of the rules ask of one invitation. */
export interface Standing {
  state: string;
  demand: number;
  waiting: number;
  seats: number;
  queueNumber: number | null;
  holdUntil: Date | null;
}

/** An office with its organizer, acting on events by link and by hand. */
export interface Counter {
  app: TestApp;
  host: Host;
  scene(given: SceneGiven): Promise<Scene>;
  byLink<T>(eventId: number, work: (book: Book) => Promise<T>): Promise<T>;
  byOffice<T>(eventId: number, work: (book: Book) => Promise<T>): Promise<T>;
  standing(id: number | undefined): Promise<Standing>;
  query<T>(sql: string, values?: unknown[]): Promise<T[]>;
}

export async function openCounter(): Promise<Counter> {
  const app = await startTestApp();
  app.clock.set(new Date().toISOString());
  const host = await makeHost(app.deps);
  const by =
    (author: Author): Counter['byLink'] =>
    (eventId, work) =>
      withBook(app.deps, eventId, author, work);
  return {
    app,
    host,
    scene: (given) => makeScene(host, given),
    byLink: by(linkAuthor),
    byOffice: by(officeAuthor(host.actor)),
    standing: async (id) => {
      const [row] = (await app.db.query(
        `SELECT i.state, i.demand, i.waiting, i.queue_number AS "queueNumber", i.hold_until AS "holdUntil",
           (SELECT count(*)::int FROM seat s WHERE s.invitation_id = i.id) AS seats
         FROM invitation i WHERE i.id = $1`,
        [id],
      )) as [Standing];
      return row;
    },
    query: (sql, values = []) => app.db.query(sql, values),
  };
}
