import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { endOffers, lapsedTwice, makeOffers } from './offers.js';
import { differs, faultsIn, look, places, rulesOf, useHouse, type Race } from './race.js';

const endingOffers: Race = async (house) => {
  const scene = await makeOffers(house, { offers: 10, waiting: 4 });
  const phones = await look(house, scene.offered);
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

const once = 'an offer that ends while it is accepted is one of the two, once';
// Both processes wake up twenty times a second.
const clockSeconds = 0.05;

describe('in two processes', () => {
  const house = useHouse({ clockSeconds });
  test(once, async () => {
    expect(await faultsIn(endingOffers, house(), 3)).toEqual([]);
  });
});

describe('in two processes without the lock', () => {
  const house = useHouse({ clockSeconds, leftOut: ['event_quota', 'event'] });
  test(`it does not hold that ${once}`, async () => {
    expect(await faultsIn(endingOffers, house(), 25)).not.toEqual([]);
  });
});
