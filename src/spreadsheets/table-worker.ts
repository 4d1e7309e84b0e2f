// Runs in a thread of its own: what a stranger's file makes the parsers do must not stop the server.
// Imports packages only, so that Node can run it as it stands: from src/, from dist/ and under jest.
import { zipSync } from 'fflate';
import { parse } from 'csv-parse/sync';
import readSheets, { type CellValue } from 'read-excel-file/node';
import { parentPort, workerData } from 'node:worker_threads';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';

export interface TableLimits {
  /** Bytes of all parts of a workbook after unpacking. */
  unpackedBytes: number;
  rows: number;
  columns: number;
}

/** Why a file cannot be read; each has its text where files are taken in. */
export type TableProblem =
  | 'not_a_table'
  | 'stray_quote'
  | 'old_excel'
  | 'broken'
  | 'too_large'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'empty';

/** A line as it stands in the file; `number` counts from 1, as spreadsheet programs show it. */
export interface TableRow {
  number: number;
  cells: string[];
}

export type TableAnswer = { rows: TableRow[] } | { problem: TableProblem; line?: number | undefined };

interface Task {
  content: Uint8Array;
  limits: TableLimits;
}

class Unreadable extends Error {
  readonly problem: TableProblem;
  readonly line: number | undefined;
  constructor(problem: TableProblem, line?: number) {
    super(problem);
    this.problem = problem;
    this.line = line;
  }
}

const startsWith = (content: Buffer, bytes: number[]) => bytes.every((byte, at) => content[at] === byte);

function openZip(content: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) =>
    fromBuffer(content, { lazyEntries: true, validateEntrySizes: true }, (error, zip) =>
      error ? reject(new Unreadable('broken')) : resolve(zip),
    ),
  );
}

/** One part of the workbook, given up as soon as it grows past `room`, whatever its directory promised. */
function readPart(zip: ZipFile, entry: Entry, room: number): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(new Unreadable('broken'));
      const chunks: Buffer[] = [];
      let size = 0;
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > room) stream.destroy(new Unreadable('too_large'));
      });
      stream.on('end', () => resolve(Buffer.concat(chunks)));
      stream.on('error', (cause) => reject(cause instanceof Unreadable ? cause : new Unreadable('broken')));
    }),
  );
}

/** The parts that hold cells, measured first by the directory of the archive and again while reading. */
async function unpack(content: Buffer, limits: TableLimits): Promise<Record<string, Uint8Array>> {
  const zip = await openZip(content);
  const parts: Record<string, Uint8Array> = {};
  let promised = 0;
  let unpacked = 0;
  return new Promise((resolve, reject) => {
    const next = async (entry: Entry) => {
      promised += entry.uncompressedSize;
      if (promised > limits.unpackedBytes || zip.entryCount > 5000) throw new Unreadable('too_large');
      if (!/\.(xml|rels)$/.test(entry.fileName)) return zip.readEntry();
      const part = await readPart(zip, entry, limits.unpackedBytes - unpacked);
      unpacked += part.length;
      parts[entry.fileName] = part;
      zip.readEntry();
    };
    zip.on('entry', (entry: Entry) => void next(entry).catch(reject));
    zip.on('end', () => resolve(parts));
    zip.on('error', () => reject(new Unreadable('broken')));
    zip.readEntry();
  });
}

function cellText(value: CellValue | null): string {
  if (value === null) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  if (typeof value === 'boolean') return value ? 'ya' : 'tidak';
  return String(value).trim();
}

const looksLikeRegistry = (rows: (CellValue | null)[][]) =>
  rows
    .slice(0, 40)
    .some(
      (row) =>
        row.filter(Boolean).length > 1 &&
        row.some((cell) => /nama|lks|lembaga|panti|name/i.test(String(cell))),
    );

