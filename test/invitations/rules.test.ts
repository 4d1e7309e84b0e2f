import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  accept,
  answerExtraOffer,
  confirm,
  decline,
  giveBack,
} from '../../src/features/invitations/answering.js';
import { chooseInstitutions, removeChosen } from '../../src/features/invitations/choosing.js';
import {
  askReconfirmation,
  offerByHand,
  openDrafts,
  revoke,
  tellCancellation,
} from '../../src/features/invitations/invitations.service.js';
import { correctDelegate, replaceDelegate } from '../../src/features/invitations/naming.js';
import { settleDue } from '../../src/features/invitations/settle.js';
import { inTransaction } from '../../src/database/data-source.js';
import { makeInstitution } from '../factories/institutions.js';
import { changeQuota, dayFromNow, type Scene } from '../factories/scenes.js';
import { brokenRules } from '../support/invariants.js';
import { openCounter, type Counter } from './support.js';

let counter: Counter;
let now: string;
beforeAll(async () => {
  counter = await openCounter();
  now = counter.app.clock.now().toISOString();
});
beforeEach(() => counter.app.clock.set(now));
afterAll(() => counter.app.close());

const scene = (seats: number, count: number, given: Partial<Parameters<Counter['scene']>[0]> = {}) =>
  counter.scene({ quota: { seats }, institutions: Array.from({ length: count }, () => ({})), ...given });
const nth = ({ invitations }: Scene, n: number) => invitations[n] ?? 0;
const standings = ({ invitations }: Scene) => Promise.all(invitations.map((id) => counter.standing(id)));
const takes = (s: Scene, n: number, seats: number, choice?: 'take_rest' | 'wait_for_all') =>
  counter.byLink(s.eventId, (book) => accept(book, nth(s, n), seats, choice));
const declines = (s: Scene, n: number) => counter.byLink(s.eventId, (book) => decline(book, nth(s, n)));
const moveDay = (s: Scene, until: Date) =>
  inTransaction(counter.app.db, (tx) =>
    askReconfirmation(tx, counter.app.clock, counter.host.actor, s.eventId, until),
  );
const later = (hours: number) => new Date(counter.app.clock.now().getTime() + hours * 3_600_000);
const auditOf = (action: string, id: number) =>
  counter.query<{ fields: string[]; way: string }>(
    'SELECT fields, way FROM audit_entry WHERE action = $1 AND subject_id = $2',
    [action, id],
  );

describe('demand (rule 2)', () => {
  test('an institution sends at least one and at most what its stratum allows', async () => {
    const s = await scene(6, 1, {
      quota: {
        seats: 6,
        seatsPerInstitution: 3,
        dimension: 'service',
        strata: [
          { key: 'anak', seats: 4, limit: 2 },
          { key: 'napza', seats: 2, limit: null },
        ],
      },
      institutions: [{ services: ['anak'] }, { services: ['napza'] }],
    });
    await expect(takes(s, 0, 0)).rejects.toMatchObject({ status: 422 });
    await expect(takes(s, 0, 3)).rejects.toMatchObject({ status: 422 });
    await takes(s, 0, 2);
    await expect(takes(s, 1, 4)).rejects.toMatchObject({ status: 422 });
    await takes(s, 1, 3, 'take_rest');
    expect(await standings(s)).toMatchObject([{ seats: 2 }, { seats: 2, waiting: 1 }]);
  });

  test('who has answered cannot take the same seats a second time', async () => {
    const s = await scene(4, 1);
    await takes(s, 0, 1);
    await expect(takes(s, 0, 1)).rejects.toThrow('answer.already');
    expect(await standings(s)).toMatchObject([{ state: 'accepted', seats: 1 }]);
  });
});

