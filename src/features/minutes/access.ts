import type { Tx } from '../../database/data-source.js';
import { Conflict } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { findEventFor } from '../events/events.service.js';
import { isOpen } from './minutes.machine.js';
import { Minutes } from './minutes.entity.js';

/** @throws NotFound for an event of another office, or none */
export async function findMinutes(tx: Tx, actor: OfficeActor, eventId: number): Promise<Minutes | undefined> {
  await findEventFor(tx, actor, eventId);
  return (await tx.findOneBy(Minutes, { eventId })) ?? undefined;
}

/**
 * The minutes of an event, locked until the transaction ends. Who writes shares the lock with other writers; who
 * submits, approves or corrects waits for them and keeps them out, so that what is frozen is what was saved.
 * @throws NotFound for an event of another office, or none; Conflict when nobody has begun to write
 */
export async function lockMinutes(
  tx: Tx,
  actor: OfficeActor,
  eventId: number,
  lock: 'for_no_key_update' | 'pessimistic_read',
): Promise<Minutes> {
  await findEventFor(tx, actor, eventId);
  const found = await tx
    .createQueryBuilder(Minutes, 'm')
    .where('m.eventId = :eventId', { eventId })
    .setLock(lock)
    .getOne();
  if (!found) throw new Conflict('minutes.error.not_begun');
  return found;
}

/** @throws Conflict when they are closed for writing */
export function mustBeOpen(minutes: Minutes): Minutes {
  if (!isOpen(minutes.state)) throw new Conflict(`minutes.error.closed_${minutes.state}`);
  return minutes;
}

/** Their lines, lists and head can be written now; nobody submits them meanwhile. */
export const openForWriting = async (tx: Tx, actor: OfficeActor, eventId: number): Promise<Minutes> =>
  mustBeOpen(await lockMinutes(tx, actor, eventId, 'pessimistic_read'));

/** The same for who looks for a place among the lines: two who did so at once would find the same one. */
export const openForPlacing = async (tx: Tx, actor: OfficeActor, eventId: number): Promise<Minutes> =>
  mustBeOpen(await lockMinutes(tx, actor, eventId, 'for_no_key_update'));
