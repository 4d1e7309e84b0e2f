import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An institution that was invited before anybody knew more of it than its name. */
export class AddProvisionalInstitutions1764100002002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE institution ADD COLUMN provisional boolean NOT NULL DEFAULT false;
      CREATE INDEX institution_provisional ON institution (managing_office_id) WHERE provisional;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE institution DROP COLUMN provisional');
  }
}
