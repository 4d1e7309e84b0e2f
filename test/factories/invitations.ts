import { inTransaction } from '../../src/database/data-source.js';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import { accept, decline } from '../../src/features/invitations/answering.js';
import { linkAuthor, openBook, type Book } from '../../src/features/invitations/book.js';
import { chooseInstitutions } from '../../src/features/invitations/choosing.js';
import { officeAuthor } from '../../src/features/invitations/invitations.service.js';
import { promoteAfterSeatsChanged } from '../../src/features/invitations/invitations.service.js';
import { saveQuota } from '../../src/features/quotas/quotas.service.js';
import type { TestApp } from '../support/app.js';

/** Gives an event that many seats in one stratum, two per institution at most. */
export async function makeSeats(
  app: TestApp,
  actor: OfficeActor,
  eventId: number,
  seats: number,
): Promise<void> {
  const [quota] = (await app.db.query('SELECT version FROM event_quota WHERE event_id = $1', [eventId])) as [
    { version: number },
  ];
  const wanted = {
    seats,
    seatsPerInstitution: 2,
    dimension: 'none' as const,
    capPerRegion: null,
    capPerType: null,
    offerHours: 48,
    strata: [],
    reserved: { speaker: 0, committee: 0, press: 0 },
    version: quota.version,
  };
  await saveQuota(app.deps, actor, eventId, wanted, promoteAfterSeatsChanged(app.clock, actor));
}

/** Puts institutions on the list of an event; invited at once when it is published. Ids of the invitations. */
export async function makeInvitations(
  app: TestApp,
  actor: OfficeActor,
  eventId: number,
  institutionIds: number[],
): Promise<number[]> {
  await inTransaction(app.db, async (tx) => {
    const book = await openBook(tx, app.clock, eventId, officeAuthor(actor));
    await chooseInstitutions(book, app.deps.links, institutionIds, 'draft');
  });
  const rows = (await app.db.query(
    `SELECT id FROM invitation WHERE event_id = $1 AND institution_id = ANY ($2) ORDER BY id`,
    [eventId, institutionIds],
  )) as { id: number }[];
  return rows.map(({ id }) => id);
}

const byLink = (app: TestApp, eventId: number, work: (book: Book) => Promise<unknown>) =>
  inTransaction(app.db, async (tx) => work(await openBook(tx, app.clock, eventId, linkAuthor)));

/** An institution accepts with one person, or declines. */
export const answer = (app: TestApp, eventId: number, id: number, says: 'accepts' | 'declines') =>
  byLink(app, eventId, (book) => (says === 'accepts' ? accept(book, id, 1) : decline(book, id)));
