import { inTransaction } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { InvalidInput, NotFound } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, changedFields, recordAudit } from '../audit/audit.service.js';
import { minutesAreFrozen } from '../minutes/frozen.js';
import { Guest } from './guest.entity.js';
import { lockPerson } from './marks.repository.js';
import type { GuestPerson } from './walk-ins.service.js';

/**
 * Mends what was written down of a guest at the door. The caller has found the event through the actor's office.
 * @throws NotFound for a guest of another event
 * @throws InvalidInput at `name` once the minutes that name the guest are approved
 */
export function changeGuest(
  { db }: Pick<Deps, 'db'>,
  actor: OfficeActor,
  eventId: number,
  guestId: number,
  person: GuestPerson & Pick<Guest, 'kind'>,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    if (!(await lockPerson(tx, eventId, { guestId }))) throw new NotFound();
    if (await minutesAreFrozen(tx, eventId, true)) throw InvalidInput.at('name', 'attendance.guest_frozen');
    const fields = changedFields(await tx.findOneByOrFail(Guest, { id: guestId }), person);
    if (fields.length === 0) return;
    await tx.update(Guest, guestId, person);
    await recordAudit(tx, byActor(actor), {
      action: 'guest.changed',
      subject: ['guest', guestId],
      fields,
      detail: { event: eventId },
    });
  });
}
