import type { Tx } from '../../database/data-source.js';
import { Conflict, InvalidInput, NotFound } from '../../errors.js';
import { recordAudit } from '../audit/audit.service.js';
import { generalKey, otherKey } from '../quotas/quota-stratum.entity.js';
import { isActive } from './active.js';
import { readInvitation, type Book } from './book.js';
import { Invitation } from './invitation.entity.js';
import { openDrafts } from './invitations.service.js';
import { answersAreOpen } from './offers.js';
import type { LinkKeys } from '../../links/tokens.js';

/** Chosen to come, or a reserve for when a seat becomes free (events filled by selection). */
export type ChosenAs = 'draft' | 'reserve';

/**
 * Adds institutions to the list of an event; who is on it already stays as they are. In a published first-come
 * event they are invited at once.
 * @param ids institutions that the caller has found through the actor's office
 * @returns how many were added
 */
export async function chooseInstitutions(
  book: Book,
  links: LinkKeys,
  ids: number[],
  as: ChosenAs,
): Promise<number> {
  const { quota } = book;
  if (['finished', 'cancelled'].includes(quota.eventState)) throw new Conflict('invitation.event_over');
  const added = await putOnList(book, links, ids, as);
  // After answer-by they stay chosen: an invitation that nobody can answer would lapse at once.
  if (quota.filling === 'first_come' && answersAreOpen(book)) await openDrafts(book);
  return added;
}

/** What a selection has decided beside who is on the list. */
export interface Selected {
  /** Seats that each is meant to have. */
  demand: number;
  /** Places among the reserves, one for each id. */
  ranks?: number[];
}

/** Writes the invitations of institutions that have none, with their codes. @returns how many */
export async function putOnList(
  book: Book,
  links: LinkKeys,
  ids: number[],
  as: ChosenAs,
  selected?: Selected,
): Promise<number> {
  const { tx, quota } = book;
  const added = (await tx.query(
    `INSERT INTO invitation (event_id, institution_id, state, stratum_id, region_key, service_key, demand, reserve_rank)
     SELECT $1, i.id, $3, coalesce(own.id, other.id), i.region_code, main.service_type, $7, wanted.rank
     FROM unnest($2::int[], $8::int[]) AS wanted (id, rank)
     JOIN institution i ON i.id = wanted.id
     JOIN institution_service main ON main.institution_id = i.id AND main.position = 1
     LEFT JOIN quota_stratum own ON own.event_id = $1 AND own.key =
       CASE $4::text WHEN 'service' THEN main.service_type WHEN 'region' THEN i.region_code ELSE $5 END
     LEFT JOIN quota_stratum other ON other.event_id = $1 AND other.key = $6
     WHERE i.archived_at IS NULL
     ORDER BY i.name, i.id
     ON CONFLICT (event_id, institution_id) DO NOTHING
     RETURNING id`,
    [
      quota.eventId,
      ids,
      as,
      quota.dimension,
      generalKey,
      otherKey,
      selected?.demand ?? (as === 'draft' ? quota.seatsPerInstitution : 1),
      selected?.ranks ?? ids.map(() => null),
    ],
  )) as { id: number }[];
  // Who was on the list already stays as they are: nothing happened that the log could tell.
  if (added.length === 0) return 0;
  await writeCodes(book, links, added);
  await recordAudit(
    tx,
    { officeId: quota.officeId, ...book.author },
    {
      action: 'invitation.choose',
      subject: ['event', quota.eventId],
      detail: { added: added.length, as },
    },
  );
  return added.length;
}

/** The codes on paper, findable by their hash. */
async function writeCodes({ tx }: Book, links: LinkKeys, invitations: { id: number }[]): Promise<void> {
  const ids = invitations.map(({ id }) => id);
  const hashes = ids.map((id) => links.codeHash(links.code(id, 1)));
  await tx.query(
    `UPDATE invitation i SET code_hash = c.hash FROM unnest($1::int[], $2::text[]) AS c (id, hash) WHERE i.id = c.id`,
    [ids, hashes],
  );
}

/** Nobody on the list was told anything yet: it can be made anew. */
export async function listIsUntouched(tx: Tx, eventId: number): Promise<boolean> {
  const told = (await tx.query(
    `SELECT 1 FROM invitation i WHERE i.event_id = $1 AND (i.state NOT IN ('draft', 'reserve')
       OR EXISTS (SELECT 1 FROM invitation_change c WHERE c.invitation_id = i.id)) LIMIT 1`,
    [eventId],
  )) as unknown[];
  return told.length === 0;
}

/** Who of a list of which nobody was told anything would be on it no longer, by name. @param kept ids of institutions */
export async function fallingOff(tx: Tx, eventId: number, kept: number[]): Promise<string[]> {
  const rows = (await tx.query(
    `SELECT l.name FROM invitation i JOIN institution l ON l.id = i.institution_id
     WHERE i.event_id = $1 AND i.state IN ('draft', 'reserve') AND i.institution_id <> ALL ($2) ORDER BY l.name`,
    [eventId, kept],
  )) as { name: string }[];
  return rows.map(({ name }) => name);
}

