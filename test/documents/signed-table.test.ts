import type { Content } from 'pdfmake/interfaces.js';
import { expect, test } from '@jest/globals';
import { signatures } from '../../src/documents/letterhead.js';
import { signedTable } from '../../src/documents/signed-table.js';

const blocks = [{ above: 'Mengetahui,', position: 'Kepala Dinas', name: 'Siti (contoh)', below: [] }];
const paper = (rows: string[]) => ({
  widths: [100, 200],
  head: [['No', 'Nama']],
  rows: rows.map((name, at) => [String(at + 1), name]),
  fontSize: 9,
  textSize: 11,
  line: 0.5,
  layout: {},
});
/** What a table shows in its last row, and how many rows stand above it. */
function endOf([table]: Content[]) {
  const { body } = (table as { table: { body: unknown[][] } }).table;
  const cell = body.at(-1)?.[0] as { stack?: { table?: { body: unknown[] } }[] };
  return { above: body.length - 1, kept: cell.stack?.[0]?.table?.body };
}

test('signatures move to the next page with the last two rows, below the head of the table', () => {
  const content = signedTable(paper(['Ani', 'Budi', 'Citra', 'Dewi']), [signatures(blocks)]);
  expect(content).toHaveLength(1);
  expect(endOf(content)).toEqual({
    above: 3,
    kept: [
      ['3', 'Citra'],
      ['4', 'Dewi'],
    ],
  });
});

test('a table that nobody signs, and rows too long to stay with the signatures, are printed as they are', () => {
  expect(signedTable(paper(['Ani', 'Budi']), [])).toHaveLength(1);
  const long = signedTable(paper(['Ani', 'x'.repeat(3000)]), [signatures(blocks)]);
  expect(long).toHaveLength(2);
  expect(endOf(long)).toEqual({ above: 2, kept: undefined });
});
