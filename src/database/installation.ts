import type { DataSource } from 'typeorm';

/** What tells this installation from all others, for ever: made with the database, and restored with it. */
export async function installationUid(db: Pick<DataSource, 'query'>): Promise<string> {
  const [row] = (await db.query('SELECT uid FROM installation')) as [{ uid: string }];
  return row.uid;
}
