import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reminders with their rules and hours of quiet, days that fell away, and the versions of calendar feeds. */
export class AddReminders1764200004001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE reminder_rule (
        event_id integer NOT NULL REFERENCES event ON DELETE CASCADE,
        slot text NOT NULL CHECK (slot IN ('answer_first', 'answer_last', 'day', 'materials')),
        active boolean NOT NULL,
        days integer NOT NULL CHECK (days BETWEEN 0 AND 60),
        hour text NOT NULL CHECK (hour ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        PRIMARY KEY (event_id, slot)
      );

      -- Calendars that hold the entry of such a day are told that it is off.
      CREATE TABLE dropped_day (
        day_id integer PRIMARY KEY,
        event_id integer NOT NULL REFERENCES event ON DELETE CASCADE,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz,
        sequence integer NOT NULL,
        dropped_at timestamptz NOT NULL
      );
      CREATE INDEX dropped_day_event ON dropped_day (event_id);

      ALTER TABLE event ADD COLUMN reminders_stopped_at timestamptz;
      ALTER TABLE invitation ADD COLUMN reminders_stopped_at timestamptz;
      ALTER TABLE office
        ADD COLUMN quiet_from text NOT NULL DEFAULT '20:00' CHECK (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        ADD COLUMN quiet_until text NOT NULL DEFAULT '07:00' CHECK (quiet_until ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        ADD COLUMN feed_version integer NOT NULL DEFAULT 1;
      ALTER TABLE institution ADD COLUMN feed_version integer NOT NULL DEFAULT 1;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE institution DROP COLUMN feed_version;
      ALTER TABLE office DROP COLUMN quiet_from, DROP COLUMN quiet_until, DROP COLUMN feed_version;
      ALTER TABLE invitation DROP COLUMN reminders_stopped_at;
      ALTER TABLE event DROP COLUMN reminders_stopped_at;
      DROP TABLE dropped_day, reminder_rule;
    `);
  }
}
