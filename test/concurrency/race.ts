import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { brokenRules, passedOver } from '../support/invariants.js';
import type { Scene } from '../factories/scenes.js';
import { openHouse, type House } from './house.js';
import type { Phone } from './phone.js';

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

/** How often a race is run to show that it ends well, and at most, until it breaks without the lock. */
const [rounds, mostRounds] = [3, 25];

/** Each race twice: as the program is, and with row locks left out, where it must break (negative control). */
export function describeRaces(
  races: [name: string, race: Race][],
  { clockSeconds, locks = ['event_quota', 'event'] }: { clockSeconds?: number; locks?: string[] } = {},
): void {
  describe.each([
    { kind: 'two processes', leftOut: [] },
    { kind: 'two processes without the lock', leftOut: locks },
  ])('$kind', ({ leftOut }) => {
    let house: House;
    beforeAll(async () => {
      house = await openHouse({ leftOut, ...(clockSeconds && { clockSeconds }) });
    });
    afterAll(() => house.close());

    if (leftOut.length === 0)
      test.each(races)('%s', async (_name, race) => {
        for (let round = 0; round < rounds; round += 1) expect(await race(house)).toEqual([]);
      });
    else
      test.each(races)('it does not hold that %s', async (_name, race) => {
        let wrong: string[] = [];
        for (let round = 0; round < mostRounds && wrong.length === 0; round += 1) wrong = await race(house);
        expect(wrong).not.toEqual([]);
      });
  });
}
