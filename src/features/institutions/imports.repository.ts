import type { EntityManager } from 'typeorm';
import type { TableRow } from '../../spreadsheets/read-table.js';
import { NotFound } from '../../errors.js';
import type { ImportActor, RegistryOffice } from './imports.actor.js';
import { currentAccreditation, Bindings, visibleInstitutions } from './institutions.filter.js';
import type { ImportColumn } from './imports.columns.js';
import type { Compared, Decision, JudgedLine, Matched, Outcome } from './imports.matching.js';
import type { ReadLine } from './imports.rows.js';
import { factSelection } from './institution.facts.js';
import type { Reader } from './institutions.repository.js';

export interface ImportBatch {
  id: number;
  fileName: string;
  columns: ImportColumn[];
  dataFrom: number;
  defaultRegion: string | null;
  state: 'preview' | 'applying' | 'applied' | 'failed';
  added: number;
  changed: number;
  proposed: number;
  /** Key of the text that says why it was not carried out when it was confirmed last. */
  failure: string | null;
  createdAt: Date;
  appliedAt: Date | null;
}

/** @throws NotFound for an import of another office */
export async function findBatchFor(
  db: Reader,
  actor: ImportActor,
  id: number,
  lock = false,
): Promise<ImportBatch> {
  const [batch] = (await db.query(
    `SELECT id, file_name AS "fileName", columns, data_from AS "dataFrom", default_region AS "defaultRegion", state,
       added, changed, proposed, failure, created_at AS "createdAt", applied_at AS "appliedAt"
     FROM import_batch WHERE id = $1 AND office_id = $2 ${lock ? 'FOR UPDATE' : ''}`,
    [id, actor.office.id],
  )) as ImportBatch[];
  if (!batch) throw new NotFound();
  return batch;
}

const compareSelection = `
  SELECT i.id, i.version, ${factSelection('i')},
    ARRAY(SELECT s.service_type FROM institution_service s WHERE s.institution_id = i.id ORDER BY s.position) AS services,
    l.name_before AS "leaderBefore", l.name AS "leaderName", l.name_after AS "leaderAfter", l.phone AS "leaderPhone",
    a.grade AS "accreditationGrade", a.certificate_number AS "accreditationNumber",
    a.issued_on AS "accreditationIssuedOn", a.valid_until AS "accreditationValidUntil"`;
const compareTables = `
  LEFT JOIN representative l ON l.institution_id = i.id AND l.is_leader AND l.ended_at IS NULL
  LEFT JOIN LATERAL (${currentAccreditation()}) a ON true`;

/** One institution as an import compares it, within what the office sees. */
export async function findCompared(
  db: Reader,
  office: RegistryOffice,
  id: number,
): Promise<Compared | undefined> {
  const bind = new Bindings();
  const [found] = (await db.query(
    `${compareSelection}, i.managing_office_id = ${bind.add(office.id)} AS "managedHere", true AS visible,
       '[]'::jsonb AS proposed
     FROM institution i ${compareTables}
     WHERE i.id = ${bind.add(id)} AND i.archived_at IS NULL AND ${visibleInstitutions(office, bind)}`,
    bind.values,
  )) as Compared[];
  return found;
}

/** What exists already for each of these lines, by registration number and by name (rules.md 20). */
export async function matchLines(
  db: Reader,
  office: RegistryOffice,
  lines: ReadLine[],
): Promise<Map<number, Matched>> {
  const bind = new Bindings();
  const text = (field: 'registrationKey' | 'nameNormalised' | 'regionCode') =>
    `${bind.add(lines.map(({ facts }) => String(facts[field] ?? '')))}::text[]`;
  const numbers = `${bind.add(lines.map(({ number }) => number))}::int[]`;
  const rows = (await db.query(
    `WITH line AS (
       SELECT * FROM unnest(${numbers}, ${text('registrationKey')}, ${text('nameNormalised')}, ${text('regionCode')})
         AS t (number, key, name, region)
     ), found AS (
       SELECT t.number, i.id, true AS "byNumber" FROM line t
       JOIN institution i ON i.registration_key = t.key AND i.registration_key <> '' AND i.archived_at IS NULL
       UNION ALL
       SELECT t.number, i.id, false FROM line t
       JOIN institution i ON i.name_normalised = t.name AND i.region_code = t.region AND i.archived_at IS NULL
     )
     ${compareSelection}, f.number, f."byNumber", i.managing_office_id = ${bind.add(office.id)} AS "managedHere",
       ${visibleInstitutions(office, bind)} AS visible,
       (SELECT coalesce(jsonb_agg(p.changes), '[]') FROM institution_proposal p WHERE p.institution_id = i.id
          AND p.office_id = ${bind.add(office.id)} AND p.kind = 'change' AND p.state <> 'accepted') AS proposed
     FROM found f JOIN institution i ON i.id = f.id ${compareTables} ORDER BY f.number, i.id`,
    bind.values,
  )) as (Compared & { number: number; byNumber: boolean })[];
  const matched = new Map<number, Matched>();
  for (const row of rows) {
    const entry = matched.get(row.number) ?? { byNumber: undefined, byName: [] };
    if (row.byNumber) entry.byNumber = row;
    else if (row.visible) entry.byName.push(row);
    matched.set(row.number, entry);
  }
  return matched;
}

