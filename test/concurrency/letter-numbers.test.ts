import { describe, expect, test } from '@jest/globals';
import { makeEvent } from '../factories/events.js';
import { Visitor } from '../support/visitor.js';
import type { House } from './house.js';
import { differs, faultsIn, statuses, times, useHouse, type Race } from './race.js';

const letters = 8;

/** Two organizers, each in a process of their own, take the next number for eight letters at once. */
const takesNext: Race = async (house: House) => {
  const { app, office, email, urls } = house;
  const before = await registerOf(house);
  const desks = await Promise.all(urls.map((url) => new Visitor(url).signIn(email)));
  const sends: (() => Promise<{ status: number }>)[] = [];
  for (const n of times(letters, (at) => at)) {
    const eventId = await makeEvent(app.db, office);
    const [{ id }] = (await app.db.query(
      `INSERT INTO invitation_letter (event_id, mode) VALUES ($1, 'each') RETURNING id`,
      [eventId],
    )) as [{ id: number }];
    const letter = `/events/${eventId}/letters/${id}`;
    const wanted = { date: '2026-03-02', serial: '', suffix: '', number: '' };
    const send = await desks[n % 2]?.prepare(`${letter}/number`, wanted, letter);
    if (send) sends.push(send);
  }
  const replies = await Promise.all(sends.map((send) => send()));
  const after = await registerOf(house);
  return [
    ...differs(
      'answers',
      statuses(replies),
      times(letters, () => 303),
    ),
    ...differs(
      'serials',
      after,
      times(before.length + letters, (n) => n + 1),
    ),
  ];
};

async function registerOf({ app, office }: House): Promise<number[]> {
  const rows = (await app.db.query('SELECT serial FROM letter_number WHERE office_id = $1 ORDER BY serial', [
    office.id,
  ])) as { serial: number }[];
  return rows.map(({ serial }) => serial);
}

describe('in two processes', () => {
  const house = useHouse();
  test('each of many who take the next number at once gets one, without a gap', async () => {
    expect(await faultsIn(takesNext, house(), 4)).toEqual([]);
  });
});

describe('in two processes without the lock', () => {
  const house = useHouse({ leftOut: ['office'] });
  test('some are told that somebody was faster: the database lets no number be given twice', async () => {
    const faults = await faultsIn(takesNext, house(), 10);
    expect(faults[0]).toMatch(/^answers: \[303,.*(409|422)/);
    expect(faults.join()).not.toContain('500');
    const [{ bare }] = (await house().app.db.query(
      `SELECT count(*)::int AS bare FROM invitation_letter b WHERE b.letter_date IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM letter_number n WHERE n.letter_id = b.id)`,
    )) as [{ bare: number }];
    expect(bare).toBe(0);
  });
});
