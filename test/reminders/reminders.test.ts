import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { accept, decline } from '../../src/features/invitations/answering.js';
import { settleDue } from '../../src/features/invitations/settle.js';
import { advanceEvents } from '../../src/features/events/publication.service.js';
import { changeDeadlines } from '../../src/features/events/plan.service.js';
import {
  changeRules,
  remindersFor,
  stopReminders,
  stopRemindersOf,
} from '../../src/features/reminders/reminders.service.js';
import { defaultRules, type Rule, type Slot } from '../../src/features/reminders/rules.js';
import { makeInvitations } from '../factories/invitations.js';
import { makeInstitution } from '../factories/institutions.js';
import { dayFromNow, type Scene } from '../factories/scenes.js';
import { answerByDay, firstDay, openWatch, people, type Watch } from './support.js';

let watch: Watch;
beforeAll(async () => {
  watch = await openWatch();
});
afterAll(() => watch.app.close());
beforeEach(async () => {
  watch.app.clock.set(new Date().toISOString());
  // Each test has an event of its own: those of others are not reminded of any more.
  await watch.query(`UPDATE event SET reminders_stopped_at = now()`);
  await watch.query(`UPDATE office SET quiet_from = '20:00', quiet_until = '07:00'`);
});

const reminded = async ({ eventId }: Scene, purpose = 'reminder_answer') =>
  (await watch.messages(eventId, purpose)).map(({ invitation }) => invitation);

async function rules(eventId: number, own: Partial<Record<Slot, Partial<Rule>>>): Promise<void> {
  const [event] = await watch.query<{ version: number }>('SELECT version FROM event WHERE id = $1', [
    eventId,
  ]);
  const all = Object.fromEntries(
    Object.entries(defaultRules).map(([slot, rule]) => [slot, { ...rule, ...own[slot as Slot] }]),
  ) as Record<Slot, Rule>;
  await changeRules(watch.app.deps, watch.host.actor, eventId, {
    version: event?.version ?? 0,
    rules: all,
  });
}

describe('who has not answered', () => {
  test('is reminded 7 and 3 days before answer-by at 08.00, and not before', async () => {
    const scene = await watch.told();
    const seen: [number, string, number][] = [];
    for (const [day, hour] of [
      [13, '07:59'],
      [13, '08:00'],
      [13, '12:00'],
      [16, '08:00'],
      [17, '07:59'],
      [17, '08:01'],
      [19, '08:00'],
    ] as const) {
      watch.at(day, hour);
      seen.push([day, hour, await watch.remind()]);
    }
    expect(seen.filter(([, , count]) => count > 0)).toEqual([
      [answerByDay - 7, '08:00', 3],
      [answerByDay - 3, '08:01', 3],
    ]);
    expect(await reminded(scene)).toEqual([...scene.invitations]);
  });

  test('and answers meanwhile gets none; who answers before it is sent is not sent it either', async () => {
    const scene = await watch.told({ institutions: people(4) });
    const [one, two, three, four] = scene.invitations as [number, number, number, number];
    await watch.byLink(scene.eventId, (book) => accept(book, one, 1));
    await watch.byLink(scene.eventId, (book) => decline(book, two));
    watch.at(13, '08:00');
    expect(await watch.remind()).toBe(2);
    expect(await reminded(scene)).toEqual([three, four]);
    await watch.byLink(scene.eventId, (book) => decline(book, three));
    expect(await reminded(scene)).toEqual([four]);
  });

  test('is not reminded of an invitation that still waits to be sent', async () => {
    const scene = await watch.told();
    const late = await makeInvitations(watch.app, watch.host.actor, scene.eventId, [
      await makeInstitution(watch.app.db, watch.host.office),
    ]);
    watch.at(13, '08:00');
    expect(await watch.remind()).toBe(3);
    await watch.send(...late);
    watch.at(17, '08:00');
    expect(await watch.remind()).toBe(4);
  });

  test('and was invited less than a day ago is left alone', async () => {
    const scene = await watch.told();
    watch.at(13, '07:30');
    const late = await makeInvitations(watch.app, watch.host.actor, scene.eventId, [
      await makeInstitution(watch.app.db, watch.host.office),
    ]);
    await watch.send(...late);
    watch.at(13, '08:00');
    expect(await watch.remind()).toBe(3);
    expect(await reminded(scene)).not.toContain(late[0]);
  });

  test('hears only of the later time when the program stood still over both, and of none a day too late', async () => {
    const scene = await watch.told();
    watch.at(17, '09:00');
    expect(await watch.remind()).toBe(3);
    expect(await reminded(scene)).toHaveLength(3);
    const other = await watch.told();
    watch.at(18, '08:30');
    await watch.remind();
    expect(await reminded(other)).toEqual([]);
  });

  test('and has an offer is reminded before that ends, not before the answer-by of the event', async () => {
    const scene = await watch.told();
    const [one] = scene.invitations;
    await watch.query(`UPDATE invitation SET state = 'offered', hold_until = $2 WHERE id = $1`, [
      one,
      `${dayFromNow(12)}T10:00:00Z`,
    ]);
    watch.at(5, '08:00');
    expect(await watch.remind()).toBe(1);
    expect(await reminded(scene)).toEqual([one]);
  });
});

