import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { accept, decline, giveBack } from '../../src/features/invitations/answering.js';
import { offerByHand } from '../../src/features/invitations/invitations.service.js';
import { linesOf } from '../../src/features/invitations/queue.repository.js';
import { settleDue } from '../../src/features/invitations/settle.js';
import { fillSeatsNow, setWaves } from '../../src/features/invitations/waves.service.js';
import { changeSelection } from '../../src/features/selection/changes.service.js';
import { decideSelection } from '../../src/features/selection/decision.service.js';
import { previewSelection } from '../../src/features/selection/preview.service.js';
import { readPlanOf, saveSettings } from '../../src/features/selection/selection.service.js';
import { openDrafts } from '../../src/features/invitations/invitations.service.js';
import { makePast } from '../factories/attendance.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { brokenRules } from '../support/invariants.js';
import { openCounter, type Counter } from './support.js';

const hour = 3_600_000;
const day = 24 * hour;

let counter: Counter;
let now: number;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.app.close());
beforeEach(async () => {
  counter.app.clock.set(new Date().toISOString());
  now = counter.app.clock.now().getTime();
  // Each test has a registry of its own: what others invited there does not count.
  await counter.query(`UPDATE institution SET archived_at = now() WHERE archived_at IS NULL`);
});

const later = (ms: number) => counter.app.clock.set(new Date(now + ms).toISOString());
const isoDay = (ms: number) => new Date(now + ms).toISOString().slice(0, 10);

interface Selected {
  eventId: number;
  /** Ids of invitations by the name of their institution. */
  idOf(name: string): Promise<number>;
  states(): Promise<Record<string, string>>;
}

/**
 * An event that is filled by selection: the LKS of each service are named by their order, "anak 1" first, since those
 * behind came to more events lately. Answers until in ten days, those who are chosen within four, reserves in 48 hours.
 */
async function selected(
  sizes: Record<string, number>,
  given: { count: number; seatsPerInstitution?: number; wave?: number | null; isOpened?: boolean } = {
    count: 2,
  },
): Promise<Selected> {
  const { host, app } = counter;
  const eventId = await makeEvent(app.db, host.office, {
    filling: 'selection',
    days: [isoDay(20 * day)],
    answerBy: new Date(now + 10 * day).toISOString(),
  });
  for (const [service, size] of Object.entries(sizes))
    for (let n = 1; n <= size; n += 1) {
      const id = await makeInstitution(app.db, host.office, {
        name: `${service} ${n} #${eventId}`,
        services: [service],
      });
      // All else is alike: what decides is who came longest ago.
      await attendedOn(id, 1000 - n);
    }
  const plan = await readPlanOf(app.db.manager, eventId);
  const { off: _off, must: _must, ...settings } = plan.settings;
  await saveSettings(app.deps, host.actor, eventId, {
    version: 0,
    settings: {
      ...settings,
      off: [],
      number: given.count,
      unit: 'institutions',
      seatsPerInstitution: given.seatsPerInstitution ?? 1,
      dimension: 'service',
    },
  });
  const event = { id: eventId, kind: 'bimtek', kindLabel: '' };
  const kept = await readPlanOf(app.db.manager, eventId);
  const preview = await previewSelection(app.db.manager, host.actor, event, kept, app.clock.now());
  await decideSelection(app.deps, host.actor, eventId, {
    seen: preview.result?.fingerprint ?? '',
    firstWaveOn: given.wave === null ? null : isoDay((given.wave ?? 4) * day),
    offerHours: 48,
  });
  if (given.isOpened !== false) await counter.byOffice(eventId, openDrafts);
  return {
    eventId,
    idOf: async (name) => {
      const [row] = await counter.query<{ id: number }>(
        `SELECT i.id FROM invitation i JOIN institution l ON l.id = i.institution_id WHERE i.event_id = $1 AND l.name = $2`,
        [eventId, `${name} #${eventId}`],
      );
      return row?.id ?? 0;
    },
    states: async () => {
      const rows = await counter.query<{ name: string; state: string }>(
        `SELECT split_part(l.name, ' #', 1) AS name, i.state FROM invitation i JOIN institution l ON l.id = i.institution_id
         WHERE i.event_id = $1 ORDER BY l.id`,
        [eventId],
      );
      return Object.fromEntries(rows.map(({ name, state }) => [name, state]));
    },
  };
}

