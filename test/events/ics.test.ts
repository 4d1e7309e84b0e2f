import { expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import { eventCalendar, type CalendarInput } from '../../src/calendar/ics.js';

const given: CalendarInput = {
  days: [
    {
      uid: 'event-7-day-1@rembuk',
      from: new Date('2026-03-20T01:00:00Z'),
      to: new Date('2026-03-20T07:00:00Z'),
      summary: 'Bimtek; hari 1, LKSA',
    },
  ],
  zone: 'Asia/Makassar',
  sequence: 3,
  stamp: new Date('2026-03-02T02:00:00Z'),
  location: 'Aula Dinas Sosial, Jl. A. Yani km 6',
  description:
    'Membawa stempel; konfirmasi kepada panitia.\n' + 'Terima kasih atas kehadiran Bapak/Ibu. '.repeat(5),
  url: 'https://rembuk.contoh.id/events/7',
};

const parse = (text: string) => new ICAL.Component(ICAL.parse(text) as unknown[]);
function entries(text: string): ICAL.Event[] {
  const calendar = parse(text);
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  return calendar.getAllSubcomponents('vevent').map((entry) => new ICAL.Event(entry));
}

test.each([
  ['Asia/Jakarta', 'T080000'],
  ['Asia/Makassar', 'T090000'],
  ['Asia/Jayapura', 'T100000'],
])('in %s the hours are the local ones, and the same instant for everybody', (zone, local) => {
  const text = eventCalendar({ ...given, zone });
  const [entry] = entries(text);
  expect(entry?.startDate.toJSDate().toISOString()).toBe('2026-03-20T01:00:00.000Z');
  expect(entry?.endDate.toJSDate().toISOString()).toBe('2026-03-20T07:00:00.000Z');
  expect(text).toContain(`DTSTART;TZID=${zone}:20260320${local}`);
  expect(text).toContain(`TZID:${zone}`);
});

test('texts with commas, semicolons and line breaks come back as they were, in lines of at most 75 octets', () => {
  const text = eventCalendar(given);
  const [entry] = entries(text);
  expect(entry?.summary).toBe('Bimtek; hari 1, LKSA');
  expect(entry?.location).toBe(given.location);
  expect(entry?.description).toBe(given.description);
  expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
});

test('an entry says who it is, which edition, and reminds one day before', () => {
  const calendar = parse(eventCalendar(given));
  const entry = calendar.getFirstSubcomponent('vevent');
  expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
  expect(entry?.getFirstPropertyValue('uid')).toBe('event-7-day-1@rembuk');
  expect(entry?.getFirstPropertyValue('sequence')).toBe(3);
  expect(String(entry?.getFirstPropertyValue('url'))).toBe(given.url);
  expect(entry?.getFirstPropertyValue('dtstamp')?.toString()).toBe('2026-03-02T02:00:00Z');
  const alarm = entry?.getFirstSubcomponent('valarm');
  expect(alarm?.getFirstPropertyValue('trigger')?.toString()).toBe('-P1D');
});

test('an open end has no end, and a cancelled event says so without a reminder', () => {
  const days = given.days.map((day) => ({ ...day, to: null }));
  const entry = parse(eventCalendar({ ...given, days, cancelled: true })).getFirstSubcomponent('vevent');
  expect(entry?.getFirstProperty('dtend')).toBeNull();
  expect(entry?.getFirstPropertyValue('status')).toBe('CANCELLED');
  expect(entry?.getFirstSubcomponent('valarm')).toBeNull();
});
