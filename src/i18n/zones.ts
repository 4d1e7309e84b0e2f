import { Temporal } from 'temporal-polyfill';

/** The zones of Indonesia as people call them. */
export const zones = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
} as const;

export const zoneNames = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'] as const;

export const zoneLabel = (zone: string): string => (zones as Record<string, string>)[zone] ?? zone;

/** The instant of a local date (`2022-08-23`) and time (`09:00`) in a zone. */
export function instantOf(date: string, time: string, zone: string): Date {
  const local = Temporal.PlainDateTime.from(`${date}T${time}`);
  return new Date(local.toZonedDateTime(zone).epochMilliseconds);
}

const localFormats = new Map<string, Intl.DateTimeFormat>();

/** Writes `2022-08-23 09:00`; made once per zone, since a list formats hundreds of instants. */
function localFormat(zone: string): Intl.DateTimeFormat {
  const known = localFormats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  localFormats.set(zone, made);
  return made;
}

/** The local date and time of an instant in a zone, as form fields want them. */
export function localParts(at: Date, zone: string): { date: string; time: string } {
  const [date = '', time = ''] = localFormat(zone).format(at).split(' ');
  return { date, time };
}

/** A bare date as deadline means 23.59 there (rules.md 17). */
export const endOfDay = (date: string, zone: string): Date => instantOf(date, '23:59', zone);

/** `date` moved by whole days. */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** 0 for Monday to 6 for Sunday. */
export const weekdayOf = (date: string): number => Temporal.PlainDate.from(date).dayOfWeek - 1;

/** Whole days from one date to another; negative when it lies before. */
export const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;
