/** By what institutions of a stratum are put in order; each can be switched off and moved. */
export const criteria = [
  'no_shows_last',
  'never_attended',
  'longest_since',
  'accreditation',
  'not_registered',
] as const;
export type Criterion = (typeof criteria)[number];

/** What the registry and the events so far say of an institution, on the day of the selection. */
export interface Need {
  /** First day of the last event of this kind that somebody of it came to, `2023-05-20`. */
  lastAttendedOn: string | null;
  /** Grade of the accreditation that counts now; null without one. */
  grade: string | null;
  /** Last day of that accreditation; null when it has none. */
  accreditedUntil: string | null;
  isRegistered: boolean;
  /** Events of the office in the last three years where it had a seat and nobody came or was excused. */
  noShows: number;
}

/** From so many on they count as repeated. */
export const repeatedNoShows = 2;
/** An accreditation that ends within this time is a need. */
export const accreditationMonths = 12;

/** The day so many months later; where that month is too short, its last day. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

export type AccreditationNeed = 'missing' | 'ended' | 'ending' | 'none';

/** What is missing about the accreditation on that day; `none` for one that is good for longer than a year. */
export function accreditationNeed(need: Need, asOf: string): AccreditationNeed {
  if (need.grade === null) return 'missing';
  if (need.accreditedUntil === null) return 'none';
  if (need.accreditedUntil < asOf) return 'ended';
  return need.accreditedUntil <= addMonths(asOf, accreditationMonths) ? 'ending' : 'none';
}

/** Place by a criterion: lower comes first. */
const places: Record<Criterion, (need: Need, asOf: string) => number> = {
  no_shows_last: ({ noShows }) => (noShows >= repeatedNoShows ? 1 : 0),
  never_attended: ({ lastAttendedOn }) => (lastAttendedOn === null ? 0 : 1),
  // Who never came has waited longest of all.
  longest_since: ({ lastAttendedOn }) => (lastAttendedOn === null ? 0 : dayNumber(lastAttendedOn)),
  accreditation: (need, asOf) => (accreditationNeed(need, asOf) === 'none' ? 1 : 0),
  not_registered: ({ isRegistered }) => (isRegistered ? 1 : 0),
};

/** Places by all criteria in the office's order: compared one after the other. */
export const placesOf = (need: Need, order: readonly Criterion[], asOf: string): number[] =>
  order.map((criterion) => places[criterion](need, asOf));

export function comparePlaces(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < a.length; at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