describe('a deadline that moves', () => {
  const move = async (eventId: number, day: number) => {
    const [event] = await watch.query<{ version: number }>('SELECT version FROM event WHERE id = $1', [
      eventId,
    ]);
    await changeDeadlines(watch.app.deps, watch.host.actor, eventId, {
      version: event?.version ?? 0,
      answerByDate: dayFromNow(day),
      answerByTime: null,
      namesUntilDate: null,
      namesUntilTime: null,
      recordCheck: false,
    });
  };

  test('moves its reminders, calls off those that are not sent, and reminds again before the new one', async () => {
    const scene = await watch.told();
    watch.at(13, '08:00');
    await watch.remind();
    expect(await reminded(scene)).toHaveLength(3);
    await move(scene.eventId, answerByDay + 5);
    expect(await reminded(scene)).toEqual([]);
    watch.at(17, '08:00');
    expect(await watch.remind()).toBe(0);
    watch.at(18, '08:00');
    expect(await watch.remind()).toBe(3);
  });

  test('by an hour of the same day reminds nobody twice', async () => {
    const scene = await watch.told();
    watch.at(13, '08:00');
    await watch.remind();
    await watch.send(...scene.invitations);
    await watch.query(`UPDATE event SET answer_by = answer_by - interval '1 hour' WHERE id = $1`, [
      scene.eventId,
    ]);
    expect(await watch.remind()).toBe(0);
  });
});

describe('who comes', () => {
  test('is reminded one day before the first day, and no longer once it has begun', async () => {
    const scene = await watch.told();
    const [one, two] = scene.invitations as [number, number];
    await watch.byLink(scene.eventId, (book) => accept(book, one, 1));
    await watch.byLink(scene.eventId, (book) => decline(book, two));
    watch.at(21, '08:00');
    await settleDue(watch.app.deps);
    watch.at(firstDay - 1, '08:00');
    expect(await watch.remind()).toBe(1);
    expect(await reminded(scene, 'reminder_day')).toEqual([one]);
    watch.at(firstDay, '09:00');
    await advanceEvents(watch.app.deps);
    await watch.remind();
    expect(await reminded(scene, 'reminder_day')).toEqual([]);
  });

  test('is told of materials once, after the event, as soon as there are some for them', async () => {
    const scene = await watch.told();
    const [one] = scene.invitations as [number];
    await watch.byLink(scene.eventId, (book) => accept(book, one, 1));
    watch.at(firstDay + 1, '08:00');
    await advanceEvents(watch.app.deps);
    expect(await watch.remind()).toBe(0);
    await watch.query(
      `INSERT INTO material (event_id, title, visibility) VALUES ($1, 'Paparan', 'attended')`,
      [scene.eventId],
    );
    // Nobody of this institution was there.
    expect(await watch.remind()).toBe(0);
    watch.at(firstDay + 9, '10:00');
    await watch.query(`INSERT INTO material (event_id, title, visibility) VALUES ($1, 'Modul', 'accepted')`, [
      scene.eventId,
    ]);
    expect(await watch.remind()).toBe(1);
    await watch.query(`INSERT INTO material (event_id, title, visibility) VALUES ($1, 'Foto', 'accepted')`, [
      scene.eventId,
    ]);
    watch.at(firstDay + 10, '10:00');
    expect(await watch.remind()).toBe(0);
    expect(await reminded(scene, 'materials')).toEqual([one]);
  });
});

describe('rules of an event', () => {
  test('say how many days and at what hour, and switch each of them off', async () => {
    const scene = await watch.told();
    await rules(scene.eventId, { answer_first: { active: false }, answer_last: { days: 2, hour: '16:30' } });
    watch.at(13, '08:00');
    expect(await watch.remind()).toBe(0);
    watch.at(18, '16:29');
    expect(await watch.remind()).toBe(0);
    watch.at(18, '16:30');
    expect(await watch.remind()).toBe(3);
  });

  test('in quiet hours wait for the morning, in the zone of the office', async () => {
    const scene = await watch.told();
    await rules(scene.eventId, { answer_first: { hour: '21:00' } });
    await watch.query(`UPDATE office SET zone = 'Asia/Jakarta' WHERE id = $1`, [watch.host.office.id]);
    try {
      // 21.00 WITA is 20.00 WIB: quiet until 07.00 WIB.
      watch.at(13, '21:00');
      expect(await watch.remind()).toBe(0);
      watch.at(14, '07:59');
      expect(await watch.remind()).toBe(0);
      watch.at(14, '08:00');
      expect(await watch.remind()).toBe(3);
    } finally {
      await watch.query(`UPDATE office SET zone = 'Asia/Makassar' WHERE id = $1`, [watch.host.office.id]);
    }
  });

  test('hold for an office without quiet hours at any hour', async () => {
    const scene = await watch.told();
    await watch.query(`UPDATE office SET quiet_until = quiet_from`);
    await rules(scene.eventId, { answer_first: { hour: '03:00' } });
    watch.at(13, '03:00');
    expect(await watch.remind()).toBe(3);
  });
});

