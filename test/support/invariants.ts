import type { DataSource } from 'typeorm';
import { transitions, type Verb } from '../../src/features/invitations/invitation.machine.js';

interface InvitationRow {
  id: number;
  state: string;
  waiting: number;
  queue_number: number | null;
  wait_for_all: boolean;
  hold_until: Date | null;
  named: number;
  offered: number;
  delegates: number;
  last_state: string | null;
}

const invitationsQuery = `
  SELECT i.*, (SELECT count(*)::int FROM delegate d WHERE d.invitation_id = i.id AND d.state = 'active') AS delegates,
    (SELECT count(*)::int FROM seat s WHERE s.invitation_id = i.id AND s.delegate_id IS NOT NULL) AS named,
    (SELECT count(*)::int FROM seat s WHERE s.invitation_id = i.id AND s.delegate_id IS NULL) AS offered,
    (SELECT c.to_state FROM invitation_change c WHERE c.invitation_id = i.id ORDER BY c.id DESC LIMIT 1) AS last_state
  FROM invitation i WHERE i.event_id = $1 ORDER BY i.id`;

/** Says what is wrong with the seats of an event; nothing when the rules hold. */
export async function brokenRules(db: DataSource, eventId: number): Promise<string[]> {
  const broken: string[] = [];
  const say = (bad: boolean, text: string) => {
    if (bad) broken.push(text);
  };
  const strata = (await db.query(
    `SELECT q.key, q.seats, count(s.id)::int AS rows FROM quota_stratum q LEFT JOIN seat s ON s.stratum_id = q.id
     WHERE q.event_id = $1 GROUP BY q.id`,
    [eventId],
  )) as { key: string; seats: number; rows: number }[];
  for (const s of strata) say(s.seats !== s.rows, `stratum ${s.key}: ${s.rows} rows for ${s.seats} seats`);
  const [quota] = (await db.query('SELECT * FROM event_quota WHERE event_id = $1', [eventId])) as [
    { seats: number; cap_per_region: number | null; cap_per_type: number | null },
  ];
  say(strata.reduce((sum, s) => sum + s.seats, 0) !== quota.seats, 'strata do not add up to the quota');
  for (const [column, cap] of [
    ['region_key', quota.cap_per_region],
    ['service_key', quota.cap_per_type],
  ] as const) {
    const rows = (await db.query(
      `SELECT i.${column} AS key, count(*)::int AS used FROM seat s JOIN invitation i ON i.id = s.invitation_id
       WHERE s.event_id = $1 AND s.pool = 'quota' GROUP BY 1`,
      [eventId],
    )) as { key: string; used: number }[];
    for (const { key, used } of rows) say(cap !== null && used > cap, `cap of ${key}: ${used} of ${cap}`);
  }
  const invitations = (await db.query(invitationsQuery, [eventId])) as InvitationRow[];
  for (const i of invitations) {
    const who = `invitation ${i.id} (${i.state})`;
    say(i.delegates !== i.named, `${who}: ${i.delegates} delegates on ${i.named} seats`);
    say(i.state === 'accepted' && i.named === 0, `${who} has no seat`);
    say(i.state === 'offered' && i.offered === 0, `${who} has nothing offered`);
    say(i.state === 'reconfirm' && i.named === 0, `${who} lost its seats`);
    const mayHaveSeats = ['accepted', 'offered', 'reconfirm'].includes(i.state);
    say(!mayHaveSeats && i.named + i.offered > 0, `${who} still has seats`);
    say(
      (i.offered > 0 || i.state === 'reconfirm') !== (i.hold_until !== null),
      `${who}: hold does not fit its seats`,
    );
    say(i.last_state !== null && i.last_state !== i.state, `${who}: history ends with ${i.last_state}`);
  }
  const changes = (await db.query('SELECT * FROM invitation_change WHERE event_id = $1', [eventId])) as {
    verb: Verb;
    from_state: string;
    to_state: string;
    way: string;
  }[];
  for (const c of changes) {
    const row = transitions[c.verb] as { from: readonly string[]; to: string; by: readonly string[] };
    const known = row.from.includes(c.from_state) && row.to === c.to_state && row.by.includes(c.way);
    say(!known, `change ${c.verb} from ${c.from_state} to ${c.to_state} by ${c.way} is in no table`);
  }
  return broken;
}

/** Waiting institutions that would fit into the free seats now: nobody may be passed over. */
export async function passedOver(db: DataSource, eventId: number): Promise<number[]> {
  const rows = (await db.query(
    `SELECT i.id FROM invitation i JOIN event_quota q ON q.event_id = i.event_id
     CROSS JOIN LATERAL (SELECT
       (SELECT count(*) FROM seat s WHERE s.stratum_id = i.stratum_id AND s.state = 'free') AS free,
       (SELECT count(*) FROM seat s JOIN invitation x ON x.id = s.invitation_id
        WHERE s.event_id = $1 AND s.pool = 'quota' AND x.region_key = i.region_key) AS region,
       (SELECT count(*) FROM seat s JOIN invitation x ON x.id = s.invitation_id
        WHERE s.event_id = $1 AND s.pool = 'quota' AND x.service_key = i.service_key) AS type) u
     WHERE i.event_id = $1 AND i.waiting > 0 AND i.state IN ('waiting', 'accepted') AND i.hold_until IS NULL
       AND least(u.free, coalesce(q.cap_per_region, 100000) - u.region, coalesce(q.cap_per_type, 100000) - u.type)
         >= CASE WHEN i.wait_for_all THEN i.waiting ELSE 1 END`,
    [eventId],
  )) as { id: number }[];
  return rows.map(({ id }) => id);
}

