import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where e-mail leaves, in whose name, and in which language each recipient reads it. */
export class CreateMailSettings1764200002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE mail_settings (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        host text NOT NULL,
        port integer NOT NULL CHECK (port BETWEEN 1 AND 65535),
        security text NOT NULL CHECK (security IN ('tls', 'starttls', 'none')),
        username text NOT NULL DEFAULT '',
        password_sealed text NOT NULL DEFAULT '',
        from_address text NOT NULL,
        connections integer NOT NULL DEFAULT 5 CHECK (connections BETWEEN 1 AND 20),
        version integer NOT NULL DEFAULT 1,
        trouble text NOT NULL DEFAULT '',
        trouble_since timestamptz,
        retry_at timestamptz,
        CONSTRAINT mail_settings_trouble CHECK ((trouble <> '') = (trouble_since IS NOT NULL AND retry_at IS NOT NULL))
      );
      ALTER TABLE office
        ADD COLUMN mail_sender text NOT NULL DEFAULT '',
        ADD COLUMN mail_reply_to text;
      ALTER TABLE app_user
        ADD COLUMN language text NOT NULL DEFAULT 'id' CHECK (language IN ('id', 'en'));
      ALTER TABLE invitation
        ADD COLUMN language text NOT NULL DEFAULT 'id' CHECK (language IN ('id', 'en'));
      CREATE INDEX message_by_user ON message (user_id) WHERE user_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX message_by_user;
      ALTER TABLE invitation DROP COLUMN language;
      ALTER TABLE app_user DROP COLUMN language;
      ALTER TABLE office DROP COLUMN mail_sender, DROP COLUMN mail_reply_to;
      DROP TABLE mail_settings;
    `);
  }
}
