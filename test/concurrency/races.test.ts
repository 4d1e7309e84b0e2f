import { describe, expect, test } from '@jest/globals';
import { Visitor } from '../support/visitor.js';
import { makeScene } from '../factories/scenes.js';
import type { House } from './house.js';
import type { Phone, Reply } from './phone.js';
import { differs, faultsIn, look, places, rulesOf, statuses, times, useHouse, type Race } from './race.js';

async function acceptInTurn(house: House, ids: number[], seats = 1): Promise<void> {
  for (const id of ids) await (await house.phone(id, 0).look()).accept(seats, 'wait_for_all');
}

const lastSeat: Race = async (house) => {
  const scene = await makeScene(house, { quota: { seats: 1 }, institutions: times(6, () => ({})) });
  const phones = await look(house, scene.invitations);
  const replies = await Promise.all(phones.map((phone) => phone.accept(1, 'wait_for_all')));
  const done = replies.map((reply) => reply.done).sort();
  return [
    ...differs('outcomes', done, ['accepted', ...times(5, () => 'waiting')]),
    ...(await rulesOf(house, scene)),
  ];
};

const withdrawals: Race = async (house) => {
  const scene = await makeScene(house, { quota: { seats: 4 }, institutions: times(8, () => ({})) });
  await acceptInTurn(house, scene.invitations);
  const phones = await look(house, scene.invitations.slice(0, 4));
  const replies = await Promise.all(phones.map((phone) => phone.answer('decline')));
  const gone = times(4, () => ({ state: 'declined', seats: 0 }));
  const moved = times(4, () => ({ state: 'accepted', seats: 1 }));
  return [
    ...differs('statuses', statuses(replies), [303, 303, 303, 303]),
    ...differs('places', await places(house, scene), [...gone, ...moved]),
    ...(await rulesOf(house, scene)),
  ];
};

/** Two buttons at once on the same page, one in each process. */
async function twice(house: House, id: number, press: (phone: Phone) => Promise<Reply>) {
  const phones = await look(house, [id, id]);
  return Promise.all(phones.map(press));
}

const doubleClick: Race = async (house) => {
  const scene = await makeScene(house, { quota: { seats: 4 }, institutions: [{}] });
  const replies = await twice(house, scene.invitations[0] ?? 0, (phone) => phone.accept(1, 'take_rest'));
  return [
    ...differs('statuses', statuses(replies), [303, 409]),
    ...differs('places', await places(house, scene), [{ state: 'accepted', seats: 1 }]),
    ...(await rulesOf(house, scene)),
  ];
};

const replacements: Race = async (house) => {
  const scene = await makeScene(house, {
    quota: { seats: 1 },
    institutions: [{ leader: { name: 'Ketua Lama' } }],
  });
  await acceptInTurn(house, scene.invitations);
  const [delegate] = (await house.app.db.query('SELECT id FROM delegate WHERE event_id = $1', [
    scene.eventId,
  ])) as [{ id: number }];
  let n = 0;
  const replies = await twice(house, scene.invitations[0] ?? 0, (phone) =>
    phone.replace(delegate.id, { name: `Pengganti ${(n += 1)}` }),
  );
  const people = (await house.app.db.query(
    `SELECT d.state, count(*)::int AS count FROM delegate d WHERE d.event_id = $1 GROUP BY d.state ORDER BY d.state`,
    [scene.eventId],
  )) as unknown;
  return [
    ...differs('statuses', statuses(replies), [303, 409]),
    ...differs('people', people, [
      { state: 'active', count: 1 },
      { state: 'replaced', count: 1 },
    ]),
    ...(await rulesOf(house, scene)),
  ];
};

const signIn = (house: House, process: 0 | 1) => new Visitor(house.urls[process]).signIn(house.email);

/** The form of the quota as the page sends it, for this many seats. */
const quotaForm = (seats: number) => ({
  seats: String(seats),
  seatsPerInstitution: '2',
  dimension: 'none',
  offerHours: '48',
  'reserved[speaker]': '0',
  'reserved[committee]': '0',
  'reserved[press]': '0',
  version: '2',
});

const fewerSeats: Race = async (house) => {
  const scene = await makeScene(house, { quota: { seats: 6 }, institutions: times(5, () => ({})) });
  const page = `/events/${scene.eventId}/quota`;
  const send = await (await signIn(house, 0)).prepare(page, quotaForm(3), page);
  const phones = await look(house, scene.invitations);
  const [saved, ...replies] = await Promise.all([
    send(),
    ...phones.map((phone) => phone.accept(1, 'take_rest')),
  ]);
  const [quota] = (await house.app.db.query('SELECT seats FROM event_quota WHERE event_id = $1', [
    scene.eventId,
  ])) as [{ seats: number }];
  const isRefused = saved.status === 422 && saved.text.includes('field__error');
  return [
    ...differs(
      'statuses',
      statuses(replies),
      times(5, () => 303),
    ),
    // Too late to lower it: refused, with the numbers at the field.
    ...(isRefused ? [] : differs('saved', saved.status, 303)),
    ...differs('seats', quota.seats, isRefused ? 6 : 3),
    ...(await rulesOf(house, scene)),
  ];
};

const publications: Race = async (house) => {
  const institutions = times(5, () => ({}));
  const scene = await makeScene(house, { state: 'draft', quota: { seats: 2 }, institutions });
  const sends = [];
  for (const process of [0, 1] as const) {
    const organizer = await signIn(house, process);
    sends.push(
      await organizer.prepare(`/events/${scene.eventId}/publication`, {}, `/events/${scene.eventId}`),
    );
  }
  const replies = await Promise.all(sends.map((send) => send()));
  const [published] = (await house.app.db.query(
    `SELECT (SELECT count(*)::int FROM audit_entry WHERE action = 'event.published' AND subject_id = $1) AS entries,
       (SELECT count(*)::int FROM invitation_change WHERE event_id = $1) AS changes`,
    [scene.eventId],
  )) as unknown[];
  return [
    ...(replies.some(({ status }) => status >= 500) ? [`answered with ${statuses(replies).join()}`] : []),
    ...differs('published', published, { entries: 1, changes: 5 }),
    ...differs(
      'places',
      await places(house, scene),
      times(5, () => ({ state: 'open', seats: 0 })),
    ),
    ...(await rulesOf(house, scene)),
  ];
};

const races: [name: string, race: Race][] = [
  ['of several that accept the last seat one gets it and the others wait', lastSeat],
  ['seats given back at once go to one waiting institution each, in their order', withdrawals],
  ['a double click is one answer, and the second click is told so', doubleClick],
  ['of two replacements of a delegate one counts, and the other is told so', replacements],
  ['a quota lowered while answers come in is lowered or refused, and fits its seats', fewerSeats],
  ['an event that two people publish goes out once', publications],
];

describe('in two processes', () => {
  const house = useHouse();
  test.each(races)('%s', async (_name, race) => {
    expect(await faultsIn(race, house(), 3)).toEqual([]);
  });
});

describe('in two processes without the lock', () => {
  const house = useHouse({ leftOut: ['event_quota', 'event'] });
  test.each(races)('it does not hold that %s', async (_name, race) => {
    expect(await faultsIn(race, house(), 25)).not.toEqual([]);
  });
});