describe('strata and caps (rule 3)', () => {
  const strata = [
    { key: 'anak', seats: 3, limit: null },
    { key: 'lainnya', seats: 2, limit: null },
  ];
  const quota = { seats: 5, seatsPerInstitution: 1, dimension: 'service' as const, strata };

  test('a type without a stratum of its own goes to the others, and to its own as soon as there is one', async () => {
    const institutions = [{ services: ['napza'] }, { services: ['napza'] }, { services: ['anak'] }];
    const s = await scene(5, 0, { quota, institutions });
    await takes(s, 0, 1);
    const apart = [...strata, { key: 'napza', seats: 1, limit: null }];
    await changeQuota(counter.host, s.eventId, { ...quota, seats: 6, strata: apart, version: 2 });
    const keys = await counter.query<{ key: string }>(
      `SELECT q.key FROM invitation i JOIN quota_stratum q ON q.id = i.stratum_id
       WHERE i.id = ANY($1) ORDER BY array_position($1::int[], i.id)`,
      [s.invitations],
    );
    // Who has a seat stays in the stratum of that seat: moving would take it from one who counts there.
    expect(keys.map(({ key }) => key)).toEqual(['lainnya', 'napza', 'anak']);
  });

  test('at most so many come from one region, and of one type', async () => {
    const institutions = [{}, {}, { regionCode: '63.72' }];
    const byRegion = await scene(5, 0, { quota: { seats: 5, capPerRegion: 1 }, institutions });
    for (const n of [0, 1, 2]) await takes(byRegion, n, 1);
    expect((await standings(byRegion)).map(({ state }) => state)).toEqual([
      'accepted',
      'waiting',
      'accepted',
    ]);
    const services = [{}, {}, { services: ['napza'] }];
    const byType = await scene(5, 0, { quota: { seats: 5, capPerType: 1 }, institutions: services });
    for (const n of [0, 1, 2]) await takes(byType, n, 1);
    expect((await standings(byType)).map(({ state }) => state)).toEqual(['accepted', 'waiting', 'accepted']);
  });

  test('the dimension that is shared has no cap beside its strata', async () => {
    const s = await scene(5, 0, {
      quota: { ...quota, capPerType: 1, capPerRegion: 2 },
      institutions: [],
    });
    const caps = await counter.query(
      `SELECT cap_per_type AS type, cap_per_region AS region FROM event_quota WHERE event_id = $1`,
      [s.eventId],
    );
    expect(caps).toEqual([{ type: null, region: 2 }]);
    const regions = [
      { key: '63.71', seats: 5, limit: null },
      { key: 'lainnya', seats: 0, limit: null },
    ];
    const other = { seats: 5, dimension: 'region' as const, strata: regions, capPerRegion: 1, capPerType: 3 };
    await changeQuota(counter.host, s.eventId, { ...other, version: 2 });
    expect(
      await counter.query(
        `SELECT cap_per_type AS type, cap_per_region AS region FROM event_quota WHERE event_id = $1`,
        [s.eventId],
      ),
    ).toEqual([{ type: 3, region: null }]);
  });

  test('the same stratum cannot be named twice', async () => {
    const twice = [...strata.slice(0, 1), { key: 'anak', seats: 2, limit: null }];
    await expect(scene(5, 0, { quota: { ...quota, strata: twice } })).rejects.toMatchObject({ status: 422 });
  });
});

