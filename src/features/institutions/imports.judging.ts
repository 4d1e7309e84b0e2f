import { setImmediate } from 'node:timers/promises';
import type { Tx } from '../../database/data-source.js';
import type { TableRow } from '../../spreadsheets/read-table.js';
import type { ImportActor } from './imports.actor.js';
import type { ImportColumn } from './imports.columns.js';
import { LikenessIndex } from './imports.likeness.js';
import { LineJudge } from './imports.matching.js';
import { cellsOf, managedNames, matchLines, writeLines, type ImportBatch } from './imports.repository.js';
import { LineReader } from './imports.rows.js';
import { officeRegions, serviceTypes } from './institutions.repository.js';

/** Lines judged between two looks at the other requests. */
const share = 100;

/** How the cells of a file are to be read. */
export interface Reading {
  columns: ImportColumn[];
  defaultRegion: string | null;
  /** Lines before it are the header and what stands above. */
  dataFrom: number;
}

/** Reads and judges the lines of a preview, a share at a time; writes nothing of the registry. */
export async function judgeLines(
  tx: Tx,
  actor: ImportActor,
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

/** Reads and judges the lines of a file that was read before; decisions made before are void. */
export async function judgeAgain(
  tx: Tx,
  actor: ImportActor,
  batch: ImportBatch,
  reading: Reading,
): Promise<void> {
  const rows = await cellsOf(tx, batch.id);
  await tx.query('DELETE FROM import_row WHERE batch_id = $1', [batch.id]);
  await judgeLines(tx, actor, batch.id, rows, reading);
}
