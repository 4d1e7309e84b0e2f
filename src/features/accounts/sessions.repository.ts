import type { Tx } from '../../database/data-source.js';

/**
 * Signs a person out everywhere, but for the session that is to stay. Deleting the rows alone is not enough: a
 * request that is under way would write its own back.
 * @returns the version that sessions carry from now on
 */
export async function endSessionsOf(tx: Tx, userId: number, exceptSession = ''): Promise<number> {
  await tx.query(`DELETE FROM session WHERE sess ->> 'userId' = $1 AND sid <> $2`, [
    String(userId),
    exceptSession,
  ]);
  const [[{ version }]] = (await tx.query(
    'UPDATE app_user SET session_version = session_version + 1 WHERE id = $1 RETURNING session_version AS version',
    [userId],
  )) as [[{ version: number }], number];
  return version;
}
