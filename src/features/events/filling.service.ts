import type { Tx } from '../../database/data-source.js';
import type { OfficeActor } from '../accounts/permissions.js';
import type { Event } from './event.entity.js';
import { savePlan } from './plan.service.js';

export { lockEvent } from './plan.service.js';

/**
 * From now on seats go to those whom the office has chosen.
 * @param event locked by the caller; a published one is filled so already, since whoever read "first come" counts on it
 */
export async function fillBySelection(tx: Tx, actor: OfficeActor, event: Event): Promise<void> {
  if (event.filling === 'selection') return;
  await savePlan(tx, actor, event, { filling: 'selection' });
}
