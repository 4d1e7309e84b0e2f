import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { DomainError } from '../../src/errors.js';
import * as answering from '../../src/features/invitations/answering.js';
import { linkAuthor, openBook, withBook, type Book } from '../../src/features/invitations/book.js';
import { chooseInstitutions, placeOnList, standingOnList } from '../../src/features/invitations/choosing.js';
import {
  allows,
  transitions,
  type Verb,
  type Way,
} from '../../src/features/invitations/invitation.machine.js';
import type { InvitationState } from '../../src/features/invitations/invitation.entity.js';
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
import {
  brokenRules,
  lineOf,
  passedOver,
  reservesPassedOver,
  servedOutOfTurn,
} from '../support/invariants.js';

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
  choose: async (w: World, id: number) => {
    const reserve = await firstOf(w, `state = 'reserve'`, id);
    const [row] = (await w.db.query('SELECT institution_id AS institution FROM invitation WHERE id = $1', [
      reserve,
    ])) as [{ institution: number }];
    await byOffice(w, async (b) => {
      if ((await standingOnList(b, row.institution)) !== 'reserve') return;
      await placeOnList(b, w.app.deps.links, row.institution, 'chosen', { demand: 1, rank: null });
    });
  },
  open: (w: World) => byOffice(w, openDrafts),
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
      // Not in the order in which they were put there.
      await book.tx.query(
        `UPDATE invitation i SET reserve_rank = r.rank FROM (
           SELECT id, row_number() OVER (PARTITION BY stratum_id ORDER BY id % 3, id DESC) AS rank
           FROM invitation WHERE event_id = $1 AND state = 'reserve') r WHERE r.id = i.id`,
        [eventId],
      );
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
  ['choose', 2],
  ['open', 2],
  ['fill', 1],
  ['wait', 4],
  ['letOfferPass', 4],
];

/** What the table of rules.md says of each invitation: the walk is held against it after every step. */
interface Model {
  states: Map<number, InvitationState>;
  lastChange: number;
}

/** One act on the event, told by the model's own table whether it went as it may. */
class Step implements fc.AsyncCommand<Model, World> {
  constructor(
    private readonly act: keyof typeof acts,
    private readonly who: number,
    private readonly n: number,
  ) {}

  /** Whatever is done, in whichever state: what the rules do not allow has to be refused whole. */
  check = () => true;

  async run(model: Model, world: World): Promise<void> {
    const before = await lineOf(app.db, world.eventId);
    await acts[this.act](world, world.invitations[this.who] ?? 0, this.n).catch((error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
    });
    // By hand the office may prefer whom it likes.
    if (!['offer', 'walkIn', 'open'].includes(this.act))
      expect(await servedOutOfTurn(app.db, world.eventId, before)).toEqual([]);
    await follow(model, world);
    expect(await brokenRules(app.db, world.eventId)).toEqual([]);
    const [{ starts_at: startsAt }] = (await app.db.query('SELECT starts_at FROM event WHERE id = $1', [
      world.eventId,
    ])) as [{ starts_at: Date }];
    if (app.clock.now() >= startsAt) return;
    expect(await passedOver(app.db, world.eventId)).toEqual([]);
    expect(await reservesPassedOver(app.db, world.eventId, app.clock.now())).toEqual([]);
  }

  toString = () => `${this.act}(${this.who}, ${this.n})`;
}

/** Goes through what was written down since, row by row of the table, and ends where the invitations are. */
async function follow(model: Model, { db, eventId }: World): Promise<void> {
  const changes = (await db.query(
    `SELECT id, invitation_id AS invitation, verb, from_state AS "from", to_state AS "to", way
     FROM invitation_change WHERE event_id = $1 AND id > $2 ORDER BY id`,
    [eventId, model.lastChange],
  )) as {
    id: number;
    invitation: number;
    verb: Verb;
    from: InvitationState;
    to: InvitationState;
    way: Way;
  }[];
  for (const { id, invitation, verb, from, to, way } of changes) {
    expect([verb, from, allows(verb, from, way)]).toEqual([verb, model.states.get(invitation), true]);
    expect(to).toBe(transitions[verb].to);
    model.states.set(invitation, to);
    model.lastChange = id;
    seenVerbs.add(verb);
  }
  const states = await statesOf(db, eventId);
  // Before anything was told a list is only a plan: what changes there has no row of the table.
  for (const [id, state] of states)
    if (isPlanned(state) && isPlanned(model.states.get(id))) model.states.set(id, state);
  expect(states).toEqual(model.states);
}

const isPlanned = (state: InvitationState | undefined) => state === 'draft' || state === 'reserve';

async function statesOf(db: DataSource, eventId: number): Promise<Map<number, InvitationState>> {
  const rows = (await db.query('SELECT id, state FROM invitation WHERE event_id = $1 ORDER BY id', [
    eventId,
  ])) as { id: number; state: InvitationState }[];
  return new Map(rows.map(({ id, state }) => [id, state]));
}

const commandsOf = ([act, weight]: [keyof typeof acts, number]): fc.Arbitrary<Step>[] =>
  Array.from({ length: weight }, () =>
    fc.tuple(fc.nat(13), fc.nat(11)).map(([who, n]) => new Step(act, who, n)),
  );

/** Rows of the table that chance may miss: walked through every time, besides the random sequences. */
const rareWalks: [act: keyof typeof acts, n: number][][] = [
  [
    ['accept', 0],
    ['offer', 0],
    ['letOfferPass', 0],
  ],
  [
    ['accept', 0],
    ['offer', 0],
    ['extraOffer', 0],
  ],
  [
    ['accept', 1],
    ['giveBack', 0],
  ],
  [
    ['walkIn', 0],
    ['walkIn', 1],
  ],
  [
    ['accept', 0],
    ['reconfirm', 5],
    ['confirm', 0],
  ],
];

async function play(filling: World['filling'], commands: Iterable<fc.AsyncCommand<Model, World>>) {
  const world = await makeWorld(filling);
  const setUp = (await world.db.query(
    'SELECT id, verb FROM invitation_change WHERE event_id = $1 ORDER BY id',
    [world.eventId],
  )) as { id: number; verb: string }[];
  for (const { verb } of setUp) seenVerbs.add(verb);
  const model: Model = {
    states: await statesOf(world.db, world.eventId),
    lastChange: setUp.at(-1)?.id ?? 0,
  };
  await fc.asyncModelRun(() => ({ model, real: world }), commands);
  // Whatever happened, time ends it: nothing stays open, offered, waiting or to be confirmed.
  app.clock.set('2026-03-30T00:00:00Z');
  await settleDue(app.deps);
  await follow(model, world);
  const alive = ['open', 'offered', 'waiting', 'reconfirm'];
  expect([...model.states.values()].filter((state) => alive.includes(state))).toEqual([]);
  expect(await brokenRules(app.db, world.eventId)).toEqual([]);
}

test('no sequence of answers, clocks and changes loses a seat, gives one twice or passes anybody over', async () => {
  for (const steps of rareWalks)
    await play(
      'first_come',
      steps.map(([act, n]) => new Step(act, 0, n)),
    );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('first_come' as const, 'selection' as const),
      fc.commands(weighted.flatMap(commandsOf), { maxCommands: 40, size: 'max' }),
      play,
    ),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 200) },
  );
}, 300_000);

test('every row of the table of states was walked through', () => {
  expect([...seenVerbs].sort()).toEqual(Object.keys(transitions).sort());
});