async function readWorkbook(content: Buffer, limits: TableLimits): Promise<string[][]> {
  const parts = await unpack(content, limits);
  if (!parts['xl/workbook.xml']) throw new Unreadable('not_a_table');
  // Packed again without compression: the reader trusts local headers, which were not measured.
  const measured = Buffer.from(zipSync(parts, { level: 0 }));
  const sheets = await readSheets(measured, { parseNumber: (text) => text as unknown as number }).catch(
    () => {
      throw new Unreadable('broken');
    },
  );
  // Workbooks often begin with a cover sheet or instructions.
  const chosen =
    sheets.find(({ data }) => looksLikeRegistry(data)) ?? sheets.find(({ data }) => data.length > 1);
  return (chosen?.data ?? []).map((row) => row.map(cellText));
}

/** UTF-8 (with or without mark), UTF-16 as Excel's "Unicode text", otherwise what Windows in Indonesia writes. */
function decode(content: Buffer): string {
  if (startsWith(content, [0xff, 0xfe])) return new TextDecoder('utf-16le').decode(content);
  if (content.includes(0)) throw new Unreadable('not_a_table');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('windows-1252').decode(content);
  }
}

const parseCsv = (text: string, delimiter: string, lines?: number): string[][] =>
  parse(text, {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    trim: true,
    ...(lines && { to: lines }),
  });

/** The sign that splits most lines into most cells. */
function delimiterOf(text: string): string {
  const cells = (delimiter: string) => {
    try {
      return parseCsv(text, delimiter, 40).reduce((sum, row) => sum + row.filter(Boolean).length - 1, 0);
    } catch {
      // A quotation mark without its partner: reading says where, once the sign is known.
      return text
        .split('\n', 40)
        .reduce((sum, line) => sum + line.split(delimiter).filter((cell) => cell.trim()).length - 1, 0);
    }
  };
  const found = [';', ',', '\t', '|'].map((delimiter) => ({ delimiter, cells: cells(delimiter) }));
  const best = found.reduce((a, b) => (b.cells > a.cells ? b : a));
  if (best.cells <= 0) throw new Unreadable('not_a_table');
  return best.delimiter;
}

/** The line in which the parser stopped: it reads to the end of the file for the partner of a quotation mark. */
function lineOf(error: unknown, text: string): number {
  const { bytes = 0 } = error as { bytes?: number };
  return Buffer.from(text).subarray(0, bytes).toString('latin1').split('\n').length;
}

function readText(content: Buffer): string[][] {
  if (startsWith(content, [0x25, 0x50, 0x44, 0x46])) throw new Unreadable('not_a_table');
  const text = decode(content);
  if (text.trim() === '') throw new Unreadable('empty');
  if (/^\s*(<|\{\\rtf)/.test(text)) throw new Unreadable('not_a_table');
  const told = /^sep=(.)\r?\n/.exec(text);
  const delimiter = told?.[1] ?? delimiterOf(text);
  const table = told ? text.replace(/^sep=.(\r?\n)/, '$1') : text;
  try {
    return parseCsv(table, delimiter);
  } catch (error) {
    if (!/QUOTE/.test((error as { code?: string }).code ?? '')) throw new Unreadable('broken');
    throw new Unreadable('stray_quote', lineOf(error, table));
  }
}

async function read({ content: bytes, limits }: Task): Promise<TableRow[]> {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (content.length === 0) throw new Unreadable('empty');
  if (startsWith(content, [0xd0, 0xcf, 0x11, 0xe0])) throw new Unreadable('old_excel');
  const isZip = startsWith(content, [0x50, 0x4b]);
  const table = isZip ? await readWorkbook(content, limits) : readText(content);
  const rows = table
    .map((cells, index) => ({ number: index + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (rows.length === 0) throw new Unreadable('empty');
  if (rows.length > limits.rows) throw new Unreadable('too_many_rows');
  for (const row of rows) row.cells.length = row.cells.findLastIndex((cell) => cell !== '') + 1;
  if (rows.some(({ cells }) => cells.length > limits.columns)) throw new Unreadable('too_many_columns');
  return rows;
}

async function answer(): Promise<TableAnswer> {
  try {
    return { rows: await read(workerData as Task) };
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.problem, line: error.line };
    throw error;
  }
}

parentPort?.postMessage(await answer());
