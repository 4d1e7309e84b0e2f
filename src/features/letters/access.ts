import type { Tx } from '../../database/data-source.js';
import { Conflict } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import type { Event } from '../events/event.entity.js';
import { findEventFor } from '../events/events.service.js';
import { isOpen } from './letter.machine.js';
import { lockLetter, type NumberedLetter } from './letters.repository.js';

/** Which letter: of an event that must be the actor's. */
export interface LetterIds {
  eventId: number;
  letterId: number;
}

/** @throws NotFound for a letter of another office, or none; Conflict for an event that was called off */
export async function openLetter(
  tx: Tx,
  actor: OfficeActor,
  { eventId, letterId }: LetterIds,
): Promise<{ event: Event; letter: NumberedLetter }> {
  const event = await findEventFor(tx, actor, eventId);
  if (event.state === 'cancelled') throw new Conflict('surat.error.cancelled');
  return { event, letter: await lockLetter(tx, eventId, letterId) };
}

/** @throws Conflict when nothing of it is written any more */
export function mustBeOpen(letter: NumberedLetter): void {
  if (!isOpen(letter.state)) throw new Conflict(`surat.error.closed_${letter.state}`);
}

/** Names of fields as the log tells them: other records have a subject and notes, too. */
export const fieldNames = (fields: readonly string[]): string[] => fields.map((name) => `surat.${name}`);

export const recordLetter = (
  tx: Tx,
  actor: OfficeActor,
  { eventId, letterId }: LetterIds,
  action: string,
  rest: { fields?: string[]; detail?: Record<string, unknown> } = {},
): Promise<void> =>
  recordAudit(tx, byActor(actor), {
    action: `surat.${action}`,
    subject: ['letter', letterId],
    ...rest,
    detail: { event: eventId, ...rest.detail },
  });
