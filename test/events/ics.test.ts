import { expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import nodeIcal, { type VEvent } from 'node-ical';
import {
  cancelCalendar,
  publishedCalendar,
  requestCalendar,
  type CalendarEntry,
} from '../../src/calendar/ics.js';

const given: CalendarEntry = {
  uid: 'event-7-day-1@2f1e4b56-0000-4000-8000-1c0de5a1b2c3.rembuk',
  from: new Date('2026-03-20T01:00:00Z'),
  to: new Date('2026-03-20T07:00:00Z'),
  summary: 'Bimtek; hari 1, LKSA',
  zone: 'Asia/Makassar',
  sequence: 3,
  location: 'Aula Dinas Sosial, Jl. A. Yani km 6',
  description:
    'Membawa stempel; konfirmasi kepada panitia.\n' + 'Terima kasih atas kehadiran Bapak/Ibu. '.repeat(5),
  url: 'https://rembuk.contoh.id/events/7',
  organizer: { name: 'Dinas Sosial, "Prov." Kalsel', email: 'dinsos@contoh.id' },
  status: 'confirmed',
};
const stamp = new Date('2026-03-02T02:00:00Z');
const attendee = { name: 'Hj. Siti Rahmah, S.Sos.', email: 'siti@contoh.id' };

const published = (entry: Partial<CalendarEntry> = {}) =>
  publishedCalendar({ stamp, entries: [{ ...given, ...entry }] });
const requested = (entry: Partial<CalendarEntry> = {}) =>
  requestCalendar({ stamp, attendee, entry: { ...given, ...entry } });
const cancelled = (entry: Partial<CalendarEntry> = {}) =>
  cancelCalendar({ stamp, attendee, entry: { ...given, ...entry } });

const parse = (text: string) => new ICAL.Component(ICAL.parse(text) as unknown[]);
const entryOf = (text: string) => parse(text).getFirstSubcomponent('vevent');
function entries(text: string): ICAL.Event[] {
  const calendar = parse(text);
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  return calendar.getAllSubcomponents('vevent').map((entry) => new ICAL.Event(entry));
}

test.each([
  ['Asia/Jakarta', 'T080000', '+0700'],
  ['Asia/Makassar', 'T090000', '+0800'],
  ['Asia/Jayapura', 'T100000', '+0900'],
])('in %s the hours are the local ones, and the same instant for everybody', (zone, local, offset) => {
  for (const text of [published({ zone }), requested({ zone }), cancelled({ zone })]) {
    const [entry] = entries(text);
    expect(entry?.startDate.toJSDate().toISOString()).toBe('2026-03-20T01:00:00.000Z');
    expect(entry?.endDate.toJSDate().toISOString()).toBe('2026-03-20T07:00:00.000Z');
    expect(text).toContain(`DTSTART;TZID=${zone}:20260320${local}`);
    expect(text).toContain(`TZID:${zone}`);
    expect(text).toContain(`TZOFFSETTO:${offset}`);
  }
});

test('a second parser, which knows the zones by itself, reads the same instants, people and method', () => {
  const found = Object.values(nodeIcal.parseICS(requested())).find(
    (one): one is VEvent => one?.type === 'VEVENT',
  );
  expect(found?.start.toISOString()).toBe('2026-03-20T01:00:00.000Z');
  expect(found?.end?.toISOString()).toBe('2026-03-20T07:00:00.000Z');
  expect(found).toMatchObject({ method: 'REQUEST', uid: given.uid, sequence: 3, summary: given.summary });
  expect(found?.attendee).toMatchObject({
    params: { CN: attendee.name, PARTSTAT: 'ACCEPTED', RSVP: false, ROLE: 'REQ-PARTICIPANT' },
  });
  expect((found?.organizer as { val: string }).val).toBe('mailto:dinsos@contoh.id');
});

test('texts with commas, semicolons and line breaks come back as they were, in lines of at most 75 octets', () => {
  for (const text of [published(), requested(), cancelled()]) {
    const [entry] = entries(text);
    expect(entry?.summary).toBe('Bimtek; hari 1, LKSA');
    expect(entry?.location).toBe(given.location);
    expect(entry?.description).toBe(given.description);
    const lines = text.split('\r\n');
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text).toMatch(/END:VCALENDAR\r\n$/);
  }
});

test('letters of more than one byte are never cut in two by the folding', () => {
  const description = 'Aksara ꦲꦏ꧀ꦱꦫ 🏛️ é '.repeat(20).trim();
  for (const text of [published({ description }), requested({ description })]) {
    expect(entries(text)[0]?.description).toBe(description);
    expect(text).not.toContain('\uFFFD');
  }
});

