import type { Tx } from '../../database/data-source.js';
import { Forbidden, InvalidInput } from '../../errors.js';
import { may, type OfficeActor } from '../accounts/permissions.js';
import type { Verb } from './action.machine.js';
import { mustBeAsSeen, officeAuthor, takeStep, type LockedAction } from './acting.js';
import { findAction } from './actions.repository.js';
import { isOwnWork, permissionOf } from './actions.policy.js';

/** @throws Forbidden when the person may not take this step, or would verify what they did themselves */
async function mustBeAllowed(tx: Tx, actor: OfficeActor, id: number, verb: Verb): Promise<void> {
  if (!may(actor, permissionOf[verb])) throw new Forbidden();
  if (verb === 'verify' && isOwnWork(actor, await findAction(tx, actor, id)))
    throw new Forbidden('action.error.own_work');
}

export interface StepDetails {
  version: number;
  reason?: string;
  /** The day on which a deferred follow-up is open again. */
  until?: string;
  /** The later event at which it was recorded. */
  eventId?: number;
}

/** A step in the caller's transaction, on a follow-up that is locked. */
export async function stepByOffice(
  tx: Tx,
  action: LockedAction,
  actor: OfficeActor,
  verb: Verb,
  { version, reason = '', until, eventId }: StepDetails,
): Promise<void> {
  mustBeAsSeen(action, version);
  await mustBeAllowed(tx, actor, action.id, verb);
  if (verb === 'defer' && (until ?? '') <= action.today)
    throw InvalidInput.at('deferUntil', 'action.error.defer_ahead');
  await takeStep(tx, action, verb, officeAuthor(actor, eventId ?? null), {
    reason,
    ...(verb === 'defer' && until && { until }),
  });
}
