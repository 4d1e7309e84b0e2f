import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Signing out everywhere raises it: a request in flight can then not bring its session back to life. */
export class AddSessionVersion1763800001002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE app_user ADD COLUMN session_version integer NOT NULL DEFAULT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE app_user DROP COLUMN session_version');
  }
}
