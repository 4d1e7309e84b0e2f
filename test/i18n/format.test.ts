import { describe, expect, test } from '@jest/globals';
import { formats } from '../../src/texts.js';

const session = (date: string, from: string, to: string | null) => ({
  date,
  startsAt: new Date(`${date}T${from}:00+08:00`),
  endsAt: to === null ? null : new Date(`${date}T${to}:00+08:00`),
});
const told = (...sessions: ReturnType<typeof session>[]) => formats.id.hours(sessions, 'Asia/Makassar');

describe('hours of an event', () => {
  test('stand once where every day has the same, from the first session to the end of the last', () => {
    expect(
      told(
        session('2026-12-22', '08:30', '12:00'),
        session('2026-12-22', '13:00', '16:00'),
        session('2026-12-23', '08:30', '16:00'),
      ),
    ).toBe('08.30 s.d. 16.00 WITA');
  });

  test('stand with their day where days differ, and open where one session has no end', () => {
    expect(told(session('2026-12-22', '08:30', '16:00'), session('2026-12-24', '10:00', null))).toBe(
      '08.30 s.d. 16.00 WITA (Selasa, 22 Desember 2026)\n10.00 WITA s.d. selesai (Kamis, 24 Desember 2026)',
    );
  });

  test('are nothing without a session', () => {
    expect(told()).toBe('');
  });
});
