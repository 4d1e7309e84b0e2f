import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When a mail was refused for good. Of those that were before, its proposal for WhatsApp tells: it was written at that
 * moment, unless both ways were written at once.
 */
export class KeepWhenMailWasRefused1764340000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE message ADD COLUMN refused_at timestamptz;
      UPDATE message m SET refused_at = w.created_at FROM message w
      WHERE m.channel = 'email' AND m.state = 'refused' AND w.channel = 'whatsapp'
        AND w.dedupe_key = regexp_replace(m.dedupe_key, ':email$', ':whatsapp') AND w.created_at > m.created_at;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE message DROP COLUMN refused_at');
  }
}
