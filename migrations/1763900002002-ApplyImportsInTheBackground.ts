import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Confirmed imports are carried out beside the request, and lines of other offices' LKS become proposals. */
export class ApplyImportsInTheBackground1763900002002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE import_batch DROP CONSTRAINT import_batch_state_check,
        ADD CONSTRAINT import_batch_state_check CHECK (state IN ('preview', 'applying', 'applied', 'failed')),
        ADD COLUMN proposed integer NOT NULL DEFAULT 0,
        ADD COLUMN confirmed_by integer REFERENCES app_user,
        ADD COLUMN failure text;
      CREATE INDEX import_batch_applying ON import_batch (id) WHERE state = 'applying';

      ALTER TABLE import_row DROP CONSTRAINT import_row_decision_check,
        ADD CONSTRAINT import_row_decision_check
          CHECK (decision IN ('create', 'update', 'propose', 'leave', 'undecided'));

      -- Apart from the batch: it is written while the batch is locked.
      CREATE TABLE import_run (
        batch_id integer PRIMARY KEY REFERENCES import_batch ON DELETE CASCADE,
        lease_until timestamptz NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        done integer NOT NULL DEFAULT 0,
        total integer NOT NULL CHECK (total > 0)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE import_run;
      UPDATE import_row SET decision = 'leave' WHERE decision = 'propose';
      ALTER TABLE import_row DROP CONSTRAINT import_row_decision_check,
        ADD CONSTRAINT import_row_decision_check CHECK (decision IN ('create', 'update', 'leave', 'undecided'));
      DROP INDEX import_batch_applying;
      UPDATE import_batch SET state = 'preview' WHERE state IN ('applying', 'failed');
      ALTER TABLE import_batch DROP CONSTRAINT import_batch_state_check,
        ADD CONSTRAINT import_batch_state_check CHECK (state IN ('preview', 'applied')),
        DROP COLUMN proposed, DROP COLUMN confirmed_by, DROP COLUMN failure;
    `);
  }
}
