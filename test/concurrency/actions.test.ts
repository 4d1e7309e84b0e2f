import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { makeAction, makeOwner } from '../factories/actions.js';
import { Visitor } from '../support/visitor.js';
import type { House } from './house.js';
import { differs, faultsIn, statuses, times, useHouse, type Race } from './race.js';

interface Owed {
  id: number;
  ownerId: number;
  link: string;
}

async function makePromise(house: House, state: 'open' | 'in_progress' | 'handed_in'): Promise<Owed> {
  const ownerId = await makeOwner(house.app.db, house.office);
  const id = await makeAction(house.app.db, house.office, { ownerId, state });
  return { id, ownerId, link: `/t/${house.app.deps.links.token('owner', ownerId, 1)}` };
}

/** The owner's phone before its page; sends when called. */
async function byLink(house: House, { id, link }: Owed, process: 0 | 1, fields: Record<string, string>) {
  const phone = new Visitor(house.urls[process]);
  const form = { version: '1', clientId: randomUUID(), text: '', url: '', ...fields };
  return phone.prepare(`${link}/actions/${id}`, form, link);
}

/** A person of the office before the follow-up's page; sends when called. */
async function byOffice(house: House, { id }: Owed, process: 0 | 1, noun: string, fields = {}) {
  const visitor = await new Visitor(house.urls[process]).signIn(house.email);
  return visitor.prepare(`/actions/${id}/${noun}`, { version: '1', ...fields }, `/actions/${id}`);
}

/** The history is a chain: each step begins where the one before it ended, and the state is where it ends. */
async function brokenChain({ app }: House, id: number): Promise<string[]> {
  const rows = (await app.db.query(
    `SELECT verb, from_state AS "from", to_state AS "to" FROM action_change
     WHERE action_id = $1 AND verb <> 'create' ORDER BY id`,
    [id],
  )) as { verb: string; from: string; to: string }[];
  const [{ state, version }] = (await app.db.query('SELECT state, version FROM action_item WHERE id = $1', [
    id,
  ])) as [{ state: string; version: number }];
  const gaps = rows.slice(1).flatMap(({ verb, from }, at) => differs(`${verb} from`, from, rows[at]?.to));
  return [
    ...gaps,
    ...differs('state', state, rows.at(-1)?.to),
    ...differs('version', version, rows.length + 1),
  ];
}

/** Of two steps from the same page one counts, and the other is told so. */
const oneOfTwo =
  (state: 'in_progress' | 'handed_in', nouns: [string, Record<string, string>][]): Race =>
  async (house) => {
    const promise = await makePromise(house, state);
    const sends = [];
    for (const [at, [noun, fields]] of nouns.entries())
      sends.push(await byOffice(house, promise, at % 2 === 0 ? 0 : 1, noun, fields));
    const replies = await Promise.all(sends.map((send) => send()));
    const told = statuses(replies).map((status) => (status === 409 ? 422 : status));
    return [
      ...differs('statuses', told, [303, ...times(nouns.length - 1, () => 422)]),
      ...(await brokenChain(house, promise.id)),
    ];
  };

const returned: [string, Record<string, string>] = ['return', { returnReason: 'Belum lengkap' }];
const verifyOrReturn = oneOfTwo('handed_in', [
  ['verification', {}],
  returned,
  ['verification', {}],
  returned,
]);

const handInWhileReturned: Race = async (house) => {
  const promise = await makePromise(house, 'handed_in');
  const sends = [
    await byOffice(house, promise, 0, ...returned),
    await byOffice(house, promise, 1, 'verification'),
    ...(await Promise.all(times(2, (n) => byLink(house, promise, n === 0 ? 0 : 1, { act: 'hand_in' })))),
  ];
  const replies = await Promise.all(sends.map((send) => send()));
  const [{ count }] = (await house.app.db.query(
    `SELECT count(*)::int AS count FROM action_change WHERE action_id = $1 AND verb IN ('verify', 'return')`,
    [promise.id],
  )) as [{ count: number }];
  return [
    ...(replies.some(({ status }) => status >= 500) ? [`answered with ${statuses(replies).join()}`] : []),
    ...differs('decisions', count, 1),
    ...(await brokenChain(house, promise.id)),
  ];
};

/** One form from four impatient taps, beside a different note: two notes, and one hand-in. */
const sameReportOften: Race = async (house) => {
  const promise = await makePromise(house, 'in_progress');
  const form = { act: 'hand_in', text: 'Sudah', clientId: randomUUID() };
  const sends = [
    ...(await Promise.all(times(4, (n) => byLink(house, promise, n % 2 === 0 ? 0 : 1, form)))),
    await byLink(house, promise, 1, { act: 'note', text: 'Lain' }),
  ];
  const replies = await Promise.all(sends.map((send) => send()));
  const [kept] = (await house.app.db.query(
    `SELECT (SELECT count(*)::int FROM action_note WHERE action_id = $1) AS notes,
       (SELECT count(*)::int FROM action_change WHERE action_id = $1 AND verb = 'hand_in') AS steps`,
    [promise.id],
  )) as unknown[];
  return [
    ...differs(
      'statuses',
      statuses(replies),
      times(5, () => 303),
    ),
    ...differs('kept', kept, { notes: 2, steps: 1 }),
    ...(await brokenChain(house, promise.id)),
  ];
};

const races: [name: string, race: Race][] = [
  ['of those who verify and return at once one decides, and the others are told so', verifyOrReturn],
  [
    'a hand-in that meets its return or verification leaves one decision and a whole history',
    handInWhileReturned,
  ],
  ['a report that is tapped four times is one report, and another note beside it is kept', sameReportOften],
];

describe('in two processes', () => {
  const house = useHouse();
  test.each(races)('%s', async (_name, race) => {
    expect(await faultsIn(race, house(), 3)).toEqual([]);
  });
});

describe('in two processes without the lock', () => {
  const house = useHouse({ leftOut: ['action_item'] });
  test.each(races)('it does not hold that %s', async (_name, race) => {
    expect(await faultsIn(race, house(), 25)).not.toEqual([]);
  });
});
