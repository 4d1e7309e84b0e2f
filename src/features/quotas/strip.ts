import type { Tx } from '../../database/data-source.js';

/** Bilah kuota: seats as a band, grouped by stratum (experience.md). */
export interface Strip {
  groups: StripGroup[];
  taken: number;
  held: number;
  free: number;
  additional: number;
  total: number;
  cells: StripCell[];
  width: number;
}

export interface StripGroup {
  key: string;
  taken: number;
  held: number;
  free: number;
}

/** One seat, or where there are many a run of like seats; lengths in units of the band's own width. */
export interface StripCell {
  x: number;
  width: number;
  kind: 'taken' | 'held' | 'free' | 'additional';
}

/** Above this, single seats would be thinner than a hair on a phone. */
const singleSeats = 60;
/** Between two strata, as a part of the whole band: to be seen, and never taken for missing seats. */
const gapShare = 0.012;

/** Lays out the band from counts by stratum and the additional seats. */
export function layOutStrip(groups: StripGroup[], additional = 0): Strip {
  const sum = (kind: 'taken' | 'held' | 'free') => groups.reduce((total, group) => total + group[kind], 0);
  const total = sum('taken') + sum('held') + sum('free');
  const cells: StripCell[] = [];
  const gap = (total + additional) * gapShare;
  let x = 0;
  const run = (kind: StripCell['kind'], count: number) => {
    const pieces = total + additional > singleSeats ? Math.min(1, count) : count;
    for (let i = 0; i < pieces; i += 1) {
      const width = count / pieces;
      cells.push({ x, width, kind });
      x += width;
    }
  };
  for (const group of groups.filter(({ taken, held, free }) => taken + held + free > 0)) {
    if (x > 0) x += gap;
    run('taken', group.taken);
    run('held', group.held);
    run('free', group.free);
  }
  if (additional > 0 && x > 0) x += gap;
  run('additional', additional);
  return {
    groups,
    taken: sum('taken'),
    held: sum('held'),
    free: sum('free'),
    additional,
    total,
    cells,
    width: x,
  };
}

/** The strips of several events in one read, by event id. */
export async function readStrips(tx: Tx, eventIds: number[]): Promise<Map<number, Strip>> {
  const rows = (await tx.query(
    `SELECT q.event_id AS "eventId", q.key,
       count(*) FILTER (WHERE s.state = 'taken')::int AS taken,
       count(*) FILTER (WHERE s.state = 'held')::int AS held,
       count(*) FILTER (WHERE s.state = 'free')::int AS free
     FROM quota_stratum q JOIN seat s ON s.stratum_id = q.id
     WHERE q.event_id = ANY($1) GROUP BY q.id ORDER BY q.event_id, q.position, q.id`,
    [eventIds],
  )) as (StripGroup & { eventId: number })[];
  const extra = (await tx.query(
    `SELECT event_id AS "eventId", count(*)::int AS count FROM seat
     WHERE event_id = ANY($1) AND pool = 'additional' GROUP BY event_id`,
    [eventIds],
  )) as { eventId: number; count: number }[];
  return new Map(
    eventIds.map((id) => [
      id,
      layOutStrip(
        rows.filter((row) => row.eventId === id),
        extra.find((row) => row.eventId === id)?.count ?? 0,
      ),
    ]),
  );
}
