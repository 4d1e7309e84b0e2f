import type { Tx } from '../../database/data-source.js';
import type { OfficeActor } from '../accounts/permissions.js';

/** The event is published: drafts become open or offered. Called by publishEvent in the same transaction. */
export async function openInvitations(_tx: Tx, _actor: OfficeActor, _eventId: number): Promise<void> {
  await Promise.resolve();
}

/** The event is cancelled: everyone concerned gets a message. Called by cancelEvent in the same transaction. */
export async function tellCancellation(_tx: Tx, _actor: OfficeActor, _eventId: number): Promise<void> {
  await Promise.resolve();
}

/** A day changed (rules.md 16): accepted invitations must confirm again until `answerBy`, seats stay held. */
export async function askReconfirmation(
  _tx: Tx,
  _actor: OfficeActor,
  _eventId: number,
  _answerBy: Date,
): Promise<void> {
  await Promise.resolve();
}