/** Somebody of the institution came to a bimtek of the office so many days ago. */
const attendedOn = (institutionId: number, daysAgo: number) =>
  makePast(counter.app.db, counter.host.office, counter.host.actor.userId, institutionId, {
    day: isoDay(-daysAgo * day),
  });

const refuse = async ({ eventId, idOf }: Selected, name: string) => {
  const id = await idOf(name);
  await counter.byLink(eventId, (book) => decline(book, id));
};

describe('waves of invitations', () => {
  test('who was chosen has seats held until the first wave’s day, the others are reserves in their order', async () => {
    const event = await selected({ anak: 4 }, { count: 2 });
    expect(await event.states()).toEqual({
      'anak 1': 'offered',
      'anak 2': 'offered',
      'anak 3': 'reserve',
      'anak 4': 'reserve',
    });
    const { holdUntil } = await counter.standing(await event.idOf('anak 1'));
    // A bare day ends at 23.59 where the event is (rules.md 17): WITA.
    expect(holdUntil?.toISOString()).toBe(`${isoDay(4 * day)}T15:59:00.000Z`);
  });

  test('when one declines, the next reserve of the same stratum is invited by itself, with the shorter time', async () => {
    const event = await selected({ anak: 4, disabilitas: 3 }, { count: 4 });
    await refuse(event, 'anak 1');
    expect(await event.states()).toMatchObject({
      'anak 1': 'declined',
      'anak 3': 'offered',
      'disabilitas 3': 'reserve',
    });
    const { holdUntil } = await counter.standing(await event.idOf('anak 3'));
    expect(holdUntil?.getTime()).toBe(now + 48 * hour);
    const [told] = await counter.query(`SELECT purpose FROM message WHERE invitation_id = $1`, [
      await event.idOf('anak 3'),
    ]);
    expect(told).toEqual({ purpose: 'offer' });
    expect(await brokenRules(counter.app.db, event.eventId)).toEqual([]);
  });

  test('who lets the time pass is followed by the next, by the clock and once', async () => {
    const event = await selected({ anak: 4 }, { count: 2 });
    later(6 * day);
    await Promise.all([settleDue(counter.app.deps), settleDue(counter.app.deps)]);
    expect(await event.states()).toEqual({
      'anak 1': 'lapsed',
      'anak 2': 'lapsed',
      'anak 3': 'offered',
      'anak 4': 'offered',
    });
    const offers = await counter.query(
      `SELECT id FROM invitation_change WHERE event_id = $1 AND verb = 'offer' AND way = 'clock'`,
      [event.eventId],
    );
    expect(offers).toHaveLength(2);
  });

  test('a reserve is never given longer than the event’s answer-by, and after it none is invited any more', async () => {
    const event = await selected({ anak: 4 }, { count: 2, wave: null });
    later(9.5 * day);
    await refuse(event, 'anak 1');
    const { holdUntil } = await counter.standing(await event.idOf('anak 3'));
    expect(holdUntil?.getTime()).toBe(now + 10 * day);
    later(10.5 * day);
    await settleDue(counter.app.deps);
    expect(await event.states()).toMatchObject({
      'anak 2': 'lapsed',
      'anak 3': 'lapsed',
      'anak 4': 'reserve',
    });
  });

  test('who gives one of two seats back is followed by a reserve that is offered that one', async () => {
    const event = await selected({ anak: 2 }, { count: 1, seatsPerInstitution: 2 });
    const id = await event.idOf('anak 1');
    await counter.byLink(event.eventId, (book) => accept(book, id, 2));
    const [first] = await counter.query<{ id: number }>('SELECT id FROM delegate WHERE invitation_id = $1', [
      id,
    ]);
    await counter.byLink(event.eventId, (book) => giveBack(book, id, [first?.id ?? 0]));
    expect(await counter.standing(await event.idOf('anak 2'))).toMatchObject({
      state: 'offered',
      seats: 1,
      demand: 1,
    });
  });

  test('who answered and waits comes before reserves that were not yet invited (rules.md 10)', async () => {
    const event = await selected({ anak: 4 }, { count: 2 });
    await refuse(event, 'anak 1');
    const back = await event.idOf('anak 1');
    await counter.byLink(event.eventId, (book) => accept(book, back, 1, 'wait_for_all'));
    expect((await counter.standing(back)).state).toBe('waiting');
    await refuse(event, 'anak 2');
    expect(await event.states()).toMatchObject({ 'anak 1': 'offered', 'anak 4': 'reserve' });
  });

  test('reserves that a cap keeps out are passed, and those behind them are invited', async () => {
    const event = await selected({ anak: 5 }, { count: 2 });
    await counter.query(`UPDATE event_quota SET cap_per_region = 2 WHERE event_id = $1`, [event.eventId]);
    await counter.query(`UPDATE invitation SET region_key = '63.72' WHERE id = ANY ($1)`, [
      [await event.idOf('anak 2'), await event.idOf('anak 4')],
    ]);
    await counter.query(`UPDATE event_quota SET cap_per_region = 1 WHERE event_id = $1`, [event.eventId]);
    // anak 3 lies where anak 1 has the only seat that its region may have.
    await refuse(event, 'anak 2');
    expect(await event.states()).toMatchObject({
      'anak 3': 'reserve',
      'anak 4': 'offered',
      'anak 5': 'reserve',
    });
  });
});

