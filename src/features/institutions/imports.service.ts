import { setImmediate } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Clock } from '../../clock.js';
import { inTransaction, type Tx } from '../../database/data-source.js';
import { Conflict, InvalidInput } from '../../errors.js';
import { readTable, TableError, type TableRow } from '../../spreadsheets/read-table.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit, recordAuditOfMany } from '../audit/audit.service.js';
import { carryOutLines, countStale, forgetValues } from './imports.apply.js';
import { findTable, type ImportColumn } from './imports.columns.js';
import { LikenessIndex } from './imports.likeness.js';
import { asUpdate, LineJudge, searchTextOfLine, type JudgedLine } from './imports.matching.js';
import {
  cellsOf,
  countLines,
  decideLine,
  findBatchFor,
  findCompared,
  linesByNumber,
  managedNames,
  matchLines,
  writeLines,
  type ImportBatch,
} from './imports.repository.js';
import { LineReader } from './imports.rows.js';
import { officeRegions, serviceTypes } from './institutions.repository.js';
import { refusingTakenNumber } from './institutions.service.js';

/** Lines judged between two looks at the other requests. */
const share = 100;

interface Reading {
  columns: ImportColumn[];
  defaultRegion: string | null;
}

/** Reads and judges the lines of a preview, a share at a time; writes nothing of the registry. */
async function judgeLines(
  tx: Tx,
  actor: OfficeActor,
  id: number,
  rows: TableRow[],
  reading: Reading,
): Promise<void> {
  const [regions, services, names] = [
    await officeRegions(tx, actor.office),
    await serviceTypes(tx),
    await managedNames(tx, actor.office),
  ];
  const reader = new LineReader({ ...reading, regions, services });
  const judge = new LineJudge(reader, new LikenessIndex(names));
  const unmatched = { byNumber: undefined, byName: [] };
  for (let from = 0; from < rows.length; from += share) {
    const read = rows.slice(from, from + share).map((row) => reader.read(row));
    const matched = await matchLines(tx, actor.office, read);
    const judged = read.map((line) => judge.judge(line, matched.get(line.number) ?? unmatched));
    await writeLines(tx, id, judged);
    await setImmediate();
  }
}

/** The only region of an office of a kabupaten or kota goes without saying. */
const ownRegion = (actor: OfficeActor) =>
  actor.office.regionCode.length === 5 ? actor.office.regionCode : null;

/**
 * Previews hold names and phones: those that nobody confirmed are dropped after a week.
 * @returns how many
 */
export function dropOldPreviews({ db, clock }: { db: DataSource; clock: Clock }): Promise<number> {
  return inTransaction(db, async (tx) => {
    const [dropped] = (await tx.query(
      `DELETE FROM import_batch WHERE state = 'preview' AND created_at < $1::timestamptz - interval '7 days'
       RETURNING id, office_id AS "officeId"`,
      [clock.now()],
    )) as [{ id: number; officeId: number }[], number];
    for (const { id, officeId } of dropped)
      await recordAudit(
        tx,
        { officeId, userId: null, way: 'clock' },
        { action: 'institutions.import_dropped', subject: ['import', id] },
      );
    return dropped.length;
  });
}

async function readFile(content: Buffer): Promise<TableRow[]> {
  try {
    return await readTable(content);
  } catch (error) {
    if (error instanceof TableError) throw InvalidInput.at('file', `import.file.${error.problem}`);
    throw error;
  }
}

/**
 * Reads a file and keeps what it would do, for a person to look at. The registry is not touched.
 * @returns id of the import
 * @throws InvalidInput at `file` when it is no table, or too large
 */