describe('stopped reminders', () => {
  const act = (eventId: number, isStop: boolean) =>
    stopReminders(watch.app.deps, watch.host.actor, eventId, isStop);

  test('of an event hold back what is not sent, and go on where they stopped', async () => {
    const scene = await watch.told();
    watch.at(13, '08:00');
    await watch.remind();
    await act(scene.eventId, true);
    expect((await watch.messages(scene.eventId, 'reminder_answer')).map(({ state }) => state)).toEqual(
      Array(3).fill('held'),
    );
    watch.at(17, '08:00');
    expect(await watch.remind()).toBe(0);
    await act(scene.eventId, false);
    expect(await watch.remind()).toBe(3);
    expect((await watch.messages(scene.eventId, 'reminder_answer')).map(({ state }) => state)).toEqual(
      Array(3).fill('queued'),
    );
  });

  test('of one institution leave the others alone, and stay stopped when the event goes on', async () => {
    const scene = await watch.told();
    const [one, two, three] = scene.invitations as [number, number, number];
    watch.at(13, '08:00');
    await watch.remind();
    await stopRemindersOf(watch.app.deps, watch.host.actor, scene.eventId, one, true);
    await act(scene.eventId, true);
    await act(scene.eventId, false);
    const states = await watch.messages(scene.eventId, 'reminder_answer');
    expect(states.map(({ invitation, state }) => [invitation, state])).toEqual([
      [one, 'held'],
      [two, 'queued'],
      [three, 'queued'],
    ]);
    watch.at(17, '08:00');
    expect(await watch.remind()).toBe(2);
    await stopRemindersOf(watch.app.deps, watch.host.actor, scene.eventId, one, false);
    expect(await watch.remind()).toBe(1);
  });
});

test('the preview says who will get what and when, moved out of the quiet hours, and by which channel', async () => {
  const scene = await watch.told({
    institutions: people(3, { leader: { name: 'Siti', phone: '+6281234567890' } }),
  });
  const [one, two] = scene.invitations as [number, number];
  await watch.query(
    `UPDATE institution SET email = 'lksa@contoh.id' WHERE id = (SELECT institution_id FROM invitation WHERE id = $1)`,
    [two],
  );
  await watch.query(`UPDATE event SET reminders_stopped_at = NULL WHERE id = $1`, [scene.eventId]);
  await watch.byLink(scene.eventId, (book) => accept(book, one, 1));
  await rules(scene.eventId, { answer_first: { hour: '05:00' } });
  const { planned, sums } = await remindersFor(watch.app.deps, watch.host.actor, scene.eventId, undefined);
  const shown = planned.map(({ slot, invitationId, at, channels }) => [
    slot,
    invitationId,
    at.toISOString().slice(0, 16),
    channels.join(),
  ]);
  const morning = (day: number, hour: string) => `${dayFromNow(day)}T${hour}`;
  expect(shown).toEqual([
    ['answer_first', two, morning(12, '23:00'), 'whatsapp'],
    ['answer_first', scene.invitations[2], morning(12, '23:00'), 'whatsapp'],
    ['answer_last', two, morning(17, '00:00'), 'whatsapp'],
    ['answer_last', scene.invitations[2], morning(17, '00:00'), 'whatsapp'],
    ['day', one, morning(29, '00:00'), 'whatsapp'],
    ['materials', one, morning(31, '00:00'), 'whatsapp'],
  ]);
  expect(sums.map(({ slot, count }) => [slot, count]).sort()).toEqual([
    ['answer_first', 2],
    ['answer_last', 2],
    ['day', 1],
    ['materials', 1],
  ]);
  // What is planned is what happens.
  watch.at(13, '07:00');
  expect(await watch.remind()).toBe(2);
});

test('the preview goes on page by page, and names each institution once for each time', async () => {
  const scene = await watch.told({ institutions: people(30), quota: { seats: 30 } });
  const first = await remindersFor(watch.app.deps, watch.host.actor, scene.eventId, undefined);
  const second = await remindersFor(watch.app.deps, watch.host.actor, scene.eventId, first.next);
  const third = await remindersFor(watch.app.deps, watch.host.actor, scene.eventId, second.next);
  const all = [first, second, third].flatMap(({ planned }) => planned);
  expect([first, second, third].map(({ planned }) => planned.length)).toEqual([25, 25, 10]);
  expect(new Set(all.map(({ slot, invitationId }) => `${slot} ${invitationId}`)).size).toBe(60);
  expect(third.next).toBeUndefined();
});
