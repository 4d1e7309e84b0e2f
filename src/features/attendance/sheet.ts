import type { Tx } from '../../database/data-source.js';
import { NotFound } from '../../errors.js';
import {
  listPeople,
  sessionsWithCounts,
  type PersonRow,
  type SessionCount,
} from './attendance.repository.js';
import type { Came } from './came.js';
import { isLate, leftEarly } from './standing.js';

/** A line of an attendance list. */
export interface SheetRow extends Pick<
  PersonRow,
  'nameBefore' | 'name' | 'nameAfter' | 'sex' | 'position' | 'origin' | 'phone'
> {
  isPresent: boolean;
  isExcused: boolean;
  arrivedAt: Date | null;
  leftAt: Date | null;
  late: boolean;
  early: boolean;
}

/** The list of a session, or of a whole day. */
export interface Sheet extends Came {
  sessions: SessionCount[];
  /** By a session's id, or for the day when undefined. */
  session: SessionCount | undefined;
  date: string;
  rows: SheetRow[];
}

interface Counted {
  person: PersonRow;
  session: SessionCount;
}

function rowOf(of: Counted[], lateAfterMinutes: number): SheetRow {
  const [first] = of;
  if (!first) throw new Error('a line needs a person');
  const here = of.filter(({ person }) => person.state === 'present');
  const [came] = here;
  const gone = here.at(-1);
  return {
    ...first.person,
    isPresent: here.length > 0,
    isExcused: here.length === 0 && of.some(({ person }) => person.state === 'excused'),
    arrivedAt: came?.person.arrivedAt ?? null,
    leftAt: gone?.person.leftAt ?? null,
    late: came !== undefined && isLate(came.person.arrivedAt, came.session.startsAt, lateAfterMinutes),
    early: gone !== undefined && leftEarly(gone.person.leftAt, gone.session.endsAt),
  };
}

/**
 * Who stands in the list of a session, or of a day: in a day whoever came to any of its sessions, with the first
 * time and the last.
 * @param of a session's id, or a date
 * @param form blank: everybody who is expected; filled: who came or is excused, those absent left out
 * @throws NotFound when the event has no such session or day
 */
export async function sheetOf(
  tx: Tx,
  event: { id: number; lateAfterMinutes: number },
  of: number | string,
  form: 'blank' | 'filled',
): Promise<Sheet> {
  const all = await sessionsWithCounts(tx, event.id);
  const sessions = all.filter(({ id, date }) => id === of || date === of);
  const [first] = sessions;
  if (!first) throw new NotFound();
  const counted: Counted[] = [];
  for (const session of sessions)
    for (const person of await listPeople(tx, event.id, session.id)) counted.push({ person, session });
  const byPerson = [...Map.groupBy(counted, ({ person }) => person.key).values()];
  const lines = byPerson.map((list) => ({
    row: rowOf(list, event.lateAfterMinutes),
    institutionId: list[0]?.person.institutionId ?? null,
  }));
  const here = lines.filter(({ row }) => row.isPresent);
  const delegates = here.filter(({ institutionId }) => institutionId !== null);
  const wanted = form === 'blank' ? lines : lines.filter(({ row }) => row.isPresent || row.isExcused);
  return {
    sessions,
    session: typeof of === 'number' ? first : undefined,
    date: first.date,
    rows: wanted.map(({ row }) => row),
    delegates: delegates.length,
    institutions: new Set(delegates.map(({ institutionId }) => institutionId)).size,
    guests: here.length - delegates.length,
  };
}