test('an entry says who it is, which edition, and reminds one day before', () => {
  const calendar = parse(published());
  const entry = calendar.getFirstSubcomponent('vevent');
  expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
  expect(entry?.getFirstPropertyValue('uid')).toBe(
    'event-7-day-1@2f1e4b56-0000-4000-8000-1c0de5a1b2c3.rembuk',
  );
  expect(entry?.getFirstPropertyValue('sequence')).toBe(3);
  expect(String(entry?.getFirstPropertyValue('url'))).toBe(given.url);
  expect(entry?.getFirstPropertyValue('dtstamp')?.toString()).toBe('2026-03-02T02:00:00Z');
  const alarm = entry?.getFirstSubcomponent('valarm');
  expect(alarm?.getFirstPropertyValue('trigger')?.toString()).toBe('-P1D');
  expect(alarm?.getFirstPropertyValue('action')).toBe('DISPLAY');
  expect(alarm?.getFirstPropertyValue('description')).toBeTruthy();
});

test('an open end has no end, and a cancelled event says so without a reminder', () => {
  const entry = entryOf(published({ to: null, status: 'cancelled' }));
  expect(entry?.getFirstProperty('dtend')).toBeNull();
  expect(entry?.getFirstPropertyValue('status')).toBe('CANCELLED');
  expect(entry?.getFirstSubcomponent('valarm')).toBeNull();
});

test('who has to confirm again is asked, and who came forward stands as accepted; nobody reads replies', () => {
  const partstat = (text: string) => entryOf(text)?.getFirstProperty('attendee')?.getParameter('partstat');
  expect(partstat(requested())).toBe('ACCEPTED');
  expect(partstat(requested({ status: 'tentative' }))).toBe('NEEDS-ACTION');
  expect(entryOf(requested())?.getFirstProperty('attendee')?.getParameter('rsvp')).toBe('FALSE');
});

test('an office without any address is named with one that cannot be anybody’s', () => {
  const organizer = entryOf(published({ organizer: { name: 'LKKS', email: null } }))?.getFirstPropertyValue(
    'organizer',
  );
  expect(String(organizer)).toMatch(/^mailto:[^@]+@[a-z.]+\.invalid$/);
});

/** RFC 5546: what each method must have, may have and must not have in its VEVENT; §3.2.1, §3.2.2, §3.2.5. */
const rules = {
  PUBLISH: {
    must: ['dtstamp', 'dtstart', 'organizer', 'summary', 'uid', 'sequence'],
    mustNot: ['attendee', 'request-status'],
    status: ['TENTATIVE', 'CONFIRMED', 'CANCELLED'],
    alarm: true,
  },
  REQUEST: {
    must: ['attendee', 'dtstamp', 'dtstart', 'organizer', 'summary', 'uid', 'sequence'],
    mustNot: ['request-status'],
    status: ['TENTATIVE', 'CONFIRMED'],
    alarm: true,
  },
  CANCEL: {
    must: ['attendee', 'dtstamp', 'organizer', 'uid', 'sequence'],
    mustNot: ['request-status'],
    status: ['CANCELLED', null],
    alarm: false,
  },
} as const;

const open = { to: null, url: '', description: '', location: '' } as const;
const cases: [keyof typeof rules, string, string][] = [
  ['PUBLISH', 'of an event', published()],
  ['PUBLISH', 'of a cancelled event', published({ status: 'cancelled' })],
  ['PUBLISH', 'of an event with nothing but a start', published({ ...open, status: 'tentative' })],
  ['REQUEST', 'to somebody who comes', requested()],
  ['REQUEST', 'to somebody who has to confirm', requested({ ...open, status: 'tentative' })],
  ['CANCEL', 'of an event', cancelled({ status: 'cancelled' })],
  ['CANCEL', 'to somebody who does not come any more', cancelled()],
];

test.each(cases)('a %s %s holds to RFC 5546', (method, _of, text) => {
  const { must, mustNot, status, alarm } = rules[method];
  const calendar = parse(text);
  expect(calendar.getAllProperties('method').map((one) => one.getFirstValue())).toEqual([method]);
  expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
  expect(calendar.getAllProperties('prodid')).toHaveLength(1);
  const all = calendar.getAllSubcomponents('vevent');
  // All of one message have the same UID; here each is a message of its own.
  expect(all).toHaveLength(1);
  for (const entry of all) {
    for (const name of must)
      expect([name, entry.getAllProperties(name)]).toEqual([name, [expect.anything()]]);
    for (const name of mustNot) expect([name, entry.getAllProperties(name)]).toEqual([name, []]);
    expect(status).toContain(entry.getFirstPropertyValue('status'));
    if (!alarm) expect(entry.getAllSubcomponents('valarm')).toEqual([]);
  }
  const zones = calendar.getAllSubcomponents('vtimezone').map((one) => one.getFirstPropertyValue('tzid'));
  expect(zones).toEqual(['Asia/Makassar']);
});

test('a CANCEL says that the event is off only where it is off (RFC 5546 §3.2.5)', () => {
  expect(entryOf(cancelled())?.getFirstProperty('status')).toBeNull();
  expect(entryOf(cancelled({ status: 'cancelled' }))?.getFirstPropertyValue('status')).toBe('CANCELLED');
});