describe('seat rows', () => {
  const numbers = async ({ eventId }: Scene) =>
    (
      await counter.query<{ number: number }>(
        `SELECT number FROM seat WHERE event_id = $1 AND pool = 'quota' ORDER BY number`,
        [eventId],
      )
    ).map(({ number }) => number);

  test('the lowest free numbers are taken, and the highest free ones go when there are fewer seats', async () => {
    const s = await scene(6, 3);
    for (const n of [0, 1, 2]) await takes(s, n, 1);
    const places = await counter.query(
      `SELECT number FROM seat WHERE event_id = $1 AND state = 'taken' ORDER BY number`,
      [s.eventId],
    );
    expect(places).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }]);
    await declines(s, 0);
    await changeQuota(counter.host, s.eventId, { seats: 3, version: 2 });
    expect(await numbers(s)).toEqual([1, 2, 3]);
    expect(await brokenRules(counter.app.db, s.eventId)).toEqual([]);
    await expect(changeQuota(counter.host, s.eventId, { seats: 1, version: 3 })).rejects.toMatchObject({
      status: 422,
    });
    await changeQuota(counter.host, s.eventId, { seats: 2, version: 3 });
    expect(await numbers(s)).toEqual([2, 3]);
    expect(await standings(s)).toMatchObject([{ seats: 0 }, { seats: 1 }, { seats: 1 }]);
  });

  test('held seats count as taken when there are to be fewer (rule 13)', async () => {
    const s = await scene(2, 1);
    await counter.byOffice(s.eventId, (book) => offerByHand(book, nth(s, 0), 1)).catch(() => undefined);
    const waiting = await scene(1, 2);
    await takes(waiting, 0, 1);
    await takes(waiting, 1, 1);
    counter.app.clock.set(`${dayFromNow(21)}T00:00:00Z`);
    await declines(waiting, 0);
    expect((await standings(waiting))[1]).toMatchObject({ state: 'offered', seats: 1 });
    await expect(changeQuota(counter.host, waiting.eventId, { seats: 0, version: 2 })).rejects.toMatchObject({
      status: 422,
    });
  });

  const addSeat = (s: Scene) =>
    counter.query(
      `WITH d AS (INSERT INTO delegate (event_id, invitation_id) VALUES ($1, $2) RETURNING id)
       INSERT INTO seat (event_id, pool, number, state, invitation_id, delegate_id, reason)
       SELECT $1, 'additional', 1, 'taken', $2, id, 'datang tanpa undangan' FROM d`,
      [s.eventId, nth(s, 0)],
    );

  test('an additional seat was made for one delegate and goes with them (rule 5)', async () => {
    const s = await scene(2, 2);
    await takes(s, 0, 2);
    await addSeat(s);
    const extra = async () =>
      counter.query<{ delegate_id: number }>(
        `SELECT delegate_id FROM seat WHERE event_id = $1 AND pool = 'additional'`,
        [s.eventId],
      );
    const [seat = { delegate_id: 0 }] = await extra();
    await counter.byLink(s.eventId, (book) => giveBack(book, nth(s, 0), [seat.delegate_id]));
    expect(await extra()).toEqual([]);
    await addSeat(s);
    await declines(s, 0);
    expect(await extra()).toEqual([]);
    expect(await numbers(s)).toEqual([1, 2]);
  });
});

