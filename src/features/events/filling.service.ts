import type { Tx } from '../../database/data-source.js';
import { Conflict } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import type { Event } from './event.entity.js';
import { savePlan } from './plan.service.js';

export { lockEvent } from './plan.service.js';

/**
 * From now on seats go to those whom the office has chosen.
 * @param event locked by the caller
 * @throws Conflict for an event that was published as "first come": whoever read that may count on it
 */
export async function fillBySelection(tx: Tx, actor: OfficeActor, event: Event): Promise<void> {
  if (event.filling === 'selection') return;
  if (event.state !== 'draft') throw new Conflict('selection.error.first_come');
  await savePlan(tx, actor, event, { filling: 'selection' });
}
