import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The one-time code of the first run: at most one row, kept only as a hash, gone once a user exists. */
export class AddSetupCode1763800000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE setup_code (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        code_hash char(64) NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE setup_code');
  }
}