describe('waiting (rules 8 to 10)', () => {
  test('who takes what is there gets the rest one by one; who waits for all lets smaller demands pass', async () => {
    const s = await scene(3, 4);
    await takes(s, 0, 2);
    await takes(s, 1, 2, 'take_rest');
    await takes(s, 2, 2, 'wait_for_all');
    await takes(s, 3, 1);
    expect(await standings(s)).toMatchObject([
      { seats: 2 },
      { seats: 1, waiting: 1, queueNumber: 1 },
      { seats: 0, waiting: 2, queueNumber: 2 },
      { seats: 0, waiting: 1, queueNumber: 3 },
    ]);
    await counter.byOffice(s.eventId, (book) => revoke(book, nth(s, 0), 'keliru'));
    expect(await standings(s)).toMatchObject([
      { state: 'revoked' },
      { seats: 2, waiting: 0, queueNumber: null },
      { state: 'waiting', seats: 0, waiting: 2, queueNumber: 2 },
      { state: 'accepted', seats: 1, queueNumber: null },
    ]);
  });

  test('who is asked to choose is asked only while something is left to choose', async () => {
    const s = await scene(1, 3);
    await expect(takes(s, 0, 2)).rejects.toMatchObject({ wanted: 2, free: 1 });
    await takes(s, 1, 1);
    await takes(s, 0, 2);
    expect(await standings(s)).toMatchObject([{ state: 'waiting', waiting: 2 }, { seats: 1 }, {}]);
  });

  test('who takes part of what was missing keeps their place for the rest', async () => {
    const s = await scene(3, 4, { quota: { seats: 3, seatsPerInstitution: 3 } });
    await takes(s, 0, 1);
    await takes(s, 1, 1);
    await takes(s, 2, 3, 'take_rest');
    await takes(s, 3, 1);
    await declines(s, 0);
    expect((await standings(s))[2]).toMatchObject({ seats: 2, waiting: 1, queueNumber: 1 });
    await declines(s, 1);
    expect(await standings(s)).toMatchObject([{}, {}, { seats: 3, waiting: 0 }, { state: 'waiting' }]);
  });

  test('the queue is the order of answers, not of invitations; who declined and comes back joins its tail (rule 14)', async () => {
    const s = await scene(1, 4);
    for (const n of [0, 3, 2]) await takes(s, n, 1);
    await declines(s, 3);
    await declines(s, 3);
    await takes(s, 1, 1);
    await takes(s, 3, 1);
    expect((await standings(s)).map(({ queueNumber }) => queueNumber)).toEqual([null, 3, 2, 4]);
    await declines(s, 0);
    expect((await standings(s)).map(({ state }) => state)).toEqual([
      'declined',
      'waiting',
      'accepted',
      'waiting',
    ]);
  });

  test('in events filled by selection a freed seat is an offer, also before answer-by', async () => {
    const s = await scene(1, 2, {
      state: 'draft',
      filling: 'selection',
      quota: { seats: 1, seatsPerInstitution: 1 },
    });
    const [, reserve = 0] = s.invitations;
    await counter.query(`UPDATE invitation SET state = 'reserve' WHERE id = $1`, [reserve]);
    await counter.query(`UPDATE event SET state = 'published' WHERE id = $1`, [s.eventId]);
    await counter.byOffice(s.eventId, openDrafts);
    expect((await standings(s))[0]).toMatchObject({ state: 'offered', seats: 1 });
    await counter.query(
      `UPDATE invitation SET state = 'waiting', demand = 1, waiting = 1, queue_number = 1 WHERE id = $1`,
      [reserve],
    );
    await declines(s, 0);
    expect((await standings(s))[1]).toMatchObject({ state: 'offered', seats: 1 });
    const told = await counter.query<{ purpose: string }>(
      `SELECT purpose FROM message WHERE invitation_id = $1 AND state = 'queued'`,
      [reserve],
    );
    expect(told).toEqual([{ purpose: 'offer' }]);
  });

  test('a promotion is told to the institution', async () => {
    const s = await scene(1, 2);
    await takes(s, 0, 1);
    await takes(s, 1, 1);
    await declines(s, 0);
    const told = await counter.query<{ purpose: string }>(
      `SELECT purpose FROM message WHERE invitation_id = $1 AND state = 'queued'`,
      [nth(s, 1)],
    );
    expect(told).toEqual([{ purpose: 'promotion' }]);
  });
});