/** Names that a new line may be like: those that this office manages. */
export function managedNames(db: Reader, office: RegistryOffice) {
  return db.query(
    `SELECT id, name, name_normalised AS "nameNormalised", region_code AS "regionCode"
     FROM institution WHERE managing_office_id = $1 AND archived_at IS NULL`,
    [office.id],
  ) as Promise<{ id: number; name: string; nameNormalised: string; regionCode: string }[]>;
}

/** Writes judged lines of a preview. */
export async function writeLines(tx: EntityManager, batchId: number, lines: JudgedLine[]): Promise<void> {
  await tx.query(
    `INSERT INTO import_row (batch_id, number, cells, name, facts, outcome, decision, institution_id,
       institution_version, candidates, changes, notes)
     SELECT $1, r.* FROM jsonb_to_recordset($2::jsonb) AS r (number int, cells text[], name text, facts jsonb,
       outcome text, decision text, "institutionId" int, "institutionVersion" int, candidates jsonb,
       changes jsonb, notes jsonb)`,
    [batchId, JSON.stringify(lines)],
  );
}

const lineSelection = `SELECT number, cells, name, facts, outcome, decision, institution_id AS "institutionId",
  institution_version AS "institutionVersion", candidates, changes, notes, (SELECT o.name FROM institution i JOIN office o ON o.id = i.managing_office_id
    WHERE i.id = institution_id AND decision = 'propose') AS "proposedTo" FROM import_row`;

export interface ListedLine extends JudgedLine {
  /** The office that is asked to take the line over, where it is proposed. */
  proposedTo: string | null;
}

/** One page of lines, on from a line number. */
export function linesOf(
  db: Reader,
  batchId: number,
  shown: { outcome: Outcome | ''; after: number; limit: number },
): Promise<ListedLine[]> {
  return db.query(
    `${lineSelection} WHERE batch_id = $1 AND number > $2 AND ($3 = '' OR outcome = $3)
     AND ($3 <> '' OR outcome <> 'skipped') ORDER BY number LIMIT $4`,
    [batchId, shown.after, shown.outcome, shown.limit],
  ) as Promise<ListedLine[]>;
}

/** These lines, to decide on them. */
export function linesByNumber(tx: Reader, batchId: number, numbers: number[]): Promise<JudgedLine[]> {
  return tx.query(`${lineSelection} WHERE batch_id = $1 AND number = ANY ($2) ORDER BY number`, [
    batchId,
    numbers,
  ]) as Promise<JudgedLine[]>;
}

/** Lines as the file has them, to be read anew. */
export function cellsOf(db: Reader, batchId: number, most: number | null = null): Promise<TableRow[]> {
  return db.query('SELECT number, cells FROM import_row WHERE batch_id = $1 ORDER BY number LIMIT $2', [
    batchId,
    most,
  ]) as Promise<TableRow[]>;
}

/** As many as a header is looked for in. */
export const firstLinesOf = (db: Reader, batchId: number): Promise<TableRow[]> => cellsOf(db, batchId, 50);

export async function decideLine(tx: EntityManager, batchId: number, line: JudgedLine): Promise<void> {
  await tx.query(
    `UPDATE import_row SET decision = $3, institution_id = $4, institution_version = $5, changes = $6, facts = $7,
       notes = $8
     WHERE batch_id = $1 AND number = $2`,
    [
      batchId,
      line.number,
      line.decision,
      line.institutionId,
      line.institutionVersion,
      JSON.stringify(line.changes),
      JSON.stringify(line.facts),
      JSON.stringify(line.notes),
    ],
  );
}

export interface ImportCounts {
  outcomes: Record<Outcome, number>;
  decisions: Record<Decision, number>;
}

/** How many lines came out how, and what will be done with them. */
export async function countLines(db: Reader, batchId: number): Promise<ImportCounts> {
  const rows = (await db.query(
    `SELECT outcome, decision, count(*)::int AS count FROM import_row WHERE batch_id = $1 GROUP BY outcome, decision`,
    [batchId],
  )) as { outcome: Outcome; decision: Decision; count: number }[];
  const counts: ImportCounts = {
    outcomes: { new: 0, change: 0, same: 0, likely: 0, problem: 0, elsewhere: 0, skipped: 0 },
    decisions: { create: 0, update: 0, propose: 0, leave: 0, undecided: 0 },
  };
  for (const { outcome, decision, count } of rows) {
    counts.outcomes[outcome] += count;
    counts.decisions[decision] += count;
  }
  return counts;
}
