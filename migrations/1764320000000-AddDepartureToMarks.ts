import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A correction says when somebody left, too: it stands for all that was recorded before it. */
export class AddDepartureToMarks1764320000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE attendance_mark ADD COLUMN left_at timestamptz,
        ADD CONSTRAINT attendance_mark_left
          CHECK (left_at IS NULL OR (corrected_to IS NOT DISTINCT FROM 'present' AND left_at >= arrived_at));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE attendance_mark DROP COLUMN left_at');
  }
}
