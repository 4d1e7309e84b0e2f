import type { Tx } from '../../database/data-source.js';

/** Somebody who came to at least one session. */
export interface Attendee {
  name: string;
  position: string;
  origin: string;
}

export interface Counts {
  people: number;
  institutions: number;
}

/** People and institutions that came, counted apart (rules.md 1). */
export async function attendanceCounts(tx: Tx, eventId: number): Promise<Counts> {
  const [row] = (await tx.query(
    `SELECT (count(DISTINCT a.delegate_id) + count(DISTINCT a.guest_id))::int AS people,
       count(DISTINCT i.institution_id)::int AS institutions
     FROM attendance a LEFT JOIN delegate d ON d.id = a.delegate_id
     LEFT JOIN invitation i ON i.id = d.invitation_id
     WHERE a.event_id = $1 AND a.state = 'present'`,
    [eventId],
  )) as [Counts];
  return row;
}

/** Who came, institution by institution, guests last. Sex and phones stay where they are: papers go round. */
export const attendees = (tx: Tx, eventId: number): Promise<Attendee[]> =>
  tx.query(
    `SELECT concat_ws(', ', concat_ws(' ', nullif(p.name_before, ''), nullif(p.name, '')), nullif(p.name_after, ''))
         AS name, p.position, p.origin
     FROM (
       SELECT DISTINCT d.id, 0 AS rank, d.name_before, d.name, d.name_after, d.position, n.name AS origin
       FROM attendance a JOIN delegate d ON d.id = a.delegate_id JOIN invitation i ON i.id = d.invitation_id
       JOIN institution n ON n.id = i.institution_id WHERE a.event_id = $1 AND a.state = 'present'
       UNION ALL
       SELECT DISTINCT g.id, 1, g.name_before, g.name, g.name_after, g.position, g.origin
       FROM attendance a JOIN guest g ON g.id = a.guest_id WHERE a.event_id = $1 AND a.state = 'present') p
     ORDER BY p.rank, p.origin, p.name, p.id`,
    [eventId],
  );
