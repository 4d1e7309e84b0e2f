import { expect, test } from '@jest/globals';
import { Event } from '../../src/features/events/event.entity.js';
import { stepsOf, type EventCounts, type RoomCounts } from '../../src/features/events/event-steps.js';
import { texts } from '../../src/texts.js';

const noCounts: EventCounts = {
  ...{ sessions: 1, seats: 0, seatsTaken: 0, chosen: 0, invited: 0, answered: 0, awaited: 0 },
};
const noRooms: RoomCounts = {
  ...{
    came: { delegates: 0, institutions: 0, guests: 0 },
    materials: 0,
    minutes: null,
    actions: 0,
    actionsClosed: 0,
    toAsk: 0,
  },
};
const fullCounts: EventCounts = { ...noCounts, seats: 5, seatsTaken: 5, chosen: 5, invited: 5, answered: 5 };
const fullRooms: RoomCounts = {
  ...{
    came: { delegates: 5, institutions: 4, guests: 0 },
    materials: 2,
    minutes: 'published' as const,
    actions: 2,
    actionsClosed: 2,
    toAsk: 0,
  },
};

const stepsIn = (state: Event['state'], counts: EventCounts, rooms: RoomCounts) => {
  const event = Object.assign(new Event(), {
    id: 1,
    state,
    venueName: 'Aula',
    onlineUrl: '',
    answerBy: new Date(0),
    startsAt: new Date(1),
  });
  return stepsOf(event, counts, rooms, new Date(2));
};
const noteOf = (state: Event['state'], key: string, counts = noCounts, rooms = noRooms) =>
  stepsIn(state, counts, rooms)
    .find((step) => step.key === key)
    ?.note.key.replace('event.step.', '');

const states = ['draft', 'published', 'running', 'finished', 'cancelled'] as const;

test.each(states)('every station of an event that is %s says something, empty or full', (state) => {
  for (const [counts, rooms] of [
    [noCounts, noRooms],
    [fullCounts, fullRooms],
  ] as const)
    for (const { note, missing } of stepsIn(state, counts, rooms))
      for (const key of [note.key, ...missing]) expect([key, key in texts]).toEqual([key, true]);
});

test('the attendance begins on the day, is missed while nobody is recorded, and never comes when called off', () => {
  expect(states.map((state) => noteOf(state, 'attendance'))).toEqual([
    ...['attendance_later', 'attendance_later', 'attendance_nobody', 'attendance_nobody', 'attendance_off'],
  ]);
  expect(noteOf('running', 'attendance', fullCounts, fullRooms)).toBe('attendance.came');
});

test('nothing is the next step of an event that was called off, and a full one is done', () => {
  const marks = (state: Event['state'], counts: EventCounts, rooms: RoomCounts) =>
    stepsIn(state, counts, rooms).map((step) => step.state);
  expect(marks('cancelled', noCounts, noRooms)).not.toContain('now');
  expect(new Set(marks('finished', fullCounts, fullRooms))).toEqual(new Set(['done']));
  expect(marks('published', noCounts, noRooms).filter((mark) => mark === 'now')).toHaveLength(1);
});

test('promises are done when none is left and the minutes can bring no more', () => {
  const published = { ...noRooms, minutes: 'published' as const };
  expect(noteOf('finished', 'actions', noCounts, published)).toBe('actions_nothing');
  expect(noteOf('finished', 'actions')).toBe('actions_none');
  expect(noteOf('finished', 'actions', fullCounts, fullRooms)).toBe('actions_closed');
  expect(noteOf('published', 'actions', noCounts, { ...noRooms, toAsk: 2 })).toBe('actions_to_ask');
  const both = { ...fullRooms, toAsk: 2 };
  expect(noteOf('running', 'actions', fullCounts, both)).toBe('actions_closed_to_ask');
});

test('a draft whose answer-by has passed has no complete plan; an event that is announced has', () => {
  const planIn = (state: Event['state']) => {
    const { state: mark, missing } =
      stepsIn(state, fullCounts, fullRooms).find(({ key }) => key === 'plan') ?? {};
    return [mark, missing];
  };
  expect(planIn('draft')).toEqual(['now', ['event.missing.answer_by_past']]);
  for (const state of ['published', 'running', 'finished'] as const)
    expect(planIn(state)).toEqual(['done', []]);
});
