import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { makeScene, type Scene } from '../factories/scenes.js';
import { markSent } from '../../src/features/invitations/invitations.repository.js';
import { startProcess, type House, type HouseGiven } from './house.js';
import { differs, times, useHouse, type Race } from './race.js';

const institutions = 40;

/** An event whose institutions are due to be reminded at this very minute; all of them were told long ago. */
async function makeDue(house: House): Promise<Scene> {
  const { db } = house.app;
  await db.query(`UPDATE office SET quiet_from = '00:00', quiet_until = '00:00'`);
  const scene = await makeScene(house, {
    quota: { seats: 5 },
    institutions: times(institutions, () => ({})),
  });
  for (const id of scene.invitations) await markSent(db, id, house.actor.userId, new Date());
  // The history refuses updates; what counts is that nobody was asked within the last day.
  await db.query('ALTER TABLE invitation_change DISABLE TRIGGER invitation_change_append_only');
  await db.query(`UPDATE invitation_change SET at = at - interval '10 days' WHERE event_id = $1`, [
    scene.eventId,
  ]);
  await db.query('ALTER TABLE invitation_change ENABLE TRIGGER invitation_change_append_only');
  await db.query(`UPDATE invitation SET created_at = created_at - interval '10 days' WHERE event_id = $1`, [
    scene.eventId,
  ]);
  await db.query(
    `WITH due AS (SELECT now() AT TIME ZONE 'Asia/Makassar' - interval '1 minute' AS at),
       rule AS (INSERT INTO reminder_rule SELECT $1, 'answer_first', true, 7, to_char(at, 'HH24:MI') FROM due)
     UPDATE event SET answer_by = (date_trunc('day', at) + interval '7 days 23 hours 59 minutes') AT TIME ZONE zone
     FROM due WHERE id = $1`,
    [scene.eventId],
  );
  return scene;
}

const stands = async ({ app }: House): Promise<number> => {
  const [row] = (await app.db.query(
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )) as [{ count: number }];
  return row.count;
};

/** Holds one invitation, so that whoever writes reminders comes as far as it and stands there. */
async function holding(house: House, scene: Scene, work: () => Promise<void>): Promise<void> {
  const stopper = house.app.db.createQueryRunner();
  await stopper.startTransaction();
  await stopper.query('SELECT 1 FROM invitation WHERE id = $1 FOR UPDATE', [
    scene.invitations[institutions / 2],
  ]);
  await work();
  await stopper.rollbackTransaction();
  await stopper.release();
}

const written = async ({ app }: House, { eventId }: Scene): Promise<string[]> => {
  const rows = (await app.db.query(
    `SELECT count(*)::int AS messages, count(DISTINCT invitation_id)::int AS institutions FROM message
     WHERE event_id = $1 AND purpose = 'reminder_answer'`,
    [eventId],
  )) as [{ messages: number; institutions: number }];
  return differs('reminders', rows[0], { messages: institutions, institutions });
};

/** Starts as many processes, lets them all stand before the held row where they can, and ends them once all is written. */
async function remindIn(
  house: House,
  scene: Scene,
  count: number,
  given: HouseGiven,
  kill: boolean,
): Promise<void> {
  const runs = times(count, () => startProcess(house.app, { ...given, clockSeconds: 0.2 }));
  await holding(house, scene, async () => {
    while ((await stands(house)) < count) await delay(20);
    if (!kill) return;
    for (const run of runs) run.child.kill('SIGKILL');
    await Promise.all(runs.map((run) => run.ended));
  });
  while ((await stands(house)) > 0) await delay(20);
  if (kill) return;
  await delay(1_000);
  for (const run of runs) run.child.kill('SIGTERM');
  await Promise.all(runs.map((run) => run.ended));
}

const twoAtOnce =
  (given: HouseGiven = {}): Race =>
  async (house) => {
    const scene = await makeDue(house);
    await remindIn(house, scene, 2, given, false);
    return written(house, scene);
  };

describe('two processes that write the same reminders at the same moment', () => {
  const house = useHouse();
  test('write each of them once', async () => {
    expect(await twoAtOnce()(house())).toEqual([]);
  });

  test('write each of them once without the lock, too: the key of a message is enough', async () => {
    expect(await twoAtOnce({ leftOut: ['event_quota'] })(house())).toEqual([]);
  });

  test('killed with -9 midway have written nothing; the next ones write each of them once', async () => {
    const scene = await makeDue(house());
    await remindIn(house(), scene, 2, {}, true);
    expect(
      await house().app.db.query(
        `SELECT 1 FROM message WHERE purpose = 'reminder_answer' AND event_id = $1`,
        [scene.eventId],
      ),
    ).toEqual([]);
    await remindIn(house(), scene, 2, {}, false);
    expect(await written(house(), scene)).toEqual([]);
  });

  test('write doubles where neither the lock nor the key is there', async () => {
    await house().app.db.query('ALTER TABLE message DROP CONSTRAINT message_dedupe_key_key');
    expect((await twoAtOnce({ leftOut: ['event_quota'] })(house())).join()).toMatch(/"messages":80/);
  });
});