describe('those who were chosen and not yet told', () => {
  test('keep the seats meant for them: no reserve is invited, and no seat moves away, before they are', async () => {
    const event = await selected({ anak: 4, napza: 1 }, { count: 3, isOpened: false });
    await counter.byOffice(event.eventId, (book) => setWaves(book, { paused: false, movesAtOnce: true }));
    await counter.byOffice(event.eventId, fillSeatsNow);
    expect(await event.states()).toEqual({
      'anak 1': 'draft',
      'anak 2': 'draft',
      'anak 3': 'reserve',
      'anak 4': 'reserve',
      'napza 1': 'draft',
    });
    await counter.byOffice(event.eventId, openDrafts);
    expect(await event.states()).toMatchObject({
      'anak 2': 'offered',
      'anak 3': 'reserve',
      'napza 1': 'offered',
    });
  });
});

describe('chosen by hand after the others were invited', () => {
  const change = (event: Selected, institution: number, reason = 'Diminta kepala dinas') =>
    counter
      .query<{ id: number }>('SELECT max(id)::int AS id FROM selection_run WHERE event_id = $1', [
        event.eventId,
      ])
      .then(([run]) =>
        changeSelection(
          counter.app.deps,
          counter.host.actor,
          { eventId: event.eventId, runId: run?.id ?? 0 },
          { institutionId: institution, to: 'chosen', reason },
        ),
      );
  const institutionOf = async (event: Selected, name: string) => {
    const [row] = await counter.query<{ id: number }>(
      'SELECT institution_id AS id FROM invitation WHERE id = $1',
      [await event.idOf(name)],
    );
    return row?.id ?? 0;
  };

  test('an LKS is refused while every seat of its stratum is somebody’s, and invited at once when one is free', async () => {
    const event = await selected({ anak: 5 }, { count: 2 });
    const last = await institutionOf(event, 'anak 5');
    await expect(change(event, last)).rejects.toMatchObject({ fields: { to: {} } });
    expect(await event.states()).toMatchObject({ 'anak 5': 'reserve' });
    await counter.byOffice(event.eventId, (book) => setWaves(book, { paused: true, movesAtOnce: false }));
    await refuse(event, 'anak 1');
    await change(event, last);
    expect(await event.states()).toMatchObject({ 'anak 3': 'reserve', 'anak 5': 'offered' });
  });

  test('who was chosen and not yet invited keeps so many seats, and the rest goes on to reserves', async () => {
    const event = await selected({ anak: 6 }, { count: 3 });
    await counter.query(`UPDATE invitation SET state = 'draft' WHERE id = $1`, [await event.idOf('anak 6')]);
    await refuse(event, 'anak 1');
    // One seat is free, and meant for the one who was not told yet.
    expect(await event.states()).toMatchObject({ 'anak 4': 'reserve', 'anak 6': 'draft' });
    await refuse(event, 'anak 2');
    expect(await event.states()).toMatchObject({
      'anak 4': 'offered',
      'anak 5': 'reserve',
      'anak 6': 'draft',
    });
    await expect(counter.byOffice(event.eventId, openDrafts)).resolves.toEqual({ opened: 1, left: 0 });
  });

  test('those for whom there is no seat stay drafts when the others are opened, and are counted', async () => {
    const event = await selected({ anak: 4 }, { count: 2, isOpened: false });
    await counter.query(`UPDATE invitation SET state = 'draft' WHERE id = $1`, [await event.idOf('anak 4')]);
    await expect(counter.byOffice(event.eventId, openDrafts)).resolves.toEqual({ opened: 2, left: 1 });
    expect(await event.states()).toMatchObject({ 'anak 3': 'reserve', 'anak 4': 'draft' });
  });
});

