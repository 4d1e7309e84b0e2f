import writeXlsxFile, { type Cell, type SheetData } from 'write-excel-file/node';

export interface TableSheet {
  name: string;
  headers: string[];
  rows: (string | number | null)[][];
  /** Width of each column in letters. */
  widths: number[];
}

/**
 * A text that a spreadsheet program could take for a formula gets an apostrophe in front (OWASP, "CSV
 * injection"); `withoutGuard` takes it off again, so that an exported file imports unchanged.
 */
export const guardFormula = (text: string): string => (/^['=+\-@\t\r]/.test(text) ? `'${text}` : text);

export const withoutGuard = (text: string): string => (/^'['=+\-@\t\r]/.test(text) ? text.slice(1) : text);

function toCell(value: string | number | null): Cell {
  if (value === null || value === '') return null;
  return typeof value === 'number' ? { value, type: Number } : { value: guardFormula(value), type: String };
}

function toSheet({ name, headers, rows, widths }: TableSheet) {
  const head = headers.map((value) => ({ value, type: String, fontWeight: 'bold' as const, wrap: true }));
  const data: SheetData = [head, ...rows.map((row) => row.map(toCell))];
  const columns = widths.map((width) => ({ width }));
  return { data, sheet: name, columns, stickyRowsCount: 1 };
}

/** One sheet, or several, as XLSX; headers stay in view. */
export const writeTable = (sheets: TableSheet | TableSheet[]): Promise<Buffer> =>
  writeXlsxFile([sheets].flat().map(toSheet)).toBuffer();
