import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Records are checked where people answer: what an institution says about its own data, by its link. */
export class AddRecordCheck1764100002001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE event ADD COLUMN record_check boolean NOT NULL DEFAULT false;
      ALTER TABLE invitation ADD COLUMN record_confirmed_at timestamptz;
      ALTER TABLE institution_proposal
        ALTER COLUMN office_id DROP NOT NULL,
        ALTER COLUMN user_id DROP NOT NULL,
        ADD COLUMN way text NOT NULL DEFAULT 'office' CHECK (way IN ('office', 'link')),
        ADD COLUMN invitation_id integer REFERENCES invitation,
        ADD COLUMN before jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN decisions jsonb NOT NULL DEFAULT '{}',
        DROP CONSTRAINT institution_proposal_state_check,
        ADD CONSTRAINT institution_proposal_state_check CHECK (state IN ('open', 'accepted', 'refused')
          OR (way = 'link' AND state IN ('partly', 'replaced'))),
        ADD CONSTRAINT institution_proposal_from CHECK (CASE way
          WHEN 'office' THEN office_id IS NOT NULL AND user_id IS NOT NULL AND invitation_id IS NULL
          ELSE office_id IS NULL AND user_id IS NULL AND invitation_id IS NOT NULL AND kind = 'change' END);
      CREATE UNIQUE INDEX institution_proposal_open_by_link ON institution_proposal (invitation_id)
        WHERE state = 'open' AND way = 'link';
      CREATE INDEX institution_proposal_invitation ON institution_proposal (invitation_id, id DESC)
        WHERE invitation_id IS NOT NULL;
      CREATE INDEX institution_proposal_open ON institution_proposal (institution_id) WHERE state = 'open';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    // What institutions proposed themselves has no place in the table as it was.
    await runner.query(`
      DROP INDEX institution_proposal_open, institution_proposal_invitation, institution_proposal_open_by_link;
      DELETE FROM institution_proposal WHERE way = 'link';
      ALTER TABLE institution_proposal
        DROP CONSTRAINT institution_proposal_from,
        DROP CONSTRAINT institution_proposal_state_check,
        DROP COLUMN decisions,
        DROP COLUMN before,
        DROP COLUMN invitation_id,
        DROP COLUMN way,
        ADD CONSTRAINT institution_proposal_state_check CHECK (state IN ('open', 'accepted', 'refused')),
        ALTER COLUMN office_id SET NOT NULL,
        ALTER COLUMN user_id SET NOT NULL;
      ALTER TABLE invitation DROP COLUMN record_confirmed_at;
      ALTER TABLE event DROP COLUMN record_check;
    `);
  }
}