test('an LKS that was archived meanwhile is neither opened nor invited as a reserve', async () => {
  const event = await selected({ anak: 5 }, { count: 2, isOpened: false });
  const archive = async (name: string) =>
    counter.query(
      'UPDATE institution SET archived_at = now() WHERE id = (SELECT institution_id FROM invitation WHERE id = $1)',
      [await event.idOf(name)],
    );
  await archive('anak 1');
  await archive('anak 3');
  await counter.byOffice(event.eventId, openDrafts);
  // The seat that was meant for it goes to the next reserve that is still there.
  expect(await event.states()).toMatchObject({
    ...{ 'anak 1': 'draft', 'anak 2': 'offered', 'anak 3': 'reserve', 'anak 4': 'offered' },
  });
  // Nothing is said to be kept for it, and nobody offers it a seat by hand either.
  const lines = await linesOf(counter.app.db, event.eventId);
  expect(lines.find(({ key }) => key === 'anak')).toMatchObject({ chosen: 0, meant: 0 });
  await refuse(event, 'anak 4');
  const archived = await event.idOf('anak 3');
  await counter.byOffice(event.eventId, (book) => setWaves(book, { paused: true, movesAtOnce: false }));
  await refuse(event, 'anak 2');
  await expect(
    counter.byOffice(event.eventId, (book) => offerByHand(book, archived, 1, 'diminta')),
  ).rejects.toMatchObject({ fields: { seats: { key: 'invitation.is_archived' } } });
});

describe('seats of a stratum with nobody left (rules.md 11)', () => {
  const strata = (eventId: number) =>
    counter.query(`SELECT key, seats FROM quota_stratum WHERE event_id = $1 AND seats > 0 ORDER BY key`, [
      eventId,
    ]);
  const moves = (eventId: number) =>
    counter.query(
      `SELECT from_key AS "from", to_key AS "to", seats, way FROM seat_move WHERE event_id = $1 ORDER BY id`,
      [eventId],
    );

  test('before answer-by they stay, unless the office has said that they go on at once', async () => {
    const event = await selected({ anak: 4, napza: 1 }, { count: 3 });
    await refuse(event, 'napza 1');
    expect(await moves(event.eventId)).toEqual([]);
    expect(await event.states()).toMatchObject({ 'anak 3': 'reserve' });
    await counter.byOffice(event.eventId, (book) => setWaves(book, { paused: false, movesAtOnce: true }));
    expect(await moves(event.eventId)).toEqual([{ from: 'napza', to: 'anak', seats: 1, way: 'office' }]);
    expect(await event.states()).toMatchObject({ 'anak 3': 'offered', 'anak 4': 'reserve' });
    expect(await strata(event.eventId)).toEqual([{ key: 'anak', seats: 3 }]);
    expect(await brokenRules(counter.app.db, event.eventId)).toEqual([]);
  });

  test('after answer-by the clock moves them, once, to those who wait', async () => {
    const event = await selected({ anak: 2, napza: 1 }, { count: 2, wave: 9 });
    const id = await event.idOf('anak 1');
    await refuse(event, 'anak 1');
    // The only reserve has the offer; whoever comes back waits.
    await counter.byLink(event.eventId, (book) => accept(book, id, 1, 'wait_for_all'));
    const kept = await event.idOf('anak 2');
    await counter.byLink(event.eventId, (book) => accept(book, kept, 1));
    later(10 * day + 1000);
    // napza let its time pass; nobody else is of its kind.
    await Promise.all([settleDue(counter.app.deps), settleDue(counter.app.deps)]);
    await settleDue(counter.app.deps);
    expect(await moves(event.eventId)).toEqual([{ from: 'napza', to: 'anak', seats: 1, way: 'clock' }]);
    expect(await event.states()).toMatchObject({ 'anak 1': 'offered', 'napza 1': 'lapsed' });
    expect(await brokenRules(counter.app.db, event.eventId)).toEqual([]);
  });

  test('the passing of answer-by alone wakes the event up', async () => {
    const event = await selected({ anak: 2, napza: 1 }, { count: 2, wave: 1 });
    const id = await event.idOf('anak 1');
    await refuse(event, 'anak 1');
    await counter.byLink(event.eventId, (book) => accept(book, id, 1, 'wait_for_all'));
    const kept = await event.idOf('anak 2');
    await counter.byLink(event.eventId, (book) => accept(book, kept, 1));
    await refuse(event, 'napza 1');
    await settleDue(counter.app.deps);
    expect((await counter.standing(id)).state).toBe('waiting');
    // Nothing else is due: no offer ends, nobody lapses.
    later(10 * day + 1000);
    await settleDue(counter.app.deps);
    expect((await counter.standing(id)).state).toBe('offered');
  });
});