/** Somebody in line for a seat, as they stand at one moment. */
export interface InLine {
  id: number;
  stratum: number;
  region: string;
  state: string;
  queue: number | null;
  rank: number | null;
  waiting: number;
  waitForAll: boolean;
  hold: string | null;
  seats: number;
}

/** Everybody on the list of an event, with the seats that they have. */
export const lineOf = (db: DataSource, eventId: number): Promise<InLine[]> =>
  db.query(
    `SELECT i.id, i.stratum_id AS stratum, i.region_key AS region, i.state, i.queue_number::int AS queue,
       i.reserve_rank AS rank, i.waiting, i.wait_for_all AS "waitForAll", i.hold_until::text AS hold,
       (SELECT count(*)::int FROM seat s WHERE s.invitation_id = i.id AND s.pool = 'quota') AS seats
     FROM invitation i WHERE i.event_id = $1 ORDER BY i.id`,
    [eventId],
  );

/** Who stands in front of whom: those who wait by their number, then reserves by their rank. */
function isBefore(a: InLine, b: InLine): boolean {
  if (a.waiting > 0) return b.state === 'reserve' || (b.queue ?? Infinity) > (a.queue ?? 0);
  return b.state === 'reserve' && b.rank !== null && (a.rank ?? Infinity) < b.rank;
}

const standsInLine = ({ state, waiting, hold }: InLine) =>
  (waiting > 0 && ['waiting', 'accepted'].includes(state) && hold === null) || state === 'reserve';

/**
 * Who was left standing although somebody behind them in the same stratum got a seat that would have done for them: not
 * from the code that serves, but from how the line stood before and after.
 */
export async function servedOutOfTurn(db: DataSource, eventId: number, before: InLine[]): Promise<string[]> {
  const after = new Map((await lineOf(db, eventId)).map((one) => [one.id, one]));
  const [{ cap }] = (await db.query('SELECT cap_per_region AS cap FROM event_quota WHERE event_id = $1', [
    eventId,
  ])) as [{ cap: number | null }];
  const used = (region: string) =>
    [...after.values()].reduce((sum, one) => sum + (one.region === region ? one.seats : 0), 0);
  const got = (one: InLine) => (after.get(one.id)?.seats ?? 0) - one.seats;
  const inLine = before.filter(standsInLine);
  const left = inLine.filter((one) => {
    const now = after.get(one.id);
    return now?.waiting === one.waiting && now.state === one.state && now.hold === null && got(one) === 0;
  });
  return left.flatMap((one) => {
    const need = one.waitForAll && one.waiting > 0 ? one.waiting : 1;
    const served = inLine.find((other) => {
      if (other.stratum !== one.stratum || got(other) < need || !isBefore(one, other)) return false;
      const room =
        cap === null ? Infinity : cap - used(one.region) + (other.region === one.region ? got(other) : 0);
      return room >= need;
    });
    return served ? [`${served.id} was served before ${one.id}`] : [];
  });
}

/**
 * Reserves of an event filled by selection that could have a seat now that is meant for nobody, while waves go on by
 * themselves: nobody of them may be left.
 */
export async function reservesPassedOver(db: DataSource, eventId: number, now: Date): Promise<number[]> {
  const rows = (await db.query(
    `SELECT i.id FROM invitation i JOIN event e ON e.id = i.event_id JOIN event_quota q ON q.event_id = e.id
     CROSS JOIN LATERAL (SELECT
       (SELECT count(*) FROM seat s WHERE s.stratum_id = i.stratum_id AND s.state = 'free') AS free,
       (SELECT count(*) FROM seat s JOIN invitation x ON x.id = s.invitation_id
        WHERE s.event_id = $1 AND s.pool = 'quota' AND x.region_key = i.region_key) AS region,
       (SELECT coalesce(sum(greatest(1, d.demand)), 0) FROM invitation d
        WHERE d.stratum_id = i.stratum_id AND d.state = 'draft') AS meant) u
     WHERE i.event_id = $1 AND i.state = 'reserve' AND e.filling = 'selection' AND e.state = 'published'
       AND NOT q.waves_paused AND e.answer_by >= $2 AND u.free > u.meant
       AND coalesce(q.cap_per_region, 100000) > u.region`,
    [eventId, now],
  )) as { id: number }[];
  return rows.map(({ id }) => id);
}
