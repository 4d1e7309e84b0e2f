import type { DataSource } from 'typeorm';
import { publishedCalendar } from '../../calendar/ics.js';
import { inTransaction, type Tx } from '../../database/data-source.js';
import type { LinkKeys, LinkPurpose } from '../../links/tokens.js';
import { translators } from '../../texts.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { entriesOf } from '../events/events.calendar.js';
import { lockManaged } from '../institutions/institutions.service.js';
import {
  findInstitutionFeed,
  findOfficeFeed,
  raiseFeedVersion,
  tagOf,
  type FeedEvent,
  type FeedOwner,
} from './feeds.repository.js';

export type FeedPurpose = Extract<LinkPurpose, 'officeFeed' | 'institutionFeed'>;

/** Programs ask again about every so often; changes that matter go out by message besides. */
const everySeconds = 6 * 3600;

const letterOf: Record<FeedPurpose, string> = { officeFeed: 'o', institutionFeed: 'i' };

/** The secret address of a calendar. @param base public address of the program */
export const feedAddress = (
  links: LinkKeys,
  base: string,
  purpose: FeedPurpose,
  id: number,
  version: number,
) => `${base}/c/${letterOf[purpose]}/${links.token(purpose, id, version)}.ics`;

/** The address of the actor's own office. */
export async function officeFeedAddress(
  { db, links }: { db: DataSource; links: LinkKeys },
  base: string,
  actor: OfficeActor,
): Promise<string> {
  const owner = await findOfficeFeed(db, actor.office.id);
  return feedAddress(links, base, 'officeFeed', actor.office.id, owner?.tokenVersion ?? 0);
}

/** The address of an institution that the caller has found. */
export async function institutionFeedAddress(
  { db, links }: { db: DataSource; links: LinkKeys },
  base: string,
  id: number,
): Promise<string> {
  const owner = await findInstitutionFeed(db, id);
  return feedAddress(links, base, 'institutionFeed', id, owner?.tokenVersion ?? 0);
}

/**
 * A calendar to subscribe to, in Indonesian whatever the asking program says. It names no person and no phone, and
 * opens nothing: an answer needs the link of its invitation.
 * @param base public address; the entries of an office lead to its events, which need a sign-in
 */
export function feedCalendar(
  owner: FeedOwner,
  events: readonly FeedEvent[],
  base: string,
  now: Date,
): { tag: string; text: () => string } {
  const t = translators.id;
  const entries = () =>
    events.flatMap((event) => {
      const sessions = event.sessions.map(({ dayId, startsAt, endsAt }) => ({
        dayId,
        startsAt: new Date(startsAt),
        endsAt: endsAt === null ? null : new Date(endsAt),
      }));
      return entriesOf({ ...event, notes: '' }, sessions, {
        t,
        installation: owner.installation,
        url: event.answer === null ? `${base}/events/${event.id}` : '',
        status: event.answer === null || event.answer === 'accepted' ? 'confirmed' : 'tentative',
        organizer: { name: event.office, email: event.officeEmail },
      });
    });
  return {
    tag: tagOf(owner, events),
    text: () => publishedCalendar({ name: owner.name, everySeconds, stamp: now, entries: entries() }),
  };
}

/** Makes the address of the office's calendar void, and another one good. */
export const renewOfficeFeed = (db: DataSource, actor: OfficeActor): Promise<void> =>
  inTransaction(db, async (tx) => {
    await raiseFeedVersion(tx, 'office', actor.office.id);
    await recordAudit(tx, byActor(actor), {
      action: 'office.feed_renewed',
      subject: ['office', actor.office.id],
    });
  });

/** The same for an institution, by the office that manages it. @throws NotFound, Forbidden for others */
export const renewInstitutionFeed = (db: DataSource, actor: OfficeActor, id: number): Promise<void> =>
  inTransaction(db, async (tx) => {
    await lockManaged(tx, actor, id);
    await raiseFeedVersion(tx, 'institution', id);
    await recordAudit(tx, byActor(actor), {
      action: 'institution.feed_renewed',
      subject: ['institution', id],
    });
  });

/** The same by the institution itself, in the transaction that the link of an invitation opened. */
export async function renewFeedByLink(
  tx: Tx,
  { institutionId, officeId }: { institutionId: number; officeId: number },
): Promise<void> {
  await raiseFeedVersion(tx, 'institution', institutionId);
  await recordAudit(
    tx,
    { officeId, userId: null, way: 'link' },
    { action: 'institution.feed_renewed', subject: ['institution', institutionId] },
  );
}
