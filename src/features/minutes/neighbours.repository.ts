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

/** A line of the table of follow-ups (RTL). */
export interface ActionLine {
  problem: string;
  title: string;
  owner: string;
  involved: string;
  /** A date, or null. */
  dueOn: string | null;
  word: string;
  /** How many proofs were handed in. */
  evidence: number;
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

/** The three words of domain.md for the states of a promise. */
const word = `CASE WHEN a.state IN ('open', 'deferred') THEN 'Belum' WHEN a.state = 'verified' THEN 'Selesai' ELSE 'Proses' END`;

const actionColumns = `a.problem, a.title, coalesce(u.name, n.name, o.name) AS owner, a.involved, a.due_on AS "dueOn",
  ${word} AS word, (SELECT count(*)::int FROM action_note x WHERE x.action_id = a.id
    AND (x.stored_file_id IS NOT NULL OR x.url <> '')) AS evidence`;

const actionTables = `action_item a JOIN action_owner o ON o.id = a.owner_id
  LEFT JOIN app_user u ON u.id = o.user_id LEFT JOIN institution n ON n.id = o.institution_id`;

/** What was promised at the event. */
export const actionsOf = (tx: Tx, eventId: number): Promise<ActionLine[]> =>
  tx.query(
    `SELECT ${actionColumns} FROM ${actionTables} WHERE a.event_id = $1 AND a.state <> 'dropped' ORDER BY a.id`,
    [eventId],
  );

/** What earlier events of the series left open and this one asks about, with how often it was carried. */
export const carriedActionsOf = (tx: Tx, eventId: number): Promise<(ActionLine & { carried: number })[]> =>
  tx.query(
    `SELECT ${actionColumns}, (SELECT count(*)::int FROM action_carry y WHERE y.action_id = a.id) AS carried
     FROM ${actionTables} JOIN action_carry c ON c.action_id = a.id AND c.event_id = $1
     ORDER BY a.due_on NULLS LAST, a.id`,
    [eventId],
  );

/** Open promises of earlier events of the series come up again at this one; sent twice harmless. */
export async function carryActions(tx: Tx, eventId: number, now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO action_carry (action_id, event_id, at)
     SELECT a.id, e.id, $2 FROM event e JOIN action_item a ON a.series_id = e.series_id
     WHERE e.id = $1 AND a.closed_at IS NULL AND a.event_id IS DISTINCT FROM e.id
       AND (a.event_id IS NULL OR EXISTS (SELECT 1 FROM event x WHERE x.id = a.event_id AND x.starts_at < e.starts_at))
     ON CONFLICT DO NOTHING`,
    [eventId, now],
  );
}

/** Thumbnails of an event, in the order of its album. */
export const photosOf = (tx: Tx, eventId: number): Promise<{ sha256: string; caption: string }[]> =>
  tx.query(
    `SELECT f.sha256, p.caption FROM photo p JOIN stored_file f ON f.id = p.thumbnail_file_id
     WHERE p.event_id = $1 ORDER BY p.position, p.id LIMIT 12`,
    [eventId],
  );
