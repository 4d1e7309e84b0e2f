import { previewSelection } from '../../src/features/selection/preview.service.js';
import { select } from '../../src/features/selection/select.js';
import { readPlanOf } from '../../src/features/selection/selection.service.js';
import { makeEvent } from '../../test/factories/events.js';
import type { Host } from '../../test/factories/scenes.js';
import { median, type Measurement } from '../harness.js';

const places = 2_000;
const rounds = 5;

async function time(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const start = performance.now();
    await work();
    if (round >= 0) times.push(performance.now() - start);
  }
  return median(times);
}

/** Two thousand places among the twenty thousand institutions of the house; nothing else has been made there yet. */
export async function selecting({ deps, office, actor }: Host): Promise<Measurement[]> {
  const { db, clock } = deps;
  await db.query('ANALYZE');
  const event = { id: await makeEvent(db, office, { state: 'draft' }), kind: 'bimtek', kindLabel: '' };
  const plan = await readPlanOf(db.manager, event.id);
  const settings = { ...plan.settings, number: places, unit: 'institutions' as const };
  const preview = () =>
    previewSelection(db.manager, actor, event, { ...plan, settings: { ...settings } }, clock.now());
  const { candidates, rules, result } = await preview();
  if (result?.selection.chosen.length !== places)
    throw new Error('not as many were chosen as there are places');
  return [
    {
      name: 'selection_20000_ms',
      value: await time(() => select(candidates, rules)),
      unit: 'ms',
      goal: { atMost: 1000 },
    },
    // Harder on us: reading the registry, the comparison and the fingerprint, too.
    { name: 'selection_20000_page_ms', value: await time(preview), unit: 'ms' },
  ];
}
