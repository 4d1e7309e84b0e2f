import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Raised by each change, so that of two people who edit at once the second is told. */
export class AddVersionsToSettings1763900001001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['office', 'signatory', 'representative'])
      await runner.query(`ALTER TABLE ${table} ADD COLUMN version integer NOT NULL DEFAULT 1`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['office', 'signatory', 'representative'])
      await runner.query(`ALTER TABLE ${table} DROP COLUMN version`);
  }
}
