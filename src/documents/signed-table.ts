import type { Content, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js';

export interface SignedTable {
  /** In points, without padding. */
  widths: number[];
  /** Rows that come again on every page. */
  head: TableCell[][];
  rows: TableCell[][];
  fontSize: number;
  /** Of the rest of the paper. */
  textSize: number;
  layout: CustomTableLayout;
  /** Of the lines between rows, in points. */
  line: number;
}

/** Rows that stay with the signatures: nobody signs an empty page. */
const keptRows = 2;
/** Pdfmake's own, between a line and the text of a cell. */
const padding = { left: 4, top: 2 };
/** Longer rows may not fit on one page with the signatures: then the signatures go alone. */
const longest = 900;

const noBorder: [boolean, boolean, boolean, boolean] = [false, false, false, false];

const tableOf = (
  { widths, fontSize, layout }: SignedTable,
  headerRows: number,
  body: TableCell[][],
): Content => ({
  fontSize,
  layout,
  table: {
    headerRows,
    ...(headerRows > 0 && { keepWithHeaderRows: 1 }),
    dontBreakRows: true,
    widths,
    body,
  },
});

/**
 * A table that ends a paper. Its last rows and the signatures are one row of it, so that they move to the next page
 * together and take the head of the table along.
 * @param closing what stands below the table: totals and signatures
 */
export function signedTable(paper: SignedTable, closing: Content[]): Content[] {
  const { head, rows, widths, line } = paper;
  const last = rows.slice(-keptRows);
  if (closing.length === 0 || JSON.stringify(last).length > longest * 2)
    return [tableOf(paper, head.length, [...head, ...rows]), ...closing];
  const first = rows.slice(0, -keptRows);
  const lower = { ...paper.layout, hLineWidth: () => line, fillColor: () => null };
  const block: TableCell = {
    colSpan: widths.length,
    border: noBorder,
    margin: [-padding.left - line, -padding.top - line, 0, 0],
    stack: [tableOf({ ...paper, layout: lower }, 0, last), { stack: closing, fontSize: paper.textSize }],
  };
  const blanks = widths.slice(1).map((): TableCell => ({ text: '', border: noBorder }));
  return [tableOf(paper, head.length, [...head, ...first, [block, ...blanks]])];
}