describe('offers (rules 10, 12, 17)', () => {
  test('an offer stands for its hours, but never past answer-by, nor past the first day', async () => {
    const s = await scene(3, 2, { quota: { seats: 3, offerHours: 10 } });
    const offer = (n: number) => counter.byOffice(s.eventId, (book) => offerByHand(book, nth(s, n), 1));
    await takes(s, 0, 1);
    await offer(0);
    expect((await counter.standing(nth(s, 0))).holdUntil).toEqual(later(10));
    await counter.byLink(s.eventId, (book) => answerExtraOffer(book, nth(s, 0), 1));
    counter.app.clock.set(`${dayFromNow(20)}T13:00:00Z`);
    await offer(0);
    expect((await counter.standing(nth(s, 0))).holdUntil?.toISOString()).toBe(
      `${dayFromNow(20)}T15:59:00.000Z`,
    );
    await counter.byLink(s.eventId, (book) => answerExtraOffer(book, nth(s, 0), 0));
    counter.app.clock.set(`${dayFromNow(29)}T23:00:00Z`);
    await offer(0);
    expect((await counter.standing(nth(s, 0))).holdUntil?.toISOString()).toBe(
      `${dayFromNow(30)}T01:00:00.000Z`,
    );
  });

  test('an offer past its time is void for whoever comes first, before any clock', async () => {
    const s = await scene(2, 2, { quota: { seats: 2, offerHours: 10 } });
    await takes(s, 0, 1);
    await counter.byOffice(s.eventId, (book) => offerByHand(book, nth(s, 0), 1));
    counter.app.clock.forward(11);
    await expect(counter.byLink(s.eventId, (book) => answerExtraOffer(book, nth(s, 0), 1))).rejects.toThrow(
      'answer.offer_gone',
    );
    await takes(s, 1, 1);
    expect(await standings(s)).toMatchObject([
      { state: 'accepted', seats: 1, holdUntil: null },
      { state: 'accepted', seats: 1 },
    ]);
  });

  test('nobody takes more than was offered, and who takes less waits for no more', async () => {
    const s = await scene(2, 3);
    await takes(s, 0, 2);
    await takes(s, 1, 2, 'wait_for_all');
    await takes(s, 2, 1);
    counter.app.clock.set(`${dayFromNow(21)}T00:00:00Z`);
    await declines(s, 0);
    expect((await standings(s))[1]).toMatchObject({ state: 'offered', seats: 2 });
    await expect(takes(s, 1, 3)).rejects.toMatchObject({ status: 422 });
    await takes(s, 1, 1);
    expect(await standings(s)).toMatchObject([
      { state: 'declined' },
      { state: 'accepted', seats: 1, waiting: 0 },
      { state: 'offered', seats: 1 },
    ]);
  });

  test('the clock ends offers of a running event too, and signs for it, whoever came by', async () => {
    const s = await scene(1, 2, { quota: { seats: 1, offerHours: 10 } });
    await takes(s, 0, 1);
    await takes(s, 1, 1);
    counter.app.clock.set(`${dayFromNow(21)}T00:00:00Z`);
    await declines(s, 0);
    await counter.query(`UPDATE event SET state = 'running' WHERE id = $1`, [s.eventId]);
    counter.app.clock.forward(11);
    await settleDue(counter.app.deps);
    expect((await standings(s))[1]).toMatchObject({ state: 'lapsed', seats: 0 });
    expect(await auditOf('invitation.lapse_held', nth(s, 1))).toMatchObject([{ way: 'clock' }]);
  });

  test('a freed offer that somebody’s visit ends goes on in the name of the clock', async () => {
    const s = await scene(1, 3, { quota: { seats: 1, offerHours: 10 } });
    for (const n of [0, 1, 2]) await takes(s, n, 1);
    counter.app.clock.set(`${dayFromNow(21)}T00:00:00Z`);
    await declines(s, 0);
    counter.app.clock.forward(11);
    await declines(s, 0);
    expect(await standings(s)).toMatchObject([{}, { state: 'lapsed' }, { state: 'offered' }]);
    const ways = await auditOf('invitation.offer', nth(s, 2));
    expect(ways.map(({ way }) => way)).toEqual(['clock']);
  });

  test('an own answer-by that is earlier than the event’s counts: the answer lapses with it', async () => {
    const s = await scene(2, 2);
    await counter.query('UPDATE invitation SET answer_by = $2 WHERE id = $1', [nth(s, 0), later(5)]);
    counter.app.clock.forward(6);
    await settleDue(counter.app.deps);
    expect((await standings(s)).map(({ state }) => state)).toEqual(['lapsed', 'open']);
  });

  test('seats held for a chosen institution are held until the earlier of both deadlines', async () => {
    const s = await scene(2, 1, { state: 'draft', filling: 'selection' });
    const own = later(5);
    await counter.query('UPDATE invitation SET answer_by = $2 WHERE id = $1', [nth(s, 0), own]);
    await counter.query(`UPDATE event SET state = 'published' WHERE id = $1`, [s.eventId]);
    await counter.byOffice(s.eventId, openDrafts);
    expect(await counter.standing(nth(s, 0))).toMatchObject({ state: 'offered', holdUntil: own });
  });

  test('an answer counts at the very moment of its deadline, and no moment later', async () => {
    const s = await scene(3, 2);
    const at = new Date(`${dayFromNow(20)}T15:59:00Z`).getTime();
    counter.app.clock.set(new Date(at).toISOString());
    await takes(s, 0, 1);
    counter.app.clock.set(new Date(at + 1).toISOString());
    await expect(takes(s, 1, 1)).rejects.toThrow('answer.closed_deadline');
  });

  test('a draft has nothing to answer and nothing to offer', async () => {
    const s = await scene(2, 1, { state: 'draft' });
    await expect(takes(s, 0, 1)).rejects.toMatchObject({ status: 409 });
    await expect(counter.byOffice(s.eventId, (book) => offerByHand(book, nth(s, 0), 1))).rejects.toThrow(
      'invitation.event_not_open',
    );
  });
});

