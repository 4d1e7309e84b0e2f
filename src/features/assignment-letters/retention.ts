import { inTransaction } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { dropUnusedFile } from '../../storage/stored-files.js';
import { recordAuditOfMany } from '../audit/audit.service.js';
import { deleteOldLetters } from './letters.repository.js';

/** Erased in one round; the rest waits for the next, so that no lock is held for long. */
const perRound = 200;

/**
 * Erases letters of assignment together with the contacts of an event (rules.md, personal data), and those of
 * institutions that do not come after all. Safe in several processes; what a kill midway leaves in the store is swept
 * up by `dropForgottenFiles`.
 * @returns how many letters were erased
 */
export async function eraseLetters({
  db,
  files,
  clock,
}: Pick<Deps, 'db' | 'files' | 'clock'>): Promise<number> {
  const erased = await inTransaction(db, async (tx) => {
    const rows = await deleteOldLetters(tx, clock.now(), perRound);
    for (const [officeId, letters] of Map.groupBy(rows, (row) => row.officeId))
      await recordAuditOfMany(
        tx,
        { officeId, userId: null, way: 'clock' },
        'letter.erased',
        'invitation',
        letters.map(({ invitationId }) => ({ id: invitationId, fields: [] })),
      );
    return rows;
  });
  for (const { sha256 } of erased) await dropUnusedFile(db, files, sha256);
  return erased.length;
}
