import { inTransaction } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { Conflict } from '../../errors.js';
import { recordAudit } from '../audit/audit.service.js';
import { latestCheck, lockForCheck } from '../institutions/record-check.service.js';
import { noteRecordConfirmed, type AnswerView } from './answers.repository.js';

/**
 * The institution says that its record is right as it stands.
 * @throws Conflict while a proposal of its own waits: the two would contradict each other
 */
export function confirmRecord(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  view: Pick<AnswerView, 'id' | 'eventId' | 'institutionId'>,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockForCheck(tx, view.institutionId);
    if ((await latestCheck(tx, view.id))?.state === 'open') throw new Conflict('record.still_open');
    const officeId = await noteRecordConfirmed(tx, view.id, clock.now());
    await recordAudit(
      tx,
      { officeId, userId: null, way: 'link' },
      {
        action: 'invitation.record_confirmed',
        subject: ['invitation', view.id],
        detail: { event: view.eventId },
      },
    );
  });
}
