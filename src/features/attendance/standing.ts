import type { AttendanceState, MarkKind } from './attendance-mark.entity.js';

/** What of a mark decides where a person stands. */
export interface MarkFacts {
  id: number;
  kind: MarkKind;
  correctedTo: AttendanceState | null;
  happenedAt: Date;
  arrivedAt: Date | null;
  /** Of a correction. */
  leftAt: Date | null;
}

export interface Standing {
  state: AttendanceState;
  arrivedAt: Date | null;
  leftAt: Date | null;
}

const present = (arrivedAt: Date, leftAt: Date | null = null): Standing => ({
  state: 'present',
  arrivedAt,
  leftAt,
});

function after(before: Standing | undefined, mark: MarkFacts): Standing | undefined {
  const here = before?.state === 'present' ? before : undefined;
  switch (mark.kind) {
    case 'in':
      // Who comes back is no later for it.
      return present(here?.arrivedAt ?? mark.arrivedAt ?? mark.happenedAt);
    case 'out':
      return here ? { ...here, leftAt: mark.happenedAt } : before;
    case 'excused':
      return here ?? { state: 'excused', arrivedAt: null, leftAt: null };
    case 'corrected':
      if (mark.correctedTo === 'present') return present(mark.arrivedAt ?? mark.happenedAt, mark.leftAt);
      return { state: mark.correctedTo ?? 'absent', arrivedAt: null, leftAt: null };
  }
}

const byTime = (a: MarkFacts, b: MarkFacts) => a.happenedAt.getTime() - b.happenedAt.getTime() || a.id - b.id;

/**
 * Where a person stands in a session after all of their marks there, in the order in which they happened: marks
 * that waited on a phone without network come late and still count where they belong.
 * @returns undefined for somebody who has not been seen
 */
export const standingOf = (marks: readonly MarkFacts[]): Standing | undefined =>
  marks.toSorted(byTime).reduce<Standing | undefined>(after, undefined);

/** Marks that happened before this one, of the same person and session. */
export const marksBefore = (marks: readonly MarkFacts[], mark: MarkFacts): MarkFacts[] =>
  marks.filter((other) => byTime(other, mark) < 0);

const minute = 60_000;

/** Late: arrived more than so many minutes after the session began. */
export const isLate = (arrivedAt: Date | null, startsAt: Date, lateAfterMinutes: number): boolean =>
  arrivedAt !== null && arrivedAt.getTime() > startsAt.getTime() + lateAfterMinutes * minute;

/** Left early: before the end of the session; one that ends "selesai" has no early. */
export const leftEarly = (leftAt: Date | null, endsAt: Date | null): boolean =>
  leftAt !== null && endsAt !== null && leftAt < endsAt;
