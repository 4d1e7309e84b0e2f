import { describe, expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { readTable, TableError } from '../../src/spreadsheets/read-table.js';
import { writeTable } from '../../src/spreadsheets/write-table.js';
import { workbook } from '../support/workbook.js';

const problemOf = async (content: Buffer | string) => {
  try {
    await readTable(Buffer.from(content as string));
    return 'none';
  } catch (error) {
    if (error instanceof TableError) return error.problem;
    throw error;
  }
};

describe('reading tables', () => {
  test('characters that nobody can see are left out: they break documents and turn texts around', async () => {
    const text = 'Nama;HP\nPanti \u0001A\u202e;\u202a+62 812-1111-2222\u202c\n';
    expect((await readTable(Buffer.from(text)))[1]?.cells).toEqual(['Panti A', '+62 812-1111-2222']);
    const unicode = Buffer.from(`\ufeffNama\tHP\nPanti\u0000 A\t1\n`, 'utf16le');
    expect((await readTable(unicode))[1]?.cells).toEqual(['Panti A', '1']);
  });

  test.each([
    ['semicolons', 'Nama;Kota\nPanti A;Banjarmasin\n'],
    ['commas', 'Nama,Kota\r\n"Panti A",Banjarmasin\r\n'],
    ['tabs', 'Nama\tKota\nPanti A\tBanjarmasin'],
    ['a byte order mark', '\ufeffNama;Kota\nPanti A;Banjarmasin'],
  ])('understands %s', async (_name, text) => {
    const rows = await readTable(Buffer.from(text));
    expect(rows).toEqual([
      { number: 1, cells: ['Nama', 'Kota'] },
      { number: 2, cells: ['Panti A', 'Banjarmasin'] },
    ]);
  });

  test('understands Windows-1252 and keeps the numbers of lines past empty ones', async () => {
    const rows = await readTable(Buffer.from('Nama;Kota\n\nPanti Andr\xe9 \x96 Kasih;Batang', 'latin1'));
    expect(rows[1]).toEqual({ number: 3, cells: ['Panti André – Kasih', 'Batang'] });
  });

  test('a cell of a workbook keeps all digits, and a formula is read as its last result', async () => {
    const sheet = workbook([
      '<row r="1"><c r="A1" t="inlineStr"><is><t>Nama LKS</t></is></c><c r="B1" t="inlineStr"><is><t>HP</t></is></c></row>',
      '<row r="4"><c r="A4" t="str"><f>CONCAT("Pan","ti")</f><v>Panti</v></c><c r="B4"><v>81234567890</v></c></row>',
    ]);
    expect(await readTable(sheet)).toEqual([
      { number: 1, cells: ['Nama LKS', 'HP'] },
      { number: 4, cells: ['Panti', '81234567890'] },
    ]);
  });

  test('what we write we read', async () => {
    const file = await writeTable({
      name: 'LKS',
      headers: ['Nama', 'Jumlah'],
      rows: [['=x', 3]],
      widths: [20, 8],
    });
    expect((await readTable(file)).map((row) => row.cells)).toEqual([
      ['Nama', 'Jumlah'],
      ["'=x", '3'],
    ]);
  });

  test('files that are no table are told apart by their content, not by their name', async () => {
    expect(await problemOf('%PDF-1.7 x;y')).toBe('not_a_table');
    expect(await problemOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1]))).toBe('not_a_table');
    expect(await problemOf('<html><table><tr><td>a;b</td></tr></table>')).toBe('not_a_table');
    expect(await problemOf('hanya satu kalimat saja')).toBe('not_a_table');
    expect(await problemOf(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]))).toBe('old_excel');
    expect(await problemOf(Buffer.from(zipSync({ 'word/document.xml': strToU8('<w/>') })))).toBe(
      'not_a_table',
    );
    expect(await problemOf(Buffer.from('PK\x03\x04 torn'))).toBe('broken');
    expect(await problemOf('')).toBe('empty');
  });

  test.each([
    ['one that opens a cell', 'Nama;Kota\nPanti A;Tapin\n"Panti B;Tapin\nPanti C;Tapin\n', 3],
    ['one that ends a text too early', 'Nama;Kota\nPanti A;"Jl. "Mawar" 2"\nPanti B;"Tapin"\n', 2],
    ['one below a cell of two lines', 'Nama;Alamat\nPanti A;"Jl. 1\nRT 2"\nPanti B;"Tapin\n', 4],
    ['one under a told separator', 'sep=;\nNama;Kota\n"Panti A;Tapin\n', 3],
  ])('a quotation mark without a partner is named by its line: %s', async (_name, text, line) => {
    await expect(readTable(Buffer.from(text))).rejects.toMatchObject({ problem: 'stray_quote', line });
  });

  test('a zip bomb is refused by what its directory says', async () => {
    const bomb = Buffer.from(zipSync({ 'xl/workbook.xml': new Uint8Array(90_000_000) }));
    expect(bomb.length).toBeLessThan(200_000);
    expect(await problemOf(bomb)).toBe('too_large');
  });

  test('a zip bomb whose directory lies is refused while it is read', async () => {
    const bomb = Buffer.from(zipSync({ 'xl/workbook.xml': new Uint8Array(90_000_000) }));
    const directory = bomb.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
    bomb.writeUInt32LE(1000, directory + 24);
    expect(await problemOf(bomb)).toMatch(/broken|too_large/);
  });

  test('more than 20,000 lines are refused', async () => {
    expect(await problemOf('Nama;Kota\n' + 'a;b\n'.repeat(20_001))).toBe('too_many_rows');
  });

  test('a sheet with one cell at its far corner does not take the memory of the server', async () => {
    const far = workbook([
      '<row r="1"><c r="A1"><v>1</v></c></row>',
      '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    ]);
    expect(await problemOf(far)).toMatch(/too_large|too_many_columns|broken/);
  }, 60_000);
});
