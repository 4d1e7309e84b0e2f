import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What tells this installation from all others, made once: identifiers of calendar entries hold it. It is in the backup
 * as any row, so that a restored installation is the same one.
 */
export class NameTheInstallation1764330000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE installation (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        uid uuid NOT NULL DEFAULT gen_random_uuid()
      );
      INSERT INTO installation DEFAULT VALUES;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE installation;');
  }
}
