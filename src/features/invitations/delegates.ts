import { runPrepared } from '../../database/data-source.js';
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
  ORDER BY n.place RETURNING id`;

/**
 * Makes so many delegates and seats them, in one statement; the caller has counted the seats under the lock. The
 * number stands in the statement: a plan for any number would expect a thousand, and never be kept.
 */
export async function seatDelegates(
  { tx, quota }: Book,
  invitation: Invitation,
  count: number,
  on: PlaceToSit = 'free',
): Promise<void> {
  const values = [quota.eventId, invitation.id, invitation.institutionId];
  if (on === 'free') values.push(invitation.stratumId);
  const text = seatMade(makeDelegates(count), on, count);
  const seated = await runPrepared(tx, `seat_delegates_${on}_${count}`, text, values);
  mustMatch(seated.length, count);
}

/** Ends the delegates of an invitation (or some of them): their own links say so from now on. */
export async function endDelegates({ tx, now }: Book, invitation: Invitation, ids?: number[]): Promise<void> {
  await tx.query(
    `UPDATE delegate SET state = 'released', ended_at = $2
     WHERE invitation_id = $1 AND state = 'active' AND ($3::int[] IS NULL OR id = ANY($3))`,
    [invitation.id, now, ids ?? null],
  );
}
