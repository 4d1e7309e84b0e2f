import type { DataSource } from 'typeorm';
import type { Tx } from '../../database/data-source.js';
import { NotFound } from '../../errors.js';
import type { RegisteredCandidate } from './candidates.service.js';
import type { Method, Reach } from './compare.js';
import type { Ranked, Selection, StratumResult } from './select.js';
import { readSettings, type SelectionSettings } from './selection.schema.js';

type Reader = Pick<DataSource, 'query'>;

/** A comparison as it is kept: counts by stratum in an object. */
export type KeptReach = Omit<Reach, 'strata' | 'method'> & { method: Method; strata: Record<string, number> };

export interface RunFacts {
  settings: SelectionSettings;
  seedChanges: number;
  asOf: string;
  strata: StratumResult[];
  comparison: KeptReach[];
  unfilled: number;
  sha256: string;
  selection: Selection<RegisteredCandidate>;
}

export interface SelectionRun extends Omit<RunFacts, 'selection'> {
  id: number;
  number: number;
  decidedByName: string;
  decidedAt: Date;
}

export type Outcome = 'chosen' | 'reserve' | 'excluded';
/** Where an institution is now: on the list to be invited, among the reserves, or on neither. */
export type Standing = 'chosen' | 'reserve' | 'out';

/** What was known of an institution when it was selected; words for it are found when it is shown. */
export type EntryFacts = Omit<RegisteredCandidate, 'id'> &
  Pick<Ranked, 'isMust' | 'draw' | 'byDraw' | 'fullCap'>;

export interface SelectionEntry {
  institutionId: number;
  outcome: Outcome;
  stratum: string;
  rank: number | null;
  facts: EntryFacts;
}

const factsOf = ({ candidate, isMust, draw, byDraw, fullCap }: Ranked<RegisteredCandidate>): EntryFacts => {
  const { id: _id, ...known } = candidate;
  return { ...known, isMust, draw, byDraw, fullCap };
};

/** A selection as entries, in its order. */
export function entriesOf({ chosen, reserves, excluded }: Selection<RegisteredCandidate>): SelectionEntry[] {
  const ranked = (outcome: Outcome) => (one: Ranked<RegisteredCandidate>) => ({
    institutionId: one.candidate.id,
    outcome,
    stratum: one.stratum,
    rank: one.rank,
    facts: factsOf(one),
  });
  const none = { isMust: false, draw: '', byDraw: false, fullCap: null };
  return [
    ...chosen.map(ranked('chosen')),
    ...reserves.map(ranked('reserve')),
    ...excluded.map((candidate) => ({
      institutionId: candidate.id,
      outcome: 'excluded' as const,
      stratum: '',
      rank: null,
      facts: factsOf({ candidate, stratum: '', rank: 0, ...none }),
    })),
  ];
}

/** Keeps a run with everything that led to it. The caller has the event's quota locked. */
export async function writeRun(
  tx: Tx,
  eventId: number,
  { settings, seedChanges, asOf, strata, comparison, unfilled, sha256, selection }: RunFacts,
  { decidedBy, decidedAt }: { decidedBy: number; decidedAt: Date },
): Promise<{ id: number; number: number }> {
  const json = [settings, strata, comparison].map((value) => JSON.stringify(value));
  const [run] = (await tx.query(
    `INSERT INTO selection_run (event_id, number, settings, strata, comparison, seed_changes, as_of, unfilled, sha256,
       decided_by, decided_at)
     SELECT $1, 1 + coalesce(max(number), 0), $2, $3, $4, $5, $6, $7, $8, $9, $10
     FROM selection_run WHERE event_id = $1 RETURNING id, number`,
    [eventId, ...json, seedChanges, asOf, unfilled, sha256, decidedBy, decidedAt],
  )) as [{ id: number; number: number }];
  await tx.query(
    `INSERT INTO selection_entry (run_id, institution_id, outcome, stratum, rank, facts)
     SELECT $1, e."institutionId", e.outcome, e.stratum, e.rank, e.facts
     FROM jsonb_to_recordset($2) AS e ("institutionId" integer, outcome text, stratum text, rank integer, facts jsonb)`,
    [run.id, JSON.stringify(entriesOf(selection))],
  );
  return run;
}

