import type { DataSource } from 'typeorm';
import { nextSerial } from './people.js';

export interface EventGiven {
  title?: string;
  state?: 'draft' | 'published' | 'running' | 'finished';
  filling?: 'first_come' | 'selection';
  /** First day, `2026-03-20`; sessions run from 09.00 to 15.00 WITA. */
  days?: string[];
  answerBy?: string;
}

/** For programs that go by the real clock: an event in a month, which their clock does not finish meanwhile. */
export function inAMonth(): EventGiven {
  const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  return { days: [day], answerBy: `${day}T00:00:00Z` };
}

/** An event with one session a day and an empty quota; its id. */
export async function makeEvent(
  db: DataSource,
  office: { id: number },
  given: EventGiven = {},
): Promise<number> {
  const days = given.days ?? ['2026-03-20'];
  const first = `${days[0]}T01:00:00Z`;
  const last = `${days.at(-1)}T07:00:00Z`;
  const [event] = (await db.query(
    `INSERT INTO event (office_id, kind, title, zone, state, filling, answer_by, names_until, first_day, starts_at, ends_at)
     VALUES ($1, 'bimtek', $2, 'Asia/Makassar', $3, $4, $5, $6, $7, $6, $8) RETURNING id`,
    [
      office.id,
      given.title ?? `Bimtek Uji ${nextSerial()}`,
      given.state ?? 'published',
      given.filling ?? 'first_come',
      given.answerBy ?? '2026-03-13T15:59:00Z',
      first,
      days[0],
      last,
    ],
  )) as [{ id: number }];
  for (const day of days)
    await db.query(
      `WITH d AS (INSERT INTO event_day (event_id, date) VALUES ($1, $2) RETURNING id)
       INSERT INTO event_session (day_id, starts_at, ends_at) SELECT id, $3, $4 FROM d`,
      [event.id, day, `${day}T01:00:00Z`, `${day}T07:00:00Z`],
    );
  await db.query(`INSERT INTO event_quota (event_id, seats) VALUES ($1, 0)`, [event.id]);
  return event.id;
}
