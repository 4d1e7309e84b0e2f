import type { OfficeActor } from '../../features/accounts/permissions.js';
import { noteVisit } from '../../features/answers/answers.repository.js';
import { advanceEvents, publishEvent } from '../../features/events/publication.service.js';
import { accept, decline, type Shortage } from '../../features/invitations/answering.js';
import { linkAuthor, withBook } from '../../features/invitations/book.js';
import { chooseInstitutions } from '../../features/invitations/choosing.js';
import { markSent } from '../../features/invitations/invitations.repository.js';
import { officeAuthor } from '../../features/invitations/invitations.service.js';
import { settleDue } from '../../features/invitations/settle.js';
import type { Stage } from './stage.js';

export interface Invited {
  id: number;
  service: string;
}

/** An event whose invitations are out, and its office. */
export interface Reception {
  stage: Stage;
  actor: OfficeActor;
  eventId: number;
}

/** Institutions of an office, by name. */
export async function institutionIds(
  { tx }: Stage,
  actor: OfficeActor,
  condition = 'true',
): Promise<number[]> {
  const rows = (await tx.query(
    `SELECT i.id FROM institution i WHERE i.managing_office_id = $1 AND ${condition} ORDER BY i.name, i.id`,
    [actor.office.id],
  )) as { id: number }[];
  return rows.map(({ id }) => id);
}

export async function choose({ stage, actor, eventId }: Reception, ids: number[]): Promise<void> {
  const { deps } = stage;
  await withBook(deps, eventId, officeAuthor(actor), (book) =>
    chooseInstitutions(book, deps.links, ids, 'draft'),
  );
}

/** Publishes, and passes the links on one by one; `unsent` are still to do. */
export async function publishAndSend(reception: Reception, unsent = 0): Promise<Invited[]> {
  const { stage, actor, eventId } = reception;
  const { deps, clock, tx } = stage;
  await publishEvent(deps, actor, eventId);
  const invited = (await tx.query(
    `SELECT id, service_key AS service FROM invitation WHERE event_id = $1 AND state = 'open' ORDER BY id`,
    [eventId],
  )) as Invited[];
  for (const { id } of invited.slice(0, invited.length - unsent)) {
    clock.pass(2, actor.office.zone);
    await markSent(deps.db, id, actor.userId, clock.now());
  }
  return invited;
}

/** Looks at its page, and answers by its link a few minutes later. */
export async function answers(
  { stage, actor, eventId }: Reception,
  id: number,
  says: 'look' | 'decline' | { seats: number; shortage?: Shortage },
): Promise<void> {
  const { deps, clock, dice } = stage;
  await noteVisit(deps.db, id, clock.now());
  if (says === 'look') return;
  clock.pass(dice.between(1, 6), actor.office.zone);
  await withBook(deps, eventId, linkAuthor, (book) =>
    says === 'decline' ? decline(book, id) : accept(book, id, says.seats, says.shortage),
  );
}

/** Passes on whatever has been written for institutions and not yet been sent. */
export async function sendQueued({ stage, actor, eventId }: Reception): Promise<void> {
  const { deps, clock, tx } = stage;
  const rows = (await tx.query(
    `SELECT DISTINCT invitation_id AS id FROM message WHERE event_id = $1 AND state = 'queued' ORDER BY id`,
    [eventId],
  )) as { id: number }[];
  for (const { id } of rows) await markSent(deps.db, id, actor.userId, clock.now());
}

/** What the clock does by itself at a time. */
export async function letTimePass({ clock, deps }: Stage, at: Date): Promise<void> {
  clock.moveTo(at);
  await settleDue(deps);
  await advanceEvents(deps);
}

/** The event's days come and go; `atTheDoor` is what happens there. */
export async function holdEvent(
  { stage, actor, eventId }: Reception,
  atTheDoor: (until: Date) => Promise<void>,
): Promise<void> {
  const [event] = (await stage.tx.query(
    `SELECT starts_at AS "startsAt", ends_at AS "endsAt" FROM event WHERE id = $1 AND office_id = $2`,
    [eventId, actor.office.id],
  )) as [{ startsAt: Date; endsAt: Date }];
  await letTimePass(stage, event.startsAt);
  await atTheDoor(event.endsAt);
  await letTimePass(stage, event.endsAt);
}
