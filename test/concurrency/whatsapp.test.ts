import { describe, expect, test } from '@jest/globals';
import { makeUser } from '../factories/people.js';
import { makeScene } from '../factories/scenes.js';
import { Visitor } from '../support/visitor.js';
import type { House } from './house.js';
import { differs, faultsIn, times, useHouse, type Race } from './race.js';

const colleagues = 4;
const visitors = new WeakMap<House, Visitor[]>();

/** Colleagues of the office, every other one served by the second process. */
async function peopleOf(house: House): Promise<Visitor[]> {
  const known = visitors.get(house);
  if (known) return known;
  const made = await Promise.all(
    times(colleagues, async (n) =>
      new Visitor(house.urls[n % 2] ?? '').signIn((await makeUser(house.app.db, house.office)).email),
    ),
  );
  visitors.set(house, made);
  return made;
}

interface Claim {
  id: number;
  by: number | null;
}

/** All of them begin at the same moment: each has an LKS of their own. */
const beginning: Race = async (house) => {
  const people = await peopleOf(house);
  const { eventId } = await makeScene(house, {
    quota: { seats: 8 },
    institutions: times(8, () => ({ leader: { name: 'Ketua', phone: '+6281200000001' } })),
  });
  const path = `/events/${eventId}/invitations/whatsapp`;
  const begin = await Promise.all(people.map((visitor) => visitor.prepare(`${path}/claim`, {}, path)));
  const replies = await Promise.all(begin.map((tap) => tap()));
  const claims = (await house.app.db.query(
    `SELECT id, claimed_by AS by FROM message WHERE event_id = $1 AND claimed_by IS NOT NULL`,
    [eventId],
  )) as Claim[];
  return [
    ...differs(
      'statuses',
      replies.map(({ status }) => status),
      times(colleagues, () => 303),
    ),
    ...differs('LKS that are held', claims.length, colleagues),
    ...differs('colleagues who hold one', new Set(claims.map(({ by }) => by)).size, colleagues),
  ];
};

describe('several colleagues at the WhatsApp queue, in two processes', () => {
  const house = useHouse();

  test('no two of them ever get the same LKS', async () => {
    expect(await faultsIn(beginning, house(), 12)).toEqual([]);
  });
});

describe('the same with the lock of the messages left out (negative control)', () => {
  const house = useHouse({ leftOut: ['message'] });

  test('two get the same one', async () => {
    expect(await faultsIn(beginning, house(), 30)).not.toEqual([]);
  });
});
