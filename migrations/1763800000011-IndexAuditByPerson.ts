import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log is filtered by person and by action; it grows for ever. */
export class IndexAuditByPerson1763800000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX audit_entry_office_user ON audit_entry (office_id, user_id, id DESC);
      CREATE INDEX audit_entry_office_action ON audit_entry (office_id, action, id DESC);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX audit_entry_office_user, audit_entry_office_action');
  }
}
