import type { DataSource } from 'typeorm';
import { institutionFilterSchema } from '../../src/features/institutions/institutions.service.js';
import { criteria } from '../../src/features/selection/criteria.js';
import type { SelectionSettings } from '../../src/features/selection/selection.schema.js';

/** Rules by which everybody of an office can be chosen: thirty of them, by service. */
export const settings: SelectionSettings = {
  filter: institutionFilterSchema.parse({}),
  ...{ number: 30, unit: 'institutions', seatsPerInstitution: 1, dimension: 'service', minimum: 1 },
  ...{ maximum: null, capPerRegion: null, capPerType: null, isWidened: false, seed: '270322' },
  order: [...criteria],
  off: [],
  must: [],
};

/** A run is frozen: its names stand in full-width letters from the first, as test/support/disguise.ts writes all others. */
const facts = {
  ...{
    name: 'ＬＫＳＡ Ｕｊｉ',
    regionName: 'Ｂａｎｊａｒｍａｓｉｎ',
    regionKey: '63.71',
    serviceKey: 'anak',
  },
  ...{ furtherServices: 0, isRegistered: true, grade: null, accreditedUntil: null, lastAttendedOn: null },
  ...{ acceptedBefore: 0, noShows: 0, isMust: false, draw: 'ab'.repeat(32), byDraw: false, fullCap: null },
};

/** A decided run of an event with one institution, as a record to look at; its id. */
export async function makeRun(db: DataSource, eventId: number, userId: number, institutionId: number) {
  const strata = [{ key: 'anak', size: 1, share: 1, chosen: 1, must: 0 }];
  const [run] = (await db.query(
    `INSERT INTO selection_run (event_id, number, settings, seed_changes, as_of, strata, comparison, unfilled, sha256,
       decided_by, decided_at)
     VALUES ($1, 1, $2, 0, '2026-03-02', $3, '[]', 0, repeat('0', 64), $4, '2026-03-02T02:00:00Z') RETURNING id`,
    [eventId, JSON.stringify(settings), JSON.stringify(strata), userId],
  )) as [{ id: number }];
  await db.query(
    `INSERT INTO selection_entry (run_id, institution_id, outcome, stratum, rank, facts) VALUES ($1, $2, 'chosen', 'anak', 1, $3)`,
    [run.id, institutionId, JSON.stringify(facts)],
  );
  return run.id;
}
