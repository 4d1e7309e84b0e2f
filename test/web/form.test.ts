import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type InvalidInput } from '../../src/errors.js';
import { translators } from '../../src/texts.js';
import { orNull, readForm, wholeNumber } from '../../src/web/form.js';

const schema = z.object({ seats: wholeNumber(1, 20_000) });

/** What a person reads beside the field. */
function told(seats: unknown): string {
  try {
    return String(readForm(schema, { seats }).seats);
  } catch (error) {
    const problem = (error as InvalidInput).fields.seats;
    return problem ? translators.id(problem.key, problem.values) : String(error);
  }
}

describe('a whole number', () => {
  test.each([
    ['30', '30'],
    [' 7 ', '7'],
    [12, '12'],
    ['0', 'Angka harus antara 1 dan 20.000.'],
    ['-3', 'Angka harus antara 1 dan 20.000.'],
    ['20001', 'Angka harus antara 1 dan 20.000.'],
    ['', 'Tulis angka bulat.'],
    ['1e3', 'Tulis angka bulat.'],
    ['0x10', 'Tulis angka bulat.'],
    ['1.5', 'Tulis angka bulat.'],
    ['９', 'Tulis angka bulat.'],
    [undefined, 'Tulis angka bulat.'],
    [['1', '2'], 'Tulis angka bulat.'],
  ])('%j: %s', (typed, expected) => {
    expect(told(typed)).toBe(expected);
  });

  test('may be left out where the form says so', () => {
    expect(readForm(z.object({ cap: orNull(wholeNumber(1, 5)) }), { cap: ' ' }).cap).toBeNull();
  });
});
