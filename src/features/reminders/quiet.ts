import { addDays, instantOf, localParts } from '../../i18n/zones.js';

/** Hours in which an office reminds nobody; the same hour twice: none. */
export interface QuietHours {
  /** `20:00` */
  from: string;
  /** `07:00`, of the next day where it is earlier. */
  until: string;
  /** The office's zone, not that of the event (rules.md 17). */
  zone: string;
}

/** The first moment from `at` on at which somebody may be reminded. */
export function nextAllowed(at: Date, { from, until, zone }: QuietHours): Date {
  if (from === until) return at;
  const { date, time } = localParts(at, zone);
  const overMidnight = from > until;
  const isQuiet = overMidnight ? time >= from || time < until : time >= from && time < until;
  if (!isQuiet) return at;
  const day = overMidnight && time >= from ? addDays(date, 1) : date;
  return instantOf(day, until, zone);
}
