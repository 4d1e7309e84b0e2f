import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a letter said when its signed copy was handed in: a copy of other words does not go out. Unknown of older ones. */
export class RememberWhatWasSigned1764330000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE invitation_letter ADD COLUMN signed_content_sha256 char(64)
        CHECK (signed_content_sha256 ~ '^[0-9a-f]{64}$');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE invitation_letter DROP COLUMN signed_content_sha256;');
  }
}
