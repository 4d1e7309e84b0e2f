import type { Tx } from '../../database/data-source.js';
import { Conflict, InvalidInput } from '../../errors.js';
import { personName, type PersonName } from '../../i18n/format.js';

/**
 * A seat can be given back, and passed on, only until its person has checked in (rules.md 14). Locks the delegates
 * first, as every check-in does: whoever comes second sees what the first did.
 * @param ids only these delegates of the invitation; all of them when left out
 * @throws Conflict naming the person who is here
 */
export async function refuseIfCheckedIn(tx: Tx, invitationId: number, ids?: number[]): Promise<void> {
  const delegates = (await tx.query(
    `SELECT id FROM delegate WHERE invitation_id = $1 AND state = 'active' AND ($2::int[] IS NULL OR id = ANY($2))
     ORDER BY id FOR NO KEY UPDATE`,
    [invitationId, ids ?? null],
  )) as { id: number }[];
  const [here] = (await tx.query(
    `SELECT d.name_before AS "nameBefore", d.name, d.name_after AS "nameAfter"
     FROM attendance a JOIN delegate d ON d.id = a.delegate_id
     WHERE a.delegate_id = ANY($1) AND a.state = 'present' LIMIT 1`,
    [delegates.map(({ id }) => id)],
  )) as PersonName[];
  if (here) throw new Conflict('attendance.seat_used', { name: personName(here) });
}

/** Invitations of an event of which somebody has checked in. */
export async function attendedInvitations(tx: Tx, eventId: number): Promise<Set<number>> {
  const rows = (await tx.query(
    `SELECT DISTINCT d.invitation_id AS id FROM attendance a JOIN delegate d ON d.id = a.delegate_id
     WHERE a.event_id = $1 AND a.state = 'present'`,
    [eventId],
  )) as { id: number }[];
  return new Set(rows.map(({ id }) => id));
}

/**
 * What was recorded stays where it was: a session with marks is neither removed nor moved to another day.
 * @throws InvalidInput at `rows` when one of these sessions has marks
 */
export async function refuseIfMarked(tx: Tx, sessionIds: number[]): Promise<void> {
  // A check-in refers to its session: this waits for those under way.
  await tx.query('SELECT id FROM event_session WHERE id = ANY($1) ORDER BY id FOR UPDATE', [sessionIds]);
  const marked = (await tx.query('SELECT 1 FROM attendance_mark WHERE session_id = ANY($1) LIMIT 1', [
    sessionIds,
  ])) as unknown[];
  if (marked.length > 0) throw InvalidInput.at('rows', 'attendance.session_used');
}