describe('names and deadlines (rules 7 and 15)', () => {
  const person = (name: string) => ({
    ...{ nameBefore: '', name, nameAfter: '', sex: null, position: '', phone: null, email: null, needs: '' },
  });
  async function delegateOf(s: Scene, n: number): Promise<number> {
    const [row] = await counter.query<{ id: number }>(
      `SELECT id FROM delegate WHERE invitation_id = $1 AND state = 'active'`,
      [nth(s, n)],
    );
    return row?.id ?? 0;
  }

  test('the institution names until names-until, the office until the event is over', async () => {
    const s = await scene(2, 1);
    await takes(s, 0, 1);
    const id = await delegateOf(s, 0);
    const until = new Date(`${dayFromNow(25)}T01:00:00Z`);
    await counter.query('UPDATE event SET names_until = $2 WHERE id = $1', [s.eventId, until]);
    counter.app.clock.set(until.toISOString());
    await counter.byLink(s.eventId, (book) => correctDelegate(book, nth(s, 0), id, person('Siti')));
    counter.app.clock.set(new Date(until.getTime() + 1).toISOString());
    await expect(
      counter.byLink(s.eventId, (book) => correctDelegate(book, nth(s, 0), id, person('Aminah'))),
    ).rejects.toThrow('answer.names_closed');
    await counter.byOffice(s.eventId, (book) => correctDelegate(book, nth(s, 0), id, person('Aminah')));
    await counter.query(`UPDATE event SET state = 'finished' WHERE id = $1`, [s.eventId]);
    await expect(
      counter.byOffice(s.eventId, (book) => correctDelegate(book, nth(s, 0), id, person('Siti'))),
    ).rejects.toThrow('answer.names_closed');
  });

  test('the first name is no replacement; who was replaced is not replaced again; each is written down once', async () => {
    const s = await scene(2, 1);
    await takes(s, 0, 1);
    const id = await delegateOf(s, 0);
    await counter.byLink(s.eventId, (book) => replaceDelegate(book, nth(s, 0), id, person('Siti')));
    expect(await delegateOf(s, 0)).toBe(id);
    await counter.byLink(s.eventId, (book) => correctDelegate(book, nth(s, 0), id, person('Siti')));
    expect(await auditOf('delegate.correct', id)).toEqual([{ fields: ['name'], way: 'link' }]);
    await counter.byLink(s.eventId, (book) => replaceDelegate(book, nth(s, 0), id, person('Aminah')));
    const next = await delegateOf(s, 0);
    expect(next).not.toBe(id);
    expect(await auditOf('delegate.replace', next)).toHaveLength(1);
    await expect(
      counter.byLink(s.eventId, (book) => replaceDelegate(book, nth(s, 0), id, person('Budi'))),
    ).rejects.toThrow('answer.delegate_gone');
  });
});

