import { afterAll, beforeAll, jest } from '@jest/globals';
import { brokenRules, passedOver } from '../support/invariants.js';
import type { Scene } from '../factories/scenes.js';
import { openHouse, type House, type HouseGiven } from './house.js';
import type { Phone } from './phone.js';

// Real processes on a machine that others use too.
jest.setTimeout(120_000);

/** Plays one race on an event of its own, over both processes; says everything that came out wrong. */
export type Race = (house: House) => Promise<string[]>;

export const statuses = (replies: { status: number }[]): number[] =>
  replies.map(({ status }) => status).sort();

export const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

export const differs = (what: string, is: unknown, wanted: unknown): string[] =>
  JSON.stringify(is) === JSON.stringify(wanted)
    ? []
    : [`${what}: ${JSON.stringify(is)}, not ${JSON.stringify(wanted)}`];

/** What of rules.md does not hold for an event. */
export async function rulesOf({ app }: House, { eventId }: Scene): Promise<string[]> {
  const passed = await passedOver(app.db, eventId);
  return [...(await brokenRules(app.db, eventId)), ...passed.map((id) => `invitation ${id} was passed over`)];
}

export interface Place {
  state: string;
  seats: number;
}

/** State and seats of each invitation, in the order of the scene. */
export async function places({ app }: House, { invitations }: Scene): Promise<Place[]> {
  return app.db.query(
    `SELECT i.state, (SELECT count(*)::int FROM seat s WHERE s.invitation_id = i.id) AS seats
     FROM invitation i WHERE i.id = ANY($1) ORDER BY array_position($1::int[], i.id)`,
    [invitations],
  );
}

/** Every institution has its answer page before it, every other one from the second process. */
export const look = (house: House, ids: number[]): Promise<Phone[]> =>
  Promise.all(ids.map((id, client) => house.phone(id, client).look()));

/** Plays a race up to so many rounds, until something comes out wrong; what that was. */
export async function faultsIn(race: Race, house: House, rounds: number): Promise<string[]> {
  let faults: string[] = [];
  for (let round = 0; round < rounds && faults.length === 0; round += 1) faults = await race(house);
  return faults;
}

/** Opens a house for the tests of this block. */
export function useHouse(given: HouseGiven = {}): () => House {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(given);
  });
  afterAll(() => house.close());
  return () => house;
}
