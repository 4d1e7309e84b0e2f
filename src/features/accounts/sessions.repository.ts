import type { Tx } from '../../database/data-source.js';

/** Signs a person out everywhere, but for the session that is to stay. */
export async function endSessionsOf(tx: Tx, userId: number, exceptSession = ''): Promise<void> {
  await tx.query(`DELETE FROM session WHERE sess ->> 'userId' = $1 AND sid <> $2`, [
    String(userId),
    exceptSession,
  ]);
}