describe('paused', () => {
  test('nothing is passed on to reserves until it goes on, or somebody presses the button', async () => {
    const event = await selected({ anak: 5, napza: 1 }, { count: 3 });
    await counter.byOffice(event.eventId, (book) => setWaves(book, { paused: true, movesAtOnce: true }));
    await refuse(event, 'anak 1');
    await refuse(event, 'napza 1');
    expect(await event.states()).toMatchObject({ 'anak 3': 'reserve', 'anak 4': 'reserve' });
    expect(await counter.byOffice(event.eventId, fillSeatsNow)).toBe(0);
    expect(await event.states()).toMatchObject({
      'anak 3': 'offered',
      'anak 4': 'offered',
      'anak 5': 'reserve',
    });
    await refuse(event, 'anak 2');
    expect(await event.states()).toMatchObject({ 'anak 5': 'reserve' });
    await counter.byOffice(event.eventId, (book) => setWaves(book, { paused: false, movesAtOnce: false }));
    expect(await event.states()).toMatchObject({ 'anak 5': 'offered' });
  });

  test('by hand also after answer-by, until the event begins; then it is refused', async () => {
    const event = await selected({ anak: 2 }, { count: 1 });
    later(11 * day);
    await settleDue(counter.app.deps);
    expect(await event.states()).toEqual({ 'anak 1': 'lapsed', 'anak 2': 'reserve' });
    expect(await counter.byOffice(event.eventId, fillSeatsNow)).toBe(0);
    expect(await event.states()).toMatchObject({ 'anak 2': 'offered' });
    await counter.query(`UPDATE event SET state = 'running' WHERE id = $1`, [event.eventId]);
    await expect(counter.byOffice(event.eventId, fillSeatsNow)).rejects.toMatchObject({ status: 409 });
  });

  test('a reserve that is preferred needs a reason, the next in line none', async () => {
    const event = await selected({ anak: 4 }, { count: 2 });
    await counter.byOffice(event.eventId, (book) => setWaves(book, { paused: true, movesAtOnce: false }));
    await refuse(event, 'anak 1');
    const last = await event.idOf('anak 4');
    const offer = (id: number, reason?: string) =>
      counter.byOffice(event.eventId, (book) => offerByHand(book, id, 1, reason));
    await expect(offer(last)).rejects.toMatchObject({
      fields: { reason: { key: 'invitation.out_of_turn' } },
    });
    await offer(last, 'Tuan rumah');
    await refuse(event, 'anak 2');
    await offer(await event.idOf('anak 3'));
    expect(await event.states()).toMatchObject({ 'anak 3': 'offered', 'anak 4': 'offered' });
  });
});
