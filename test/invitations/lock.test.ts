import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cloneEvent } from '../../src/features/events/creation.service.js';
import { accept, decline, giveBack } from '../../src/features/invitations/answering.js';
import { chooseInstitutions, removeChosen, renewLink } from '../../src/features/invitations/choosing.js';
import { offerByHand, revoke } from '../../src/features/invitations/invitations.service.js';
import { settleDue } from '../../src/features/invitations/settle.js';
import { nameReservedSeat } from '../../src/features/quotas/quotas.service.js';
import { changeQuota, dayFromNow, type Scene } from '../factories/scenes.js';
import { openCounter, type Counter } from './support.js';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.app.close());

const scene = () =>
  counter.scene({
    quota: { seats: 4, reserved: { speaker: 1, committee: 0, press: 0 } },
    institutions: [{}, {}, {}],
  });

/** Holds the lock of an event's quota until the returned function is called. */
async function holdLock(eventId: number): Promise<() => Promise<void>> {
  const runner = counter.app.db.createQueryRunner();
  await runner.startTransaction();
  await runner.query('SELECT 1 FROM event_quota WHERE event_id = $1 FOR UPDATE', [eventId]);
  return async () => {
    await runner.commitTransaction();
    await runner.release();
  };
}

async function untilSomeoneWaits(): Promise<string> {
  for (;;) {
    const waiting = await counter.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (waiting.length > 0) return 'it waits';
    await delay(5);
  }
}

const acts: [name: string, act: (s: Scene) => Promise<unknown>][] = [
  ['an answer', (s) => counter.byLink(s.eventId, (book) => accept(book, s.invitations[0] ?? 0, 1))],
  ['a withdrawal', (s) => counter.byLink(s.eventId, (book) => decline(book, s.invitations[0] ?? 0))],
  [
    'a seat given back',
    (s) =>
      counter.byLink(s.eventId, (book) => giveBack(book, s.invitations[0] ?? 0, [0])).catch(() => undefined),
  ],
  ['an offer by hand', (s) => counter.byOffice(s.eventId, (book) => offerByHand(book, 0, 1)).catch(() => 0)],
  ['a revocation', (s) => counter.byOffice(s.eventId, (book) => revoke(book, s.invitations[0] ?? 0, 'x'))],
  [
    'a choice of LKS',
    (s) =>
      counter.byOffice(s.eventId, (book) => chooseInstitutions(book, counter.app.deps.links, [], 'draft')),
  ],
  ['taking LKS off the list', (s) => counter.byOffice(s.eventId, (book) => removeChosen(book, []))],
  [
    'a new link',
    (s) =>
      counter.byOffice(s.eventId, (book) => renewLink(book, counter.app.deps.links, s.invitations[0] ?? 0)),
  ],
  ['a change of the quota', (s) => changeQuota(counter.host, s.eventId, { seats: 5, version: 2 })],
  [
    'the name on a reserved seat',
    async (s) => {
      const [seat] = await counter.query<{ id: number }>(
        `SELECT id FROM seat WHERE event_id = $1 AND pool = 'reserved'`,
        [s.eventId],
      );
      await nameReservedSeat(counter.app.deps, counter.host.actor, s.eventId, seat?.id ?? 0, 'Rahmah');
    },
  ],
  [
    'a copy of the event',
    (s) =>
      cloneEvent(counter.app.deps, counter.host.actor, s.eventId, {
        title: 'Angkatan II',
        firstDay: dayFromNow(60),
      }),
  ],
  [
    'the clock',
    async (s) => {
      await counter.query(`UPDATE invitation SET answer_by = '2020-01-01' WHERE event_id = $1`, [s.eventId]);
      await settleDue(counter.app.deps);
    },
  ],
];

test.each(acts)('%s waits until whoever holds the lock of the quota is done (rule 6)', async (_name, act) => {
  const given = await scene();
  const release = await holdLock(given.eventId);
  const acting = act(given);
  const first = await Promise.race([acting.then(() => 'it acted'), untilSomeoneWaits()]);
  await release();
  await acting;
  expect(first).toBe('it waits');
});

test('a deadline that passes while an answer waits for the lock has passed', async () => {
  const given = await scene();
  const { app } = counter;
  const release = await holdLock(given.eventId);
  const answering = counter
    .byLink(given.eventId, (book) => accept(book, given.invitations[0] ?? 0, 1))
    .then(
      () => 'accepted',
      (error: unknown) => (error as Error).message,
    );
  await untilSomeoneWaits();
  app.clock.forward(21 * 24);
  await release();
  expect(await answering).toBe('answer.closed_deadline');
  app.clock.forward(-21 * 24);
});
