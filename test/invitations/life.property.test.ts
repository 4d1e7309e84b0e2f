import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { DomainError } from '../../src/errors.js';
import * as answering from '../../src/features/invitations/answering.js';
import { linkAuthor, openBook, withBook, type Book } from '../../src/features/invitations/book.js';
import { chooseInstitutions } from '../../src/features/invitations/choosing.js';
import { transitions } from '../../src/features/invitations/invitation.machine.js';
import {
  askReconfirmation,
  offerByHand,
  officeAuthor,
  openDrafts,
  revoke,
} from '../../src/features/invitations/invitations.service.js';
import { promote } from '../../src/features/invitations/promotion.js';
import { admitWalkIn } from '../../src/features/invitations/walk-in.js';
import { settleDue } from '../../src/features/invitations/settle.js';
import { fillSeatsNow, setWaves } from '../../src/features/invitations/waves.service.js';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import { saveQuota } from '../../src/features/quotas/quotas.service.js';
import { inTransaction } from '../../src/database/data-source.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { brokenRules, passedOver, reservesPassedOver } from '../support/invariants.js';

/** One step: what is done, to the how-manieth institution, with which number. */
interface Step {
  act: keyof typeof acts;
  who: number;
  n: number;
}

interface World {
  app: TestApp;
  db: DataSource;
  actor: OfficeActor;
  eventId: number;
  filling: 'first_come' | 'selection';
  invitations: number[];
}

/** Fewer where reserves are to be left over for the second wave. */
const leastSeats = { first_come: 8, selection: 5 };

const byLink = (w: World, work: (book: Book) => Promise<unknown>) =>
  withBook(w.app.deps, w.eventId, linkAuthor, work);
const byOffice = (w: World, work: (book: Book) => Promise<unknown>) =>
  withBook(w.app.deps, w.eventId, officeAuthor(w.actor), work);

/** One that the act can change, so that rare rows of the table are walked through too; else the one given. */
async function firstOf(w: World, condition: string, otherwise: number): Promise<number> {
  const [row] = (await w.db.query(
    `SELECT id FROM invitation WHERE event_id = $1 AND ${condition} ORDER BY id LIMIT 1`,
    [w.eventId],
  )) as { id: number }[];
  return row?.id ?? otherwise;
}

async function changeSeats(w: World, seats: number): Promise<void> {
  const [{ version }] = (await w.db.query('SELECT version FROM event_quota WHERE event_id = $1', [
    w.eventId,
  ])) as [{ version: number }];
  const small = Math.floor(seats / 4);
  await saveQuota(
    w.app.deps,
    w.actor,
    w.eventId,
    {
      seats,
      seatsPerInstitution: 3,
      dimension: 'service',
      capPerRegion: 5,
      capPerType: null,
      offerHours: 24,
      strata: [
        { key: 'anak', seats: seats - 2 * small, limit: null },
        { key: 'disabilitas', seats: small, limit: 2 },
        { key: 'lainnya', seats: small, limit: null },
      ],
      reserved: { speaker: 1, committee: 0, press: 0 },
      version,
    },
    async (tx) => promote(await openBook(tx, w.app.clock, w.eventId, officeAuthor(w.actor))),
  );
}

const guest = {
  ...{ nameBefore: '', name: 'Datang Langsung', nameAfter: '', sex: null, position: '' },
  ...{ phone: null, email: null, needs: '' },
};

