import type { Tx } from '../../database/data-source.js';

/**
 * Promises of earlier events of the series in `event v` that nobody has closed. What was deferred until after its
 * first day is not asked about: that was agreed (docs/decisions/046).
 */
export const askedAbout = `
  a.office_id = v.office_id AND a.closed_at IS NULL AND v.series_id IS NOT NULL
  AND (a.deferred_until IS NULL OR v.first_day IS NULL OR a.deferred_until <= v.first_day)
  AND (a.event_id IN (SELECT w.id FROM event w WHERE w.series_id = v.series_id AND w.id <> v.id
        AND (v.starts_at IS NULL OR w.starts_at < v.starts_at))
    OR (a.series_id = v.series_id AND (v.starts_at IS NULL OR a.created_at < v.starts_at)))`;

/** The same, with what was carried into the event $1: what stands in its evaluation. */
export const evaluatedAt = `(a.id IN (SELECT c.action_id FROM action_carry c WHERE c.event_id = $1)
  OR EXISTS (SELECT 1 FROM event v WHERE v.id = $1 AND v.state <> 'cancelled' AND ${askedAbout}
    AND (v.state <> 'finished' OR NOT EXISTS (SELECT 1 FROM action_carry c WHERE c.event_id = v.id))))`;

/** How many of them wait to be asked about at the event: still open, and nothing is recorded there. */
export async function waitingToBeAsked(db: Pick<Tx, 'query'>, eventId: number): Promise<number> {
  const [row] = (await db.query(
    `SELECT count(*)::int AS waiting FROM action_item a WHERE ${evaluatedAt} AND a.closed_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM action_note n WHERE n.action_id = a.id AND n.event_id = $1)
       AND NOT EXISTS (SELECT 1 FROM action_change h WHERE h.action_id = a.id AND h.event_id = $1)
       AND NOT EXISTS (SELECT 1 FROM minutes m WHERE m.event_id = $1 AND m.state IN ('approved', 'published'))
       AND NOT EXISTS (SELECT 1 FROM event v WHERE v.id = $1 AND v.state = 'cancelled')`,
    [eventId],
  )) as [{ waiting: number }];
  return row.waiting;
}
