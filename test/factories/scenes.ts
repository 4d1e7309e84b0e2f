import type { Deps } from '../../src/deps.js';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import { withBook } from '../../src/features/invitations/book.js';
import { chooseInstitutions } from '../../src/features/invitations/choosing.js';
import {
  officeAuthor,
  promoteAfterSeatsChanged,
} from '../../src/features/invitations/invitations.service.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { saveQuota, type WantedQuota } from '../../src/features/quotas/quotas.service.js';
import { makeEvent, type EventGiven } from './events.js';
import { makeInstitution, type InstitutionGiven } from './institutions.js';
import { makeOffice, makeUser } from './people.js';

const day = 86_400_000;
/** The date so many days from now; the processes know only the real time. */
export const dayFromNow = (days: number): string =>
  new Date(Date.now() + days * day).toISOString().slice(0, 10);

/** An office with an organizer, in a program that runs by the real clock. */
export interface Host {
  deps: Pick<Deps, 'db' | 'clock' | 'links'>;
  office: Office;
  actor: OfficeActor;
  email: string;
}

export async function makeHost(deps: Host['deps']): Promise<Host> {
  const office = await makeOffice(deps.db);
  const user = await makeUser(deps.db, office);
  const actor = { userId: user.id, office: { ...office, roles: ['organizer'] } } as unknown as OfficeActor;
  return { deps, office, actor, email: user.email };
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
export async function makeScene(host: Host, given: SceneGiven): Promise<Scene> {
  const { deps, office, actor } = host;
  const eventId = await makeEvent(deps.db, office, {
    days: [dayFromNow(30)],
    answerBy: `${dayFromNow(20)}T15:59:00Z`,
    ...given,
  });
  await deps.db.query(`UPDATE event SET venue_name = 'Aula' WHERE id = $1`, [eventId]);
  await changeQuota(host, eventId, given.quota);
  const institutions: number[] = [];
  for (const institution of given.institutions)
    institutions.push(await makeInstitution(deps.db, office, institution));
  await withBook(deps, eventId, officeAuthor(actor), (book) =>
    chooseInstitutions(book, deps.links, institutions, 'draft'),
  );
  const rows = (await deps.db.query(
    `SELECT i.id FROM invitation i WHERE i.event_id = $1 ORDER BY array_position($2::int[], i.institution_id)`,
    [eventId, institutions],
  )) as { id: number }[];
  return { eventId, invitations: rows.map(({ id }) => id) };
}

/** Saves the quota as wanted; `version` is 1 until it was saved once. */
export async function changeQuota(
  { deps, actor }: Host,
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
  await saveQuota(deps, actor, eventId, wanted, promoteAfterSeatsChanged(deps.clock, actor));
}