/** Empties a list of which nobody was told anything, so that another takes its place. */
export async function replaceList({ tx, quota }: Book): Promise<void> {
  await tx.query(`DELETE FROM invitation WHERE event_id = $1 AND state IN ('draft', 'reserve')`, [
    quota.eventId,
  ]);
}

/** Where an institution stands before it was told anything; `told` once it was. */
export async function standingOnList(
  { tx, quota }: Book,
  institutionId: number,
): Promise<'chosen' | 'reserve' | 'out' | 'told'> {
  const [row] = (await tx.query(
    `SELECT i.state, EXISTS (SELECT 1 FROM invitation_change c WHERE c.invitation_id = i.id) AS told
     FROM invitation i WHERE i.event_id = $1 AND i.institution_id = $2`,
    [quota.eventId, institutionId],
  )) as { state: string; told: boolean }[];
  if (!row) return 'out';
  if (row.told) return 'told';
  return row.state === 'draft' ? 'chosen' : row.state === 'reserve' ? 'reserve' : 'told';
}

/**
 * Puts an institution that was told nothing yet among the chosen, or among the reserves at a place.
 * @returns its invitation
 * @throws InvalidInput at `to` when the seats of its stratum are meant for others already
 */
export async function placeOnList(
  book: Book,
  links: LinkKeys,
  institutionId: number,
  as: 'chosen' | 'reserve',
  { demand, rank }: { demand: number; rank: number | null },
): Promise<number> {
  const { tx, quota } = book;
  await putOnList(book, links, [institutionId], 'reserve', { demand });
  await tx.query(
    `UPDATE invitation i SET state = $3, demand = $4, reserve_rank = CASE $3 WHEN 'draft' THEN NULL ELSE coalesce($5,
       (SELECT 1 + coalesce(max(o.reserve_rank), 0) FROM invitation o WHERE o.event_id = $1)) END
     WHERE i.event_id = $1 AND i.institution_id = $2`,
    [quota.eventId, institutionId, as === 'chosen' ? 'draft' : 'reserve', demand, rank],
  );
  const [stratum] = (await tx.query(
    `SELECT i.id, q.seats, (SELECT count(*)::int FROM seat s WHERE s.stratum_id = q.id AND s.state <> 'free')
       + (SELECT coalesce(sum(d.demand), 0)::int FROM invitation d
       WHERE d.stratum_id = q.id AND d.state = 'draft' AND ${isActive('d')}) AS meant
     FROM invitation i JOIN quota_stratum q ON q.id = i.stratum_id WHERE i.event_id = $1 AND i.institution_id = $2`,
    [quota.eventId, institutionId],
  )) as [{ id: number; seats: number; meant: number } | undefined];
  if (!stratum) throw new NotFound();
  if (as === 'chosen' && stratum.meant > stratum.seats)
    throw InvalidInput.at('to', 'selection.error.no_seat', { seats: stratum.seats });
  return stratum.id;
}

/** Takes an institution off the list that was told nothing yet. */
export const dropFromList = ({ tx, quota }: Book, institutionId: number): Promise<unknown> =>
  tx.query(
    `DELETE FROM invitation WHERE event_id = $1 AND institution_id = $2 AND state IN ('draft', 'reserve')`,
    [quota.eventId, institutionId],
  );

/** Takes institutions off the list that were never invited. */
export async function removeChosen({ tx, quota, author }: Book, ids: number[]): Promise<void> {
  const [, removed] = (await tx.query(
    `DELETE FROM invitation WHERE event_id = $1 AND id = ANY($2) AND state IN ('draft', 'reserve')
       AND NOT EXISTS (SELECT 1 FROM invitation_change c WHERE c.invitation_id = invitation.id)`,
    [quota.eventId, ids],
  )) as [unknown, number];
  await recordAudit(
    tx,
    { officeId: quota.officeId, ...author },
    { action: 'invitation.remove', subject: ['event', quota.eventId], detail: { removed } },
  );
}

/**
 * A new address and a new code; every earlier letter and message stops working (rules.md 23).
 * @throws NotFound for an invitation of another event
 */
export async function renewLink(book: Book, links: LinkKeys, id: number): Promise<void> {
  const { tx, quota, author } = book;
  const version = (await readInvitation(book, id)).tokenVersion + 1;
  const codeHash = links.codeHash(links.code(id, version));
  await tx.update(Invitation, { id }, { tokenVersion: version, codeHash });
  await recordAudit(
    tx,
    { officeId: quota.officeId, ...author },
    { action: 'invitation.renew_link', subject: ['invitation', id], fields: ['token_version'] },
  );
}