const acts = {
  accept: (w: World, id: number, n: number) =>
    byLink(w, (b) => answering.accept(b, id, 1 + (n % 3), n % 2 ? 'take_rest' : 'wait_for_all')),
  acceptWithoutChoice: (w: World, id: number, n: number) =>
    byOffice(w, (b) => answering.accept(b, id, 1 + (n % 3))),
  decline: (w: World, id: number) => byLink(w, (b) => answering.decline(b, id)),
  giveBack: async (w: World, id: number, n: number) => {
    const several = await firstOf(w, `state = 'accepted' AND demand > 1`, id);
    const rows = (await w.db.query(`SELECT id FROM delegate WHERE invitation_id = $1 AND state = 'active'`, [
      several,
    ])) as { id: number }[];
    const ids = rows.slice(0, 1 + (n % 2)).map((row) => row.id);
    await byLink(w, (b) => answering.giveBack(b, several, ids));
  },
  extraOffer: async (w: World, id: number, n: number) => {
    const offered = await firstOf(w, `state = 'accepted' AND hold_until IS NOT NULL`, id);
    await byLink(w, (b) => answering.answerExtraOffer(b, offered, n % 3));
  },
  stopWaiting: (w: World, id: number) => byLink(w, (b) => answering.stopWaiting(b, id)),
  confirm: async (w: World, id: number) => {
    const asked = await firstOf(w, `state = 'reconfirm'`, id);
    await byLink(w, (b) => answering.confirm(b, asked));
  },
  offer: (w: World, id: number, n: number) => byOffice(w, (b) => offerByHand(b, id, 1 + (n % 2))),
  walkIn: async (w: World, id: number, n: number) => {
    const [row] = (await w.db.query('SELECT institution_id AS institution FROM invitation WHERE id = $1', [
      id,
    ])) as [{ institution: number }];
    const reason = n % 2 ? 'utusan kabupaten' : '';
    await byOffice(w, (b) => admitWalkIn(b, w.app.deps.links, row.institution, guest, reason));
  },
  revoke: (w: World, id: number) => byOffice(w, (b) => revoke(b, id, 'salah alamat')),
  reconfirm: (w: World, _id: number, n: number) =>
    inTransaction(w.db, (tx) =>
      askReconfirmation(
        tx,
        w.app.clock,
        w.actor,
        w.eventId,
        new Date(w.app.clock.now().getTime() + (1 + n) * 7_200_000),
      ),
    ),
  changeSeats: (w: World, _id: number, n: number) => changeSeats(w, leastSeats[w.filling] + (n % 8)),
  letOfferPass: async (w: World, id: number) => {
    const offered = await firstOf(w, `state = 'accepted' AND hold_until IS NOT NULL`, id);
    const [row] = (await w.db.query('SELECT hold_until AS until FROM invitation WHERE id = $1', [
      offered,
    ])) as [{ until: Date | null }];
    if (row.until) w.app.clock.set(new Date(row.until.getTime() + 1).toISOString());
    await settleDue(w.app.deps);
  },
  waves: (w: World, _id: number, n: number) =>
    byOffice(w, (b) => setWaves(b, { paused: n % 2 === 0, movesAtOnce: n % 3 === 0 })),
  fill: (w: World) => byOffice(w, fillSeatsNow),
  wait: async (w: World, _id: number, n: number) => {
    w.app.clock.forward(2 + n * 3);
    await settleDue(w.app.deps);
  },
} satisfies Record<string, (w: World, id: number, n: number) => Promise<unknown>>;

let app: TestApp;
const seenVerbs = new Set<string>();

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** 14 institutions of three services in two regions, 10 (or 5) seats in three strata, at most 5 from one region. */
async function makeWorld(filling: 'first_come' | 'selection'): Promise<World> {
  app.clock.set('2026-03-02T02:00:00Z');
  const db = app.db;
  const office = await makeOffice(db);
  const user = await makeUser(db, office);
  const actor = { userId: user.id, office: { ...office, roles: ['organizer'] } } as unknown as OfficeActor;
  const eventId = await makeEvent(db, office, {
    filling,
    answerBy: '2026-03-08T15:59:00Z',
    days: ['2026-03-12'],
  });
  const world: World = { app, db, actor, eventId, filling, invitations: [] };
  await changeSeats(world, filling === 'selection' ? 5 : 10);
  const services = ['anak', 'anak', 'disabilitas', 'napza'];
  const ids: number[] = [];
  for (let i = 0; i < 14; i += 1)
    ids.push(
      await makeInstitution(db, office, {
        services: [services[i % 4] ?? 'anak'],
        regionCode: i % 3 ? '63.71' : '63.72',
        ...(i % 2 && { leader: { name: `Ketua ${i}` } }),
      }),
    );
  await byOffice(world, async (book) => {
    if (filling === 'selection') {
      await chooseInstitutions(book, app.deps.links, ids.slice(0, 3), 'draft');
      await book.tx.query('UPDATE invitation SET demand = 1 WHERE event_id = $1', [eventId]);
      await chooseInstitutions(book, app.deps.links, ids.slice(3), 'reserve');
      await openDrafts(book);
    } else {
      await chooseInstitutions(book, app.deps.links, ids, 'draft');
    }
  });
  const rows = (await db.query('SELECT id FROM invitation WHERE event_id = $1 ORDER BY id', [eventId])) as {
    id: number;
  }[];
  world.invitations = rows.map(({ id }) => id);
  return world;
}