describe('a moved day (rule 16)', () => {
  test('needs a deadline ahead, keeps the seats until then, and frees them with their people', async () => {
    const s = await scene(2, 2);
    await takes(s, 0, 1);
    await takes(s, 1, 1);
    await expect(moveDay(s, later(-1))).rejects.toMatchObject({ status: 422 });
    await moveDay(s, later(10));
    await counter.byLink(s.eventId, (book) => confirm(book, nth(s, 0)));
    counter.app.clock.forward(11);
    await settleDue(counter.app.deps);
    expect(await standings(s)).toMatchObject([
      { state: 'accepted', seats: 1 },
      { state: 'lapsed', seats: 0 },
    ]);
    expect(await brokenRules(counter.app.db, s.eventId)).toEqual([]);
  });

  test('gives what was on offer to the next in line', async () => {
    const s = await scene(2, 2);
    await takes(s, 0, 1);
    await counter.byOffice(s.eventId, (book) => offerByHand(book, nth(s, 0), 1));
    await takes(s, 1, 1);
    expect((await standings(s))[1]).toMatchObject({ state: 'waiting' });
    await moveDay(s, later(10));
    expect((await standings(s))[1]).toMatchObject({ state: 'accepted', seats: 1 });
  });

  test('who has not confirmed yet hears of a cancellation too', async () => {
    const s = await scene(2, 1);
    await takes(s, 0, 1);
    await moveDay(s, later(10));
    await inTransaction(counter.app.db, (tx) =>
      tellCancellation(tx, counter.app.clock, counter.host.actor, s.eventId),
    );
    const told = await counter.query(
      `SELECT purpose FROM message WHERE invitation_id = $1 AND state = 'queued'`,
      [nth(s, 0)],
    );
    expect(told).toEqual([{ purpose: 'cancellation' }]);
  });
});

describe('the list of an event', () => {
  test('takes no archived LKS, adds nobody twice, and finds each by its code', async () => {
    const s = await scene(3, 0);
    const { app, host } = counter;
    const [known, archived] = [
      await makeInstitution(app.db, host.office),
      await makeInstitution(app.db, host.office),
    ];
    await counter.query('UPDATE institution SET archived_at = now() WHERE id = $1', [archived]);
    const choose = () =>
      counter.byOffice(s.eventId, (book) =>
        chooseInstitutions(book, app.deps.links, [known, archived], 'draft'),
      );
    expect([await choose(), await choose()]).toEqual([1, 0]);
    const rows = await counter.query<{ id: number; code_hash: string }>(
      'SELECT id, code_hash FROM invitation WHERE event_id = $1',
      [s.eventId],
    );
    const { links } = app.deps;
    expect(rows.map((row) => row.code_hash)).toEqual(rows.map(({ id }) => links.codeHash(links.code(id, 1))));
    // The scene chose nobody, and the second choice changed nothing.
    expect(await auditOf('invitation.choose', s.eventId)).toHaveLength(1);
  });

  test('of an event by selection grows without inviting anybody, and a reserve wants one seat', async () => {
    const s = await scene(3, 0, { filling: 'selection' });
    const { app, host } = counter;
    const [chosen, reserve] = [
      await makeInstitution(app.db, host.office),
      await makeInstitution(app.db, host.office),
    ];
    await counter.byOffice(s.eventId, (book) => chooseInstitutions(book, app.deps.links, [chosen], 'draft'));
    await counter.byOffice(s.eventId, (book) =>
      chooseInstitutions(book, app.deps.links, [reserve], 'reserve'),
    );
    const rows = await counter.query(
      'SELECT state, demand FROM invitation WHERE event_id = $1 ORDER BY institution_id',
      [s.eventId],
    );
    expect(rows).toEqual([
      { state: 'draft', demand: 2 },
      { state: 'reserve', demand: 1 },
    ]);
    await counter.query(`UPDATE event SET state = 'finished' WHERE id = $1`, [s.eventId]);
    await expect(
      counter.byOffice(s.eventId, (book) => chooseInstitutions(book, app.deps.links, [], 'draft')),
    ).rejects.toThrow('invitation.event_over');
  });

  test('loses only those who were never invited, of this event, and says so', async () => {
    const [s, invited, other] = [
      await scene(3, 2, { state: 'draft' }),
      await scene(3, 1),
      await scene(3, 1, { state: 'draft' }),
    ];
    const all = [nth(s, 0), nth(invited, 0), nth(other, 0)];
    await counter.byOffice(s.eventId, (book) => removeChosen(book, all));
    await counter.byOffice(invited.eventId, (book) => removeChosen(book, all));
    const left = await counter.query<{ id: number }>('SELECT id FROM invitation WHERE id = ANY($1)', [all]);
    expect(left.map(({ id }) => id).sort()).toEqual([nth(invited, 0), nth(other, 0)].sort());
    expect(await auditOf('invitation.remove', s.eventId)).toHaveLength(1);
  });
});

