import { describe, expect, test } from '@jest/globals';
import { fold, isFormula, readCount, readDate, repairPhone } from '../../src/spreadsheets/cells.js';
import { guardFormula, withoutGuard } from '../../src/spreadsheets/write-table.js';

describe('cells as offices type them', () => {
  test.each([
    ['4 Desember 2021', '2021-12-04'],
    ['Sabtu, 4 Desember 2021', '2021-12-04'],
    ['04/12/2021', '2021-12-04'],
    ['4-12-21', '2021-12-04'],
    ['4 Agt 2022', '2022-08-04'],
    ['17 Nopember 2019', '2019-11-17'],
    ['2021-12-04', '2021-12-04'],
    ['44534', '2021-12-04'],
    ['04/12/2027 00:00', '2027-12-04'],
    ['2027-12-04T00:00:00', '2027-12-04'],
    ['2027-12-04T00:00:00.000Z', '2027-12-04'],
    ['2027-12-04 17:00:00+08', '2027-12-04'],
    ['4/12/2027 12:00:00 AM', '2027-12-04'],
    ['4 Desember 2027, pukul 08.30 WITA', '2027-12-04'],
    ['44534.5', '2021-12-04'],
    ['4 12.21', '2021-12-04'],
    ['31/02/2021', undefined],
    ['tidak ada', undefined],
    ['2021', undefined],
    ['', undefined],
  ])('the date %j is %j', (typed, read) => expect(readDate(typed)).toBe(read));

  test.each([
    ['81234567890', '81234567890'],
    ['81234567890.0', '81234567890'],
    ['8.1234567890E10', '81234567890'],
    ['8.123456789E10', '81234567890'],
    ['8,12E+10', undefined],
    ['0812-3456-7890 / 0511-123456', '0812-3456-7890'],
  ])('the phone %j is %j', (typed, read) => expect(repairPhone(typed)).toBe(read));

  test('counts may have thousands and a unit, and nothing else', () => {
    expect(['1.225', '30 orang', '12.0', '0', 'banyak', '-3', '1,5'].map(readCount)).toEqual([
      1225,
      30,
      12,
      0,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('texts are compared without accents, case and punctuation', () => {
    expect(fold('  PA. “Nurul-Ïman”  ')).toBe('pa nurul iman');
  });

  test('a formula typed as text is known, a phone number or a dash is not one', () => {
    expect(['=1+1', '@SUM(A1)', '+cmd|calc', '+62812', '-', '- belum', 'LKSA'].map(isFormula)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test('the guard against formulas comes off again without a trace', () => {
    for (const text of ['=1', '+6', '-a', '@b', '\tc', "'d", 'plain'])
      expect(withoutGuard(guardFormula(text))).toBe(text);
    expect(guardFormula('=1')).toBe("'=1");
  });
});
