import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The outbox carries e-mail too: to institutions, to one delegate, and to people with an account. */
export class ExtendMessages1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE message
        ALTER COLUMN office_id DROP NOT NULL,
        ALTER COLUMN event_id DROP NOT NULL,
        ALTER COLUMN invitation_id DROP NOT NULL,
        ADD COLUMN delegate_id integer REFERENCES delegate ON DELETE CASCADE,
        ADD COLUMN user_id integer REFERENCES app_user,
        ADD COLUMN address text,
        ADD COLUMN detail jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN due_at timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN attempts integer NOT NULL DEFAULT 0,
        ADD COLUMN claimed_until timestamptz,
        ADD COLUMN claimed_by integer REFERENCES app_user,
        ADD COLUMN reply text NOT NULL DEFAULT '',
        ADD CONSTRAINT message_recipient CHECK ((invitation_id IS NULL) = (user_id IS NOT NULL)),
        ADD CONSTRAINT message_of_event CHECK (invitation_id IS NULL OR (office_id IS NOT NULL AND event_id IS NOT NULL)),
        ADD CONSTRAINT message_delegate CHECK (delegate_id IS NULL OR invitation_id IS NOT NULL),
        ADD CONSTRAINT message_sending CHECK (state <> 'sending' OR claimed_until IS NOT NULL);
      CREATE INDEX message_due ON message (due_at, id) WHERE channel = 'email' AND state IN ('queued', 'sending');
      CREATE INDEX message_by_office ON message (office_id, id DESC);
      CREATE INDEX message_by_delegate ON message (delegate_id) WHERE delegate_id IS NOT NULL;

      -- Only a fingerprint: that an address is refused must not keep the address itself.
      CREATE TABLE refused_address (
        fingerprint char(64) PRIMARY KEY,
        refused_at timestamptz NOT NULL,
        reply text NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE refused_address;
      DROP INDEX message_due, message_by_office, message_by_delegate;
      DELETE FROM message WHERE invitation_id IS NULL OR delegate_id IS NOT NULL;
      ALTER TABLE message
        DROP CONSTRAINT message_recipient, DROP CONSTRAINT message_of_event, DROP CONSTRAINT message_delegate,
        DROP CONSTRAINT message_sending,
        DROP COLUMN delegate_id, DROP COLUMN user_id, DROP COLUMN address, DROP COLUMN detail, DROP COLUMN due_at,
        DROP COLUMN attempts, DROP COLUMN claimed_until, DROP COLUMN claimed_by, DROP COLUMN reply;
      ALTER TABLE message
        ALTER COLUMN office_id SET NOT NULL, ALTER COLUMN event_id SET NOT NULL,
        ALTER COLUMN invitation_id SET NOT NULL;
    `);
  }
}