const weighted: [keyof typeof acts, number][] = [
  ['accept', 10],
  ['acceptWithoutChoice', 3],
  ['decline', 3],
  ['giveBack', 3],
  ['extraOffer', 3],
  ['stopWaiting', 1],
  ['confirm', 3],
  ['offer', 6],
  ['walkIn', 2],
  ['revoke', 1],
  ['reconfirm', 2],
  ['changeSeats', 2],
  ['waves', 3],
  ['fill', 1],
  ['wait', 4],
  ['letOfferPass', 4],
];
const stepArb: fc.Arbitrary<Step> = fc.record({
  act: fc.oneof(...weighted.map(([act, weight]) => ({ weight, arbitrary: fc.constant(act) }))),
  who: fc.nat(13),
  n: fc.nat(11),
});

const walk = (...steps: [act: keyof typeof acts, n: number][]): ['first_come', Step[]] => [
  'first_come',
  steps.map(([act, n]) => ({ act, who: 0, n })),
];

/** Rows of the table that chance may miss: walked through every time, before the random sequences. */
const rareWalks = [
  walk(['accept', 0], ['offer', 0], ['letOfferPass', 0]),
  walk(['accept', 0], ['offer', 0], ['extraOffer', 0]),
  walk(['accept', 1], ['giveBack', 0]),
  walk(['walkIn', 0], ['walkIn', 1]),
  walk(['accept', 0], ['reconfirm', 5], ['confirm', 0]),
];

test('no sequence of answers, clocks and changes loses a seat, gives one twice or passes anybody over', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('first_come' as const, 'selection' as const),
      fc.array(stepArb, { minLength: 15, maxLength: 40 }),
      async (filling, steps) => {
        const world = await makeWorld(filling);
        for (const step of steps) {
          const id = world.invitations[step.who] ?? 0;
          await acts[step.act](world, id, step.n).catch((error: unknown) => {
            // What the rules refuse is refused whole; anything else is a fault of ours.
            if (!(error instanceof DomainError)) throw error;
          });
          expect(await brokenRules(app.db, world.eventId)).toEqual([]);
          const [{ starts_at: startsAt }] = (await app.db.query('SELECT starts_at FROM event WHERE id = $1', [
            world.eventId,
          ])) as [{ starts_at: Date }];
          if (app.clock.now() >= startsAt) continue;
          expect(await passedOver(app.db, world.eventId)).toEqual([]);
          expect(await reservesPassedOver(app.db, world.eventId, app.clock.now())).toEqual([]);
        }
        // Whatever happened, time ends it: nothing stays open, offered, waiting or to be confirmed.
        app.clock.set('2026-03-30T00:00:00Z');
        await settleDue(app.deps);
        const left = (await app.db.query(
          `SELECT state FROM invitation WHERE event_id = $1 AND state IN ('open', 'offered', 'waiting', 'reconfirm')`,
          [world.eventId],
        )) as unknown[];
        expect(left).toEqual([]);
        const verbs = (await app.db.query('SELECT DISTINCT verb FROM invitation_change WHERE event_id = $1', [
          world.eventId,
        ])) as { verb: string }[];
        for (const { verb } of verbs) seenVerbs.add(verb);
        expect(await brokenRules(app.db, world.eventId)).toEqual([]);
      },
    ),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 200), examples: rareWalks },
  );
}, 300_000);

test('every row of the table of states was walked through', () => {
  expect([...seenVerbs].sort()).toEqual(Object.keys(transitions).sort());
});
