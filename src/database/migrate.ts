import type { DataSource, QueryRunner } from 'typeorm';
import { StartupError } from '../config.js';

/** Held while a schema is built; any constant that all our processes share ("REMBUK" on a phone's keys). */
export const migrationLock = 7_263_865;

/**
 * Brings the schema up to date, then lets `fill` add reference data. Two processes that start at once take
 * turns.
 * @throws StartupError when the server is too old
 */
export async function migrate(db: DataSource, fill: (db: DataSource) => Promise<void>): Promise<void> {
  const runner = db.createQueryRunner();
  try {
    await checkServerVersion(runner);
    await runner.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await db.runMigrations();
    await fill(db);
    await runner.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
  } finally {
    await runner.release();
  }
}

/** @throws StartupError when the server is older than PostgreSQL 15 */
export async function checkServerVersion(runner: QueryRunner): Promise<void> {
  const [{ version }] = (await runner.query(
    `SELECT current_setting('server_version_num')::int AS version`,
  )) as [{ version: number }];
  if (version >= 150_000) return;
  const major = Math.floor(version / 10_000);
  throw new StartupError(`PostgreSQL 15 or newer is needed; this server is version ${major}`);
}
