import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A note about a number can be taken back; that a letter bore one and lost it stays. Only a note has its serial as text. */
export class TellNotesFromReleasedNumbers1764330000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE letter_number ADD COLUMN noted boolean NOT NULL DEFAULT false;
      UPDATE letter_number SET noted = true WHERE letter_id IS NULL AND number = serial::text;
      ALTER TABLE letter_number ADD CONSTRAINT letter_number_noted CHECK (NOT noted OR letter_id IS NULL);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE letter_number DROP COLUMN noted;');
  }
}
