import { runPrepared } from '../../database/data-source.js';
import { confirmationsOf, queueForDelegates } from '../messages/outbox.js';
import { mustMatch, seatMade, type PlaceToSit } from '../quotas/seats.js';
import type { Book } from './book.js';
import type { Invitation } from './invitation.entity.js';

/**
 * One delegate for each seat. Known representatives are filled in, the leader first; whoever is already a delegate
 * of this invitation is not named twice; the rest stays "nama menyusul" (rules.md 7).
 */
const makeDelegates = (count: number) => `
  INSERT INTO delegate (event_id, invitation_id, representative_id, name_before, name, name_after, sex, position,
    phone, email)
  SELECT $1, $2, k.id, coalesce(k.name_before, ''), coalesce(k.name, ''), coalesce(k.name_after, ''), k.sex,
    coalesce(k.position, ''), k.phone, k.email
  FROM generate_series(1, ${count}) AS n (place) LEFT JOIN (
    SELECT r.*, row_number() OVER (ORDER BY r.is_leader DESC, r.sort, r.id) AS place
    FROM representative r
    WHERE r.institution_id = $3 AND r.ended_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM delegate d
      WHERE d.invitation_id = $2 AND d.representative_id = r.id AND d.state = 'active')
  ) k USING (place)
  ORDER BY n.place RETURNING id, email`;

/**
 * Makes so many delegates and seats them, in one statement, and confirms it to those with an e-mail address; the
 * caller has counted the seats under the lock. The number stands in the statement: a plan for any number would expect a thousand, and never be kept.
 */
export async function seatDelegates(
  { tx, quota, now }: Book,
  invitation: Invitation,
  count: number,
  on: PlaceToSit = 'free',
): Promise<void> {
  const values: unknown[] = [quota.eventId, invitation.id, invitation.institutionId, now];
  if (on === 'free') values.push(invitation.stratumId);
  const text = seatMade(makeDelegates(count), confirmationsOf('made'), on, count);
  const seated = await runPrepared(tx, `seat_delegates_${on}_${count}`, text, values);
  mustMatch(seated.length, count);
}

/**
 * Ends the delegates of an invitation (or some of them): their own links say so from now on, and who was told by
 * e-mail that a seat is theirs is told that it is no longer.
 */
export async function endDelegates(
  book: Book,
  invitation: Invitation,
  ids?: number[],
  purpose: 'released' | 'revocation' = 'released',
): Promise<void> {
  const [ended] = (await book.tx.query(
    `UPDATE delegate SET state = 'released', ended_at = $2
     WHERE invitation_id = $1 AND state = 'active' AND ($3::int[] IS NULL OR id = ANY($3))
     RETURNING id, email IS NOT NULL AS "hasEmail"`,
    [invitation.id, book.now, ids ?? null],
  )) as [{ id: number; hasEmail: boolean }[], number];
  const reachable = ended.filter(({ hasEmail }) => hasEmail).map(({ id }) => id);
  await tellDelegates(book, purpose, 'ended', reachable);
}

/**
 * Tells delegates by e-mail what became of their seat.
 * @param cause as for every message: the same one never writes two
 * @param onlyTold leaves out who was never told that there was one
 */
export const tellDelegates = (
  { tx, quota, now }: Book,
  purpose: 'confirmation' | 'released' | 'revocation',
  cause: string,
  ids: number[],
  onlyTold = true,
): Promise<void> =>
  queueForDelegates(
    tx,
    { officeId: quota.officeId, eventId: quota.eventId, purpose, cause, now },
    ids,
    onlyTold,
  );

/** The delegates of an invitation come in spite of the change: their calendars say so again. */
export async function confirmAgain(book: Book, invitation: Invitation): Promise<void> {
  const rows = (await book.tx.query(
    `SELECT id FROM delegate WHERE invitation_id = $1 AND state = 'active' AND email IS NOT NULL`,
    [invitation.id],
  )) as { id: number }[];
  const ids = rows.map(({ id }) => id);
  await tellDelegates(book, 'confirmation', `again${book.now.getTime()}`, ids, false);
}
