import type { DataSource } from 'typeorm';
import type { Clock } from '../../clock.js';
import { inTransaction } from '../../database/data-source.js';
import { InvalidInput } from '../../errors.js';
import { readTable, TableError, type TableRow } from '../../spreadsheets/read-table.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { lockPreview } from './imports.choosing.js';
import { findTable, type FoundTable, type ImportColumn } from './imports.columns.js';
import { judgeAgain, judgeLines } from './imports.judging.js';
import { cellsOf, firstLinesOf, type ImportBatch } from './imports.repository.js';
import { officeRegions } from './institutions.repository.js';

/** `dataFrom` of a file without a header. */
const allData = 1;

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
      `DELETE FROM import_batch WHERE state IN ('preview', 'failed') AND created_at < $1::timestamptz - interval '7 days'
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
    if (error instanceof TableError)
      throw InvalidInput.at('file', `import.file.${error.problem}`, { line: error.line });
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
  // A header without a word for names may be a line of data: it is kept, with those above it, until a person says.
  const lines = table.knowsName ? rows.filter(({ number }) => number >= table.dataFrom) : rows;
  if (!lines.some(({ number }) => number >= table.dataFrom))
    throw InvalidInput.at('file', 'import.file.no_lines');
  const reading = { columns: table.columns, dataFrom: table.dataFrom, defaultRegion: ownRegion(actor) };
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

/** Whether a person may still say that the file has no header: its lines from the first on were kept. */
const mayBeAllData = ({ dataFrom }: ImportBatch, [first]: { number: number }[]) =>
  dataFrom === allData || (first !== undefined && first.number < dataFrom);

/** Headers and first line of data, as a person says whether there is a header. Data is not kept as a header. */
function tableOf(batch: ImportBatch, rows: TableRow[], isAllData: boolean): Omit<FoundTable, 'knowsName'> {
  if (!mayBeAllData(batch, rows)) return batch;
  if (!isAllData) return findTable(rows);
  return { columns: batch.columns.map(({ field }) => ({ header: '', field })), dataFrom: allData };
}

/** Where the header of a preview may be data: the line that is taken for it, and whether it is data now. */
export async function doubtfulHeader(
  db: DataSource,
  batch: ImportBatch,
): Promise<{ line: number; isData: boolean } | undefined> {
  const rows = await firstLinesOf(db, batch.id);
  if (!mayBeAllData(batch, rows)) return undefined;
  return { line: findTable(rows).dataFrom - 1, isData: batch.dataFrom === allData };
}

/** Reads the same lines with columns as the person named them; decisions made before are void. */
export function nameColumns(
  db: DataSource,
  actor: OfficeActor,
  id: number,
  given: { fields: ImportColumn['field'][]; defaultRegion: string | null; isAllData?: boolean },
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const batch = await lockPreview(tx, actor, id);
    const chosen = given.fields.filter(Boolean);
    if (new Set(chosen).size < chosen.length) throw InvalidInput.at('columns', 'import.error.column_twice');
    const regions = await officeRegions(tx, actor.office);
    const isKnown = given.defaultRegion === null || regions.some(({ code }) => code === given.defaultRegion);
    if (!isKnown) throw InvalidInput.at('defaultRegion', 'error.choose');
    const rows = await cellsOf(tx, id);
    const { columns: found, dataFrom } = tableOf(batch, rows, given.isAllData ?? false);
    const columns = found.map(({ header }, at) => ({ header, field: given.fields[at] ?? '' }));
    const { defaultRegion } = given;
    await tx.query(
      'UPDATE import_batch SET columns = $2, default_region = $3, data_from = $4 WHERE id = $1',
      [id, JSON.stringify(columns), defaultRegion, dataFrom],
    );
    await judgeAgain(tx, actor, batch, { columns, defaultRegion, dataFrom });
  });
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
