import { Worker } from 'node:worker_threads';
import { withoutControls, withoutMarks } from '../invisible.js';
import type { TableAnswer, TableLimits, TableProblem, TableRow } from './table-worker.js';

export type { TableProblem, TableRow } from './table-worker.js';

/** The file is no table that we can read; `problem` says why, and `line` where, if it is one line. */
export class TableError extends Error {
  constructor(
    readonly problem: TableProblem,
    readonly line?: number,
  ) {
    super(problem);
  }
}

const limits: TableLimits = { unpackedBytes: 80_000_000, rows: 20_000, columns: 100 };
const memoryMb = 256;
const patienceMs = 30_000;

// The thread starts from the same kind of file as this one: TypeScript under tsx and jest, JavaScript from dist/.
const workerFile = new URL(
  `./table-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`,
  import.meta.url,
);

const printable = (cell: string) => withoutControls(withoutMarks(cell)).trim();

/**
 * Reads the first sheet that looks like a list from XLSX, or CSV in any usual dialect. Cells come as text:
 * numbers with all their digits, dates as `2021-12-04`, formulas as their last result. Empty lines are left
 * out, the others keep their number.
 * @throws TableError when the content is no such table, or beyond the limits (20,000 lines, 80 MB unpacked)
 */
export async function readTable(content: Buffer, given: Partial<TableLimits> = {}): Promise<TableRow[]> {
  const answer = await inThread({ content: new Uint8Array(content), limits: { ...limits, ...given } });
  if ('problem' in answer) throw new TableError(answer.problem, answer.line);
  return answer.rows.map(({ number, cells }) => ({ number, cells: cells.map(printable) }));
}

function inThread(workerData: {
  content: Uint8Array<ArrayBuffer>;
  limits: TableLimits;
}): Promise<TableAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile, {
      workerData,
      transferList: [workerData.content.buffer],
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32 },
    });
    const timer = setTimeout(() => {
      reject(new TableError('too_large'));
      void worker.terminate();
    }, patienceMs);
    worker.once('message', (answer: TableAnswer) => resolve(answer));
    worker.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new TableError('too_large') : error);
    });
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(new TableError('broken'));
    });
  });
}
