import { describe, expect, test } from '@jest/globals';
import { localParts } from '../../src/i18n/zones.js';
import { dayFromNow, makeScene, type Scene } from '../factories/scenes.js';
import { makeInstitution } from '../factories/institutions.js';
import { Visitor } from '../support/visitor.js';
import type { House } from './house.js';
import { differs, faultsIn, rulesOf, statuses, times, useHouse, type Race } from './race.js';

const signIn = (house: House, process: number) =>
  new Visitor(house.urls[process % 2] ?? '').signIn(house.email);

interface Today extends Scene {
  list: string;
  session: string;
  delegates: { id: number; invitationId: number }[];
}

/** An event of today on which these institutions have said that they come. */
async function today(house: House, accepted: number, seats: number): Promise<Today> {
  const day = localParts(new Date(), 'Asia/Makassar').date;
  const institutions = times(accepted, (n) => ({ leader: { name: `Ketua ${n + 1}` } }));
  const given = { days: [day], answerBy: `${dayFromNow(2)}T15:59:00Z` };
  const scene = await makeScene(house, { ...given, quota: { seats }, institutions });
  for (const id of scene.invitations) await (await house.phone(id, 0).look()).accept(1, 'take_rest');
  const [session] = (await house.app.db.query(
    `SELECT x.id FROM event_session x JOIN event_day y ON y.id = x.day_id WHERE y.event_id = $1`,
    [scene.eventId],
  )) as [{ id: number }];
  const delegates = (await house.app.db.query(
    `SELECT id, invitation_id AS "invitationId" FROM delegate WHERE event_id = $1 ORDER BY id`,
    [scene.eventId],
  )) as Today['delegates'];
  const list = `/events/${scene.eventId}/attendance`;
  return { ...scene, list, session: `${list}/sessions/${session.id}`, delegates };
}

/** Nobody is present on a seat that is not theirs, and every row is what follows from its marks. */
async function doorOf({ app }: House, { eventId }: Scene): Promise<string[]> {
  const wrong = (await app.db.query(
    `SELECT a.id, d.state, a.arrived_at = (SELECT min(m.happened_at) FROM attendance_mark m
         WHERE m.delegate_id = a.delegate_id AND m.session_id = a.session_id AND m.kind = 'in') AS first
     FROM attendance a JOIN delegate d ON d.id = a.delegate_id WHERE a.event_id = $1 AND a.state = 'present'`,
    [eventId],
  )) as { id: number; state: string; first: boolean }[];
  return wrong.flatMap(({ id, state, first }) => [
    ...(state === 'active' ? [] : [`attendance ${id} of a delegate who is ${state}`]),
    ...(first ? [] : [`attendance ${id} does not begin with its first mark`]),
  ]);
}

const fiveDevices: Race = async (house) => {
  const scene = await today(house, 1, 1);
  const [delegate] = scene.delegates;
  const path = `${scene.session}/delegates/${delegate!.id}/marks`;
  const devices = await Promise.all(times(5, (n) => signIn(house, n)));
  const sends = await Promise.all(devices.map((device) => device.prepare(path, {}, scene.list)));
  const replies = await Promise.all(sends.map((send) => send()));
  const [counts] = (await house.app.db.query(
    `SELECT (SELECT count(*)::int FROM attendance WHERE event_id = $1) AS attendance,
       (SELECT count(*)::int FROM attendance_mark WHERE event_id = $1) AS marks`,
    [scene.eventId],
  )) as [unknown];
  return [
    ...differs('statuses', statuses(replies), [303, 303, 303, 303, 303]),
    ...differs('rows', counts, { attendance: 1, marks: 5 }),
    ...(await doorOf(house, scene)),
  ];
};

const lastSeat: Race = async (house) => {
  const scene = await today(house, 1, 2);
  const strangers = [
    await makeInstitution(house.app.db, house.office),
    await makeInstitution(house.app.db, house.office),
  ];
  const sends = await Promise.all(
    strangers.map(async (id, n) => {
      const path = `${scene.session}/walk-in/${id}`;
      return (await signIn(house, n)).prepare(path, { name: `Tamu ${n}` }, path);
    }),
  );
  const replies = await Promise.all(sends.map((send) => send()));
  const asked = replies.filter(({ text }) => text.includes('Kursi kuota tidak cukup')).length;
  return [
    ...differs('statuses', statuses(replies), [303, 422]),
    ...differs('asked for a reason', asked, 1),
    ...(await rulesOf(house, scene)),
    ...(await doorOf(house, scene)),
  ];
};

/** A check-in in one process, and in the other an act that takes the seat away: one of the two is refused. */
const against =
  (act: (delegate: { id: number }) => [path: string, fields: Record<string, string>]): Race =>
  async (house) => {
    const scene = await today(house, 1, 1);
    const [delegate] = scene.delegates as [Today['delegates'][number]];
    const page = `/events/${scene.eventId}/invitations/${delegate.invitationId}`;
    const [path, fields] = act(delegate);
    const mark = await (
      await signIn(house, 0)
    ).prepare(`${scene.session}/delegates/${delegate.id}/marks`, {}, scene.list);
    const take = await (await signIn(house, 1)).prepare(page + path, fields, page);
    const [marked, taken] = await Promise.all([mark(), take()]);
    const here = (await house.app.db.query('SELECT 1 FROM attendance WHERE event_id = $1', [
      scene.eventId,
    ])) as unknown[];
    return [
      ...differs('check-in', marked.status, 303),
      ...differs('the other', taken.status, here.length === 1 ? 409 : 303),
      ...(await doorOf(house, scene)),
      ...(await rulesOf(house, scene)),
    ];
  };

const races: [name: string, race: Race][] = [
  ['one delegate on five devices at once is one attendance with five marks, from the first on', fiveDevices],
  ['of two walk-ins for the last seat one gets it, and the other is asked for a reason', lastSeat],
  [
    'a delegate is either checked in or replaced',
    against(({ id }) => [`/delegates/${id}`, { other: 'other', name: 'Pengganti' }]),
  ],
  [
    'a delegate is either checked in or gives the seat back',
    against(({ id }) => ['/return', { ids: String(id) }]),
  ],
];

describe('in two processes', () => {
  const house = useHouse();
  test.each(races)('%s', async (_name, race) => {
    expect(await faultsIn(race, house(), 3)).toEqual([]);
  });
});

describe('in two processes without the locks', () => {
  const house = useHouse({ leftOut: ['event_quota', 'delegate'] });
  test.each(races)('it does not hold that %s', async (_name, race) => {
    expect(await faultsIn(race, house(), 25)).not.toEqual([]);
  });
});
