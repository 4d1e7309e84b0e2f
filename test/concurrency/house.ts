import { join } from 'node:path';
import { Phone } from './phone.js';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import { withBook } from '../../src/features/invitations/book.js';
import { chooseInstitutions } from '../../src/features/invitations/choosing.js';
import {
  officeAuthor,
  promoteAfterSeatsChanged,
} from '../../src/features/invitations/invitations.service.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { saveQuota, type WantedQuota } from '../../src/features/quotas/quotas.service.js';
import { projectRoot } from '../../src/paths.js';
import { makeEvent, type EventGiven } from '../factories/events.js';
import { makeInstitution, type InstitutionGiven } from '../factories/institutions.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startProgram, type Run } from '../operations/processes.js';
import { startTestApp, type TestApp } from '../support/app.js';

/** Two processes of the built program on one database, and an office whose data the test makes itself. */
export interface House {
  app: TestApp;
  office: Office;
  actor: OfficeActor;
  email: string;
  urls: [string, string];
  /** An institution's phone, served by the first or second process. */
  phone(invitationId: number, process: number): Phone;
  close(): Promise<void>;
}

export interface HouseGiven {
  /** Tables whose row lock both processes leave out: the negative control. */
  leftOut?: string[];
  clockSeconds?: number;
}

const day = 86_400_000;
/** The date so many days from now; the processes know only the real time. */
export const dayFromNow = (days: number): string =>
  new Date(Date.now() + days * day).toISOString().slice(0, 10);

export function startProcess(app: TestApp, { leftOut = [], clockSeconds = 3600 }: HouseGiven = {}): Run {
  const preload = join(projectRoot, 'test/concurrency/leave-out-locks.ts');
  return startProgram('src/main.js', [], {
    env: {
      ...app.settings,
      PORT: '0',
      CLOCK_SECONDS: String(clockSeconds),
      LEAVE_OUT_LOCKS: leftOut.join(),
      NODE_NO_WARNINGS: '1',
    },
    nodeArgs: leftOut.length > 0 ? ['--import', preload] : [],
  });
}

async function addressOf(run: Run): Promise<string> {
  await run.says('Rembuk: http');
  const port = /Rembuk: http:\/\/localhost:(\d+)/.exec(run.output())?.[1] ?? '';
  return `http://127.0.0.1:${port}`;
}

export async function openHouse(given: HouseGiven = {}): Promise<House> {
  const app = await startTestApp();
  app.clock.set(new Date().toISOString());
  const office = await makeOffice(app.db);
  const user = await makeUser(app.db, office);
  const runs = [startProcess(app, given), startProcess(app, given)] as const;
  const urls: [string, string] = [await addressOf(runs[0]), await addressOf(runs[1])];
  return {
    app,
    office,
    actor: { userId: user.id, office: { ...office, roles: ['organizer'] } } as unknown as OfficeActor,
    email: user.email,
    urls,
    phone: (invitationId, process) =>
      new Phone(urls[process % 2] ?? '', `/u/${app.deps.links.token('invitation', invitationId, 1)}`),
    close: async () => {
      for (const run of runs) run.child.kill('SIGKILL');
      await Promise.all(runs.map((run) => run.ended));
      await app.close();
    },
  };
}

export interface SceneGiven extends EventGiven {
  quota: Partial<WantedQuota> & { seats: number };
  institutions: InstitutionGiven[];
}

export interface Scene {
  eventId: number;
  /** In the order of the institutions given. */
  invitations: number[];
}

/** An event a month ahead with its quota and its invited institutions. */
export async function makeScene(house: House, given: SceneGiven): Promise<Scene> {
  const { app, office, actor } = house;
  const eventId = await makeEvent(app.db, office, {
    days: [dayFromNow(30)],
    answerBy: `${dayFromNow(20)}T15:59:00Z`,
    ...given,
  });
  await app.db.query(`UPDATE event SET venue_name = 'Aula' WHERE id = $1`, [eventId]);
  await changeQuota(house, eventId, given.quota);
  const institutions: number[] = [];
  for (const institution of given.institutions)
    institutions.push(await makeInstitution(app.db, office, institution));
  await withBook(app.deps, eventId, officeAuthor(actor), (book) =>
    chooseInstitutions(book, app.deps.links, institutions, 'draft'),
  );
  const rows = (await app.db.query(
    `SELECT i.id FROM invitation i WHERE i.event_id = $1 ORDER BY array_position($2::int[], i.institution_id)`,
    [eventId, institutions],
  )) as { id: number }[];
  return { eventId, invitations: rows.map(({ id }) => id) };
}

async function changeQuota(
  { app, actor }: House,
  eventId: number,
  quota: Partial<WantedQuota> & { seats: number },
): Promise<void> {
  const wanted: WantedQuota = {
    seatsPerInstitution: 2,
    dimension: 'none',
    capPerRegion: null,
    capPerType: null,
    offerHours: 48,
    strata: [],
    reserved: { speaker: 0, committee: 0, press: 0 },
    version: 1,
    ...quota,
  };
  await saveQuota(app.deps, actor, eventId, wanted, promoteAfterSeatsChanged(app.clock, actor));
}