const runColumns = `r.id, r.number, r.settings, r.strata, r.comparison, r.seed_changes AS "seedChanges",
  r.as_of::text AS "asOf", r.unfilled, r.sha256, u.name AS "decidedByName", r.decided_at AS "decidedAt"`;

/** The runs of an event, the last one first. */
export async function runsOf(db: Reader, eventId: number): Promise<SelectionRun[]> {
  const rows = (await db.query(
    `SELECT ${runColumns} FROM selection_run r JOIN app_user u ON u.id = r.decided_by
     WHERE r.event_id = $1 ORDER BY r.number DESC LIMIT 50`,
    [eventId],
  )) as SelectionRun[];
  return rows.map((row) => ({ ...row, settings: readSettings(row.settings) }));
}

/** A run of this event. @throws NotFound */
export async function findRun(db: Reader, eventId: number, id: number): Promise<SelectionRun> {
  const [run] = (await db.query(
    `SELECT ${runColumns} FROM selection_run r JOIN app_user u ON u.id = r.decided_by
     WHERE r.event_id = $1 AND r.id = $2`,
    [eventId, id],
  )) as SelectionRun[];
  if (!run) throw new NotFound();
  return { ...run, settings: readSettings(run.settings) };
}

/** The entries of a run in its order, with what became of the invitation since. */
export async function entriesOfRun(
  db: Reader,
  eventId: number,
  runId: number,
): Promise<(SelectionEntry & { invitationId: number | null; state: string | null })[]> {
  return db.query(
    `SELECT e.institution_id AS "institutionId", e.outcome, e.stratum, e.rank, e.facts, v.id AS "invitationId", v.state
     FROM selection_entry e LEFT JOIN invitation v ON v.event_id = $1 AND v.institution_id = e.institution_id
     WHERE e.run_id = $2 ORDER BY e.outcome, e.stratum, e.rank, e.institution_id`,
    [eventId, runId],
  );
}

/** Whether the event's list holds whom the run chose, and its reserves, and nobody else. */
export async function listIsAsDecided(db: Reader, eventId: number, runId: number): Promise<boolean> {
  const different = (await db.query(
    `SELECT 1 FROM (SELECT institution_id, CASE outcome WHEN 'chosen' THEN 'draft' ELSE outcome END AS state
         FROM selection_entry WHERE run_id = $2 AND outcome <> 'excluded') e
     FULL JOIN (SELECT institution_id, state FROM invitation WHERE event_id = $1) v USING (institution_id)
     WHERE e.state IS DISTINCT FROM v.state LIMIT 1`,
    [eventId, runId],
  )) as unknown[];
  return different.length === 0;
}

export interface ManualChange {
  institutionId: number;
  name: string;
  from: Standing;
  to: Standing;
  reason: string;
  userName: string;
  at: Date;
}

/**
 * What a person changed after the run, in the order in which it happened: on the list before anybody was told, and
 * seats that were offered to a reserve out of turn.
 */
export async function changesOf(db: Reader, runId: number): Promise<ManualChange[]> {
  return db.query(
    `SELECT x.institution_id AS "institutionId", i.name, x."from", x."to", x.reason, u.name AS "userName", x.at
     FROM (
       SELECT c.institution_id, c.from_outcome AS "from", c.to_outcome AS "to", c.reason, c.user_id, c.at
       FROM selection_change c WHERE c.run_id = $1
       UNION ALL
       SELECT v.institution_id, 'reserve', 'chosen', h.reason, h.user_id, h.at
       FROM selection_run r JOIN invitation v ON v.event_id = r.event_id
       JOIN invitation_change h ON h.invitation_id = v.id AND h.at >= r.decided_at
       WHERE r.id = $1 AND h.verb = 'offer' AND h.from_state = 'reserve' AND h.way = 'office' AND h.reason <> ''
     ) x JOIN institution i ON i.id = x.institution_id JOIN app_user u ON u.id = x.user_id
     ORDER BY x.at, x.institution_id`,
    [runId],
  );
}

export async function writeChange(
  tx: Tx,
  runId: number,
  change: Pick<ManualChange, 'institutionId' | 'from' | 'to' | 'reason' | 'at'> & { userId: number },
): Promise<void> {
  const { institutionId, from, to, reason, userId, at } = change;
  await tx.query(
    `INSERT INTO selection_change (run_id, institution_id, from_outcome, to_outcome, reason, user_id, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [runId, institutionId, from, to, reason, userId, at],
  );
}
