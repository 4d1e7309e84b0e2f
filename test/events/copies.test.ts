import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dayFromNow, makeHost, makeScene, type Host } from '../factories/scenes.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { brokenRules } from '../support/invariants.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let host: Host;
beforeAll(async () => {
  app = await startTestApp();
  app.clock.set(new Date().toISOString());
  host = await makeHost(app.deps);
});
afterAll(() => app.close());

const strata = [
  { key: 'anak', seats: 4, limit: 1 },
  { key: 'lainnya', seats: 2, limit: null },
];

test('an event that two people copy at once has two whole copies, with seats free and nobody in them', async () => {
  const { eventId } = await makeScene(host, {
    quota: { seats: 6, dimension: 'service', strata, reserved: { speaker: 2, committee: 1, press: 0 } },
    institutions: [{}, {}],
  });
  await app.db.query('UPDATE event_quota SET next_queue_number = 9 WHERE event_id = $1', [eventId]);
  const rule = { slot: 'answer_last', active: false, days: 2, hour: '09:30' };
  await app.db.query(
    `INSERT INTO reminder_rule (event_id, slot, active, days, hour)
     SELECT $1, slot, active, days, hour FROM json_to_record($2) AS r (slot text, active boolean, days int, hour text)`,
    [eventId, JSON.stringify(rule)],
  );
  const sends = await Promise.all(
    ['Angkatan II', 'Angkatan III'].map(async (title) => {
      const organizer = await new Visitor(app.app).signIn(host.email);
      const path = `/events/${eventId}/clone`;
      return organizer.prepare(path, { title, firstDay: dayFromNow(60) }, path);
    }),
  );
  const replies = await Promise.all(sends.map((send) => send()));
  expect(replies.map(({ status }) => status)).toEqual([303, 303]);
  const copies = (await app.db.query('SELECT id, title FROM event WHERE cloned_from_id = $1 ORDER BY title', [
    eventId,
  ])) as { id: number; title: string }[];
  expect(copies.map(({ title }) => title)).toEqual(['Angkatan II', 'Angkatan III']);
  for (const { id } of copies) {
    expect(await brokenRules(app.db, id)).toEqual([]);
    const seats = await app.db.query(
      `SELECT pool, state, count(*)::int AS count FROM seat WHERE event_id = $1 GROUP BY 1, 2 ORDER BY 1`,
      [id],
    );
    expect(seats).toEqual([
      { pool: 'quota', state: 'free', count: 6 },
      { pool: 'reserved', state: 'free', count: 3 },
    ]);
    const [quota] = (await app.db.query(
      'SELECT next_queue_number AS next, version FROM event_quota WHERE event_id = $1',
      [id],
    )) as unknown[];
    expect(quota).toEqual({ next: 1, version: 1 });
    const rules = await app.db.query(
      'SELECT slot, active, days, hour FROM reminder_rule WHERE event_id = $1',
      [id],
    );
    expect(rules).toEqual([rule]);
    const days = await app.db.query('SELECT date FROM event_day WHERE event_id = $1', [id]);
    expect(days).toEqual([{ date: dayFromNow(60) }]);
    const entries = await app.db.query(
      `SELECT 1 FROM audit_entry WHERE action = 'event.cloned' AND subject_id = $1`,
      [id],
    );
    expect(entries).toHaveLength(1);
  }
});

test('a copy moves the first wave’s date along, drops it when it would have passed, and has not begun anything', async () => {
  const { eventId } = await makeScene(host, { quota: { seats: 6 }, institutions: [] });
  await app.db.query(
    `UPDATE event_quota SET first_wave_by = $2::timestamptz, waves_paused = true, moves_at_once = true, deadline_settled = now(),
       cap_per_region = 3, offer_hours = 12 WHERE event_id = $1`,
    [eventId, `${dayFromNow(10)}T15:59:00Z`],
  );
  const organizer = await new Visitor(app.app).signIn(host.email);
  const path = `/events/${eventId}/clone`;
  const copyOn = async (firstDay: string): Promise<Record<string, unknown>> => {
    expect((await organizer.post(path, { title: `Salinan ${firstDay}`, firstDay }, path)).status).toBe(303);
    const [row] = (await app.db.query(
      `SELECT to_char(q.first_wave_by AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS "firstWaveBy", q.waves_paused AS paused,
         q.moves_at_once AS moves, q.deadline_settled AS settled, q.cap_per_region AS cap, q.offer_hours AS hours
       FROM event_quota q JOIN event e ON e.id = q.event_id WHERE e.title = $1`,
      [`Salinan ${firstDay}`],
    )) as [Record<string, unknown>];
    return row;
  };
  const fresh = { paused: false, moves: false, settled: null, cap: 3, hours: 12 };
  // The scene begins in 30 days, and its first wave answers 20 days before.
  expect(await copyOn(dayFromNow(60))).toEqual({ ...fresh, firstWaveBy: `${dayFromNow(40)} 15:59` });
  expect(await copyOn(dayFromNow(15))).toEqual({ ...fresh, firstWaveBy: null });
});