test('the history keeps the reason, and counts what is on offer; every change is in the log', async () => {
  const s = await scene(2, 2);
  await takes(s, 0, 1);
  await counter.byOffice(s.eventId, (book) => offerByHand(book, nth(s, 0), 1));
  await counter.byOffice(s.eventId, (book) => revoke(book, nth(s, 1), 'keliru'));
  const changes = await counter.query(
    `SELECT verb, seats, reason FROM invitation_change WHERE event_id = $1 AND verb IN ('offer_more', 'revoke') ORDER BY id`,
    [s.eventId],
  );
  expect(changes).toEqual([
    { verb: 'offer_more', seats: 2, reason: '' },
    { verb: 'revoke', seats: 0, reason: 'keliru' },
  ]);
  const [entries] = await counter.query<{ log: number; changes: number }>(
    `SELECT (SELECT count(*)::int FROM audit_entry a JOIN invitation i ON a.subject_type = 'invitation'
        AND a.subject_id = i.id WHERE i.event_id = $1 AND a.action <> 'invitation.renew_link') AS log,
       (SELECT count(*)::int FROM invitation_change WHERE event_id = $1) AS changes`,
    [s.eventId],
  );
  expect(entries?.log).toBe(entries?.changes);
});

test('what the table does not allow is refused, and changes nothing', async () => {
  const s = await scene(2, 1);
  await takes(s, 0, 1);
  await expect(counter.byLink(s.eventId, (book) => confirm(book, nth(s, 0)))).rejects.toThrow(
    'invitation.conflict',
  );
  await counter.byOffice(s.eventId, (book) => revoke(book, nth(s, 0), 'keliru'));
  await expect(takes(s, 0, 1)).rejects.toThrow('invitation.conflict');
  await expect(declines(s, 0)).rejects.toThrow('invitation.conflict');
  expect(await standings(s)).toMatchObject([{ state: 'revoked', seats: 0 }]);
  expect(await brokenRules(counter.app.db, s.eventId)).toEqual([]);
});

test('giving a seat back is an answer: the list says when and by which way the last one came', async () => {
  const s = await scene(2, 1);
  await counter.byOffice(s.eventId, (book) => accept(book, nth(s, 0), 2));
  counter.app.clock.forward(5);
  const [first] = await counter.query<{ id: number }>('SELECT id FROM delegate WHERE invitation_id = $1', [
    nth(s, 0),
  ]);
  await counter.byLink(s.eventId, (book) => giveBack(book, nth(s, 0), [first?.id ?? 0]));
  const [row] = await counter.query(
    'SELECT demand, answered_at AS at, answered_way AS way FROM invitation WHERE id = $1',
    [nth(s, 0)],
  );
  expect(row).toEqual({ demand: 1, at: counter.app.clock.now(), way: 'link' });
});