export async function previewImport(
  db: DataSource,
  actor: OfficeActor,
  file: { name: string; content: Buffer },
  now: Date,
): Promise<number> {
  const rows = await readFile(file.content);
  const table = findTable(rows);
  const lines = rows.filter(({ number }) => number >= table.dataFrom);
  if (lines.length === 0) throw InvalidInput.at('file', 'import.file.no_lines');
  const reading = { columns: table.columns, defaultRegion: ownRegion(actor) };
  return inTransaction(db, async (tx) => {
    const [{ id }] = (await tx.query(
      `INSERT INTO import_batch (office_id, user_id, file_name, columns, data_from, default_region, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
      [
        actor.office.id,
        actor.userId,
        file.name.slice(0, 200),
        JSON.stringify(table.columns),
        table.dataFrom,
        reading.defaultRegion,
        now,
      ],
    )) as [{ id: number }];
    await judgeLines(tx, actor, id, lines, reading);
    return id;
  });
}

/** @throws Conflict when it was applied already */
async function lockPreview(tx: Tx, actor: OfficeActor, id: number): Promise<ImportBatch> {
  const batch = await findBatchFor(tx, actor, id, true);
  if (batch.state !== 'preview') throw new Conflict('import.error.applied_already');
  return batch;
}

async function judgeAgain(tx: Tx, actor: OfficeActor, batch: ImportBatch, reading: Reading): Promise<void> {
  const rows = await cellsOf(tx, batch.id);
  await tx.query('DELETE FROM import_row WHERE batch_id = $1', [batch.id]);
  await judgeLines(tx, actor, batch.id, rows, reading);
}

/** Reads the same lines with columns as the person named them; decisions made before are void. */
export function nameColumns(
  db: DataSource,
  actor: OfficeActor,
  id: number,
  given: { fields: ImportColumn['field'][]; defaultRegion: string | null },
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const batch = await lockPreview(tx, actor, id);
    const chosen = given.fields.filter(Boolean);
    if (new Set(chosen).size < chosen.length) throw InvalidInput.at('columns', 'import.error.column_twice');
    const regions = await officeRegions(tx, actor.office);
    const isKnown = given.defaultRegion === null || regions.some(({ code }) => code === given.defaultRegion);
    if (!isKnown) throw InvalidInput.at('defaultRegion', 'error.choose');
    const columns = batch.columns.map(({ header }, at) => ({ header, field: given.fields[at] ?? '' }));
    const { defaultRegion } = given;
    await tx.query('UPDATE import_batch SET columns = $2, default_region = $3 WHERE id = $1', [
      id,
      JSON.stringify(columns),
      defaultRegion,
    ]);
    await judgeAgain(tx, actor, batch, { columns, defaultRegion });
  });
}

/** What a person decides for a line: `create`, `update`, `leave`, or the LKS that is meant. */
export type LineChoice = 'create' | 'update' | 'leave' | number;

async function decided(
  tx: Tx,
  actor: OfficeActor,
  line: JudgedLine,
  choice: LineChoice,
): Promise<JudgedLine | undefined> {
  if (choice === 'leave') return { ...line, decision: 'leave' };
  if (line.outcome === 'new' && choice === 'create') return { ...line, decision: 'create' };
  if (line.outcome === 'change' && choice === 'update') return { ...line, decision: 'update' };
  if (line.outcome !== 'likely') return undefined;
  if (choice === 'create') {
    const facts = { ...line.facts, searchText: searchTextOfLine(line.facts) };
    return { ...line, facts, decision: 'create', institutionId: null, institutionVersion: null, changes: {} };
  }
  // Only one of those that were proposed, never an id from elsewhere.
  if (!line.candidates.some(({ id }) => id === choice)) return undefined;
  const meant = await findCompared(tx, actor.office, Number(choice));
  return meant?.managedHere ? asUpdate(line, meant) : undefined;
}

/** Keeps the decisions for some lines of a preview; choices that a line does not offer are left out. */
export function decideLines(
  db: DataSource,
  actor: OfficeActor,
  id: number,
  choices: Map<number, LineChoice>,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockPreview(tx, actor, id);
    for (const line of await linesByNumber(tx, id, [...choices.keys()])) {
      const result = await decided(tx, actor, line, choices.get(line.number) ?? 'leave');
      if (result) await decideLine(tx, id, result);
    }
  });
}

async function auditLines(tx: Tx, actor: OfficeActor, id: number): Promise<void> {
  const rows = (await tx.query(
    `SELECT institution_id AS id, decision, ARRAY(SELECT jsonb_object_keys(changes)) AS fields
     FROM import_row WHERE batch_id = $1 AND decision IN ('create', 'update')`,
    [id],
  )) as { id: number; decision: string; fields: string[] }[];
  const author = byActor(actor);
  const added = rows.filter(({ decision }) => decision === 'create');
  const changed = rows.filter(({ decision }) => decision === 'update');
  await recordAuditOfMany(tx, author, 'institution.imported', 'institution', added);
  await recordAuditOfMany(tx, author, 'institution.import_changed', 'institution', changed);
  const detail = { added: added.length, changed: changed.length };
  await recordAudit(tx, author, { action: 'institutions.imported', subject: ['import', id], detail });
}

/** Two lines of the file that were decided to mean the same LKS would overwrite each other. */
async function checkTargets(tx: Tx, id: number): Promise<void> {
  const twice = (await tx.query(
    `SELECT 1 FROM import_row WHERE batch_id = $1 AND decision = 'update' GROUP BY institution_id HAVING count(*) > 1 LIMIT 1`,
    [id],
  )) as unknown[];
  if (twice.length > 0) throw new Conflict('import.error.target_twice');
}

/**
 * Carries out a preview as it was confirmed: all of it, or nothing.
 * @returns `stale` when the registry changed since the preview; the preview is then judged anew
 * @throws Conflict when it was applied already
 */
export function applyImport(
  db: DataSource,
  actor: OfficeActor,
  id: number,
  now: Date,
): Promise<'applied' | 'stale'> {
  const work = inTransaction(db, async (tx) => {
    const batch = await lockPreview(tx, actor, id);
    // One import at a time: two that add the same LKS would both find that it is not there yet.
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('institution'), hashtext('import'))`);
    if ((await countStale(tx, id, actor.office.id)) > 0) {
      await judgeAgain(tx, actor, batch, batch);
      return 'stale';
    }
    await checkTargets(tx, id);
    const { decisions } = await countLines(tx, id);
    await carryOutLines(tx, id, actor);
    await auditLines(tx, actor, id);
    await forgetValues(tx, id);
    await tx.query(
      `UPDATE import_batch SET state = 'applied', applied_at = $2, added = $3, changed = $4 WHERE id = $1`,
      [id, now, decisions.create, decisions.update],
    );
    return 'applied';
  });
  return refusingTakenNumber(work, new Conflict('institution.error.number_taken'));
}

/** Throws a preview away. */
export function discardImport(db: DataSource, actor: OfficeActor, id: number): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockPreview(tx, actor, id);
    await tx.query('DELETE FROM import_batch WHERE id = $1', [id]);
    await recordAudit(tx, byActor(actor), {
      action: 'institutions.import_dropped',
      subject: ['import', id],
    });
  });
}
