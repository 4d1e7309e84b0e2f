import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was said on the phone is erased after the office's retention time; that there was a call is never changed. */
export class LetCallNotesEnd1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER phone_call_append_only ON phone_call;
      CREATE TRIGGER phone_call_append_only
        BEFORE DELETE OR UPDATE OF id, invitation_id, event_id, at, user_id, outcome ON phone_call
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER phone_call_text_ends BEFORE UPDATE OF text ON phone_call
        FOR EACH ROW WHEN (NEW.text <> '') EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER phone_call_text_ends ON phone_call;
      DROP TRIGGER phone_call_append_only ON phone_call;
      CREATE TRIGGER phone_call_append_only BEFORE UPDATE OR DELETE ON phone_call
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    `);
  }
}
