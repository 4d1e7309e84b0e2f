import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { makeScene, type Scene } from '../factories/scenes.js';
import { openHouse, startProcess, type House } from './house.js';
import { describeRaces, differs, look, places, rulesOf, times, type Race } from './race.js';

const offersEach = 10;

/** Ten institutions with one seat offered to each, and four who wait for whatever becomes free. */
async function makeOffers(house: House): Promise<Scene> {
  const { db } = house.app;
  const scene = await makeScene(house, {
    filling: 'selection',
    state: 'draft',
    quota: { seats: offersEach },
    institutions: times(offersEach + 4, () => ({})),
  });
  await db.query(`UPDATE event SET state = 'published' WHERE id = $1`, [scene.eventId]);
  await db.query(
    `UPDATE invitation SET state = 'waiting', demand = 1, waiting = 1, queue_number = 1000 + id
     WHERE id = ANY($1)`,
    [scene.invitations.slice(offersEach)],
  );
  await db.query(
    `UPDATE seat s SET state = 'held', invitation_id = o.id, held_until = now() + interval '1 hour'
     FROM unnest($2::int[]) WITH ORDINALITY AS o (id, number) WHERE s.event_id = $1 AND s.number = o.number`,
    [scene.eventId, scene.invitations.slice(0, offersEach)],
  );
  await db.query(
    `UPDATE invitation SET state = 'offered', demand = 1, hold_until = now() + interval '1 hour'
     WHERE id = ANY($1)`,
    [scene.invitations.slice(0, offersEach)],
  );
  return scene;
}

/** Moves the end of the offers. */
async function endOffers({ app }: House, scene: Scene, at: Date): Promise<void> {
  const offered = scene.invitations.slice(0, offersEach);
  await app.db.query('UPDATE invitation SET hold_until = $2 WHERE id = ANY($1)', [offered, at]);
  await app.db.query('UPDATE seat SET held_until = $2 WHERE invitation_id = ANY($1)', [offered, at]);
}

/** Invitations of which the history says more than once that they lapsed. */
async function lapsedTwice({ app }: House, { eventId }: Scene): Promise<string[]> {
  const rows = (await app.db.query(
    `SELECT invitation_id AS id FROM invitation_change WHERE event_id = $1 AND verb = 'lapse_held'
     GROUP BY invitation_id HAVING count(*) > 1`,
    [eventId],
  )) as { id: number }[];
  return rows.map(({ id }) => `invitation ${id} lapsed more than once`);
}

const endingOffers: Race = async (house) => {
  const scene = await makeOffers(house);
  const phones = await look(house, scene.invitations.slice(0, offersEach));
  const ends = Date.now() + 200;
  await endOffers(house, scene, new Date(ends));
  const replies = await Promise.all(
    phones.map(async (phone, n) => {
      await delay(ends - Date.now() - 30 + n * 6);
      return phone.answer('accept', { seats: '1' });
    }),
  );
  const after = await places(house, scene);
  return [
    ...replies.flatMap(({ status, done }, n) => {
      // Too late: the place in the queue that acceptance after a lapse gives, or a seat that was left.
      if (done === 'waiting') return [];
      if (done === 'accepted') return differs(`offer ${n}`, after[n], { state: 'accepted', seats: 1 });
      return [`offer ${n} was answered with ${status}`];
    }),
    ...(await lapsedTwice(house, scene)),
    ...(await rulesOf(house, scene)),
  ];
};

describeRaces([['an offer that ends while it is accepted is one of the two, once', endingOffers]], {
  clockSeconds: 0.05,
});

test('a clock that is killed midway leaves the event as it was; the next one ends every offer once', async () => {
  const house = await openHouse();
  try {
    const { db } = house.app;
    const scene = await makeOffers(house);
    await endOffers(house, scene, new Date());
    const stopper = db.createQueryRunner();
    await stopper.startTransaction();
    // The clock comes as far as this one, and stands.
    await stopper.query('SELECT 1 FROM invitation WHERE id = $1 FOR UPDATE', [scene.invitations[5]]);
    const killed = startProcess(house.app);
    while (!(await someoneStands(house))) await delay(20);
    killed.child.kill('SIGKILL');
    await killed.ended;
    await stopper.rollbackTransaction();
    await stopper.release();
    const untouched = times(offersEach, () => ({ state: 'offered', seats: 1 }));
    expect((await places(house, scene)).slice(0, offersEach)).toEqual(untouched);

    const next = [startProcess(house.app), startProcess(house.app)];
    await Promise.all(next.map((run) => run.says('Rembuk: http')));
    while ((await lapsedCount(house, scene)) < offersEach) await delay(20);
    for (const run of next) run.child.kill('SIGTERM');
    await Promise.all(next.map((run) => run.ended));
    expect([...(await lapsedTwice(house, scene)), ...(await rulesOf(house, scene))]).toEqual([]);
    const moved = times(4, () => ({ state: 'offered', seats: 1 }));
    expect((await places(house, scene)).slice(offersEach)).toEqual(moved);
  } finally {
    await house.close();
  }
});

async function someoneStands({ app }: House): Promise<boolean> {
  const rows = (await app.db.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )) as unknown[];
  return rows.length > 0;
}

async function lapsedCount({ app }: House, { eventId }: Scene): Promise<number> {
  const [row] = (await app.db.query(
    `SELECT count(*)::int AS count FROM invitation WHERE event_id = $1 AND state = 'lapsed'`,
    [eventId],
  )) as [{ count: number }];
  return row.count;
}
