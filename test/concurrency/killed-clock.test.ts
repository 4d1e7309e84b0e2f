import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { startProcess, type House } from './house.js';
import { endOffers, lapsedTwice, makeOffers, type Offers } from './offers.js';
import { differs, places, rulesOf, times, useHouse, type Race } from './race.js';

const [offers, waiting] = [200, 20];

interface Blow {
  /** Before whose row the clock stands when it is killed. */
  at: (scene: Offers) => number | undefined;
  withoutTransactions?: boolean;
}

/** A process whose clock comes as far as this row, stands there, and is killed with -9. */
async function killMidway(house: House, scene: Offers, { at, ...given }: Blow): Promise<void> {
  const stopper = house.app.db.createQueryRunner();
  await stopper.startTransaction();
  await stopper.query('SELECT 1 FROM invitation WHERE id = $1 FOR UPDATE', [at(scene)]);
  const killed = startProcess(house.app, given);
  while (!(await someoneStands(house))) await delay(20);
  killed.child.kill('SIGKILL');
  await killed.ended;
  await stopper.rollbackTransaction();
  await stopper.release();
  // PostgreSQL notices that the process is gone only once its statement has got the row.
  while (await someoneStands(house)) await delay(20);
}

async function someoneStands({ app }: House): Promise<boolean> {
  const rows = (await app.db.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )) as unknown[];
  return rows.length > 0;
}

/** Two processes start again at once, and end when no offer is past its time. */
async function startAgain(house: House, scene: Offers): Promise<void> {
  const runs = [startProcess(house.app), startProcess(house.app)];
  await Promise.all(runs.map((run) => run.says('Rembuk: http')));
  while ((await places(house, scene)).slice(0, offers).some(({ state }) => state === 'offered'))
    await delay(20);
  for (const run of runs) run.child.kill('SIGTERM');
  await Promise.all(runs.map((run) => run.ended));
}

/** What the institutions were told, and how often: nobody hears a thing twice, nor of what did not happen. */
const messages = ({ app }: House, { eventId }: Offers): Promise<{ purpose: string; count: number }[]> =>
  app.db.query(
    `SELECT purpose, count(*)::int AS count FROM message WHERE event_id = $1 GROUP BY purpose ORDER BY purpose`,
    [eventId],
  );

const killedClock =
  (blow: Blow): Race =>
  async (house) => {
    const scene = await makeOffers(house, { offers, waiting });
    await endOffers(house, scene, new Date());
    const before = await places(house, scene);
    await killMidway(house, scene, blow);
    const left = differs('after the blow', await places(house, scene), before).map(
      () => 'the killed process left its work half done',
    );
    await startAgain(house, scene);
    return [
      ...left,
      ...differs('places', await places(house, scene), [
        ...times(offers, () => ({ state: 'lapsed', seats: 0 })),
        ...times(waiting, () => ({ state: 'offered', seats: 1 })),
      ]),
      ...differs('messages', await messages(house, scene), [
        { purpose: 'offer', count: waiting },
        { purpose: 'offer_ended', count: offers },
      ]),
      ...(await lapsedTwice(house, scene)),
      ...(await rulesOf(house, scene)),
    ];
  };

const moments: [moment: string, at: Blow['at'], lost: RegExp][] = [
  ['ends the 120th offer', ({ offered }) => offered[119], /half done/],
  // The seat was already put aside for somebody who will never hear of it.
  ['passes the tenth seat on', ({ waiting: queue }) => queue[9], /half done.*still has seats/],
];

describe('a clock with 200 offers to end, killed with -9', () => {
  const house = useHouse();
  test.each(moments)('while it %s has changed nothing; the next ones end all of them once', async (_, at) => {
    expect(await killedClock({ at })(house())).toEqual([]);
  });

  test.each(moments)('while it %s leaves faults where nothing is one transaction', async (_, at, lost) => {
    const faults = await killedClock({ at, withoutTransactions: true })(house());
    expect(faults.join()).toMatch(lost);
  });
});
