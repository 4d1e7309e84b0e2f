import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The words of the registry, each once: the search finds what a mistyped word may mean among them, instead of
 * comparing it with every institution. A word stays when its last institution changes: then it finds nothing.
 */
export class AddSearchWords1763900002001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;
      CREATE TABLE search_word (word text PRIMARY KEY CHECK (word ~ '^[a-z]{3,40}$'));
      CREATE INDEX search_word_likeness ON search_word USING gin (word gin_trgm_ops);

      CREATE FUNCTION learn_search_words() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        -- In order of the words: two transactions that learn the same ones must not deadlock.
        INSERT INTO search_word
        SELECT DISTINCT w FROM written, string_to_table(written.search_text, ' ') AS w
        WHERE w ~ '^[a-z]{3,40}$' AND NOT EXISTS (SELECT 1 FROM search_word known WHERE known.word = w)
        ORDER BY w
        ON CONFLICT DO NOTHING;
        RETURN NULL;
      END $$;
      CREATE TRIGGER institution_words_added AFTER INSERT ON institution
        REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION learn_search_words();
      CREATE TRIGGER institution_words_changed AFTER UPDATE ON institution
        REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION learn_search_words();

      INSERT INTO search_word
      SELECT DISTINCT w FROM institution, string_to_table(search_text, ' ') AS w WHERE w ~ '^[a-z]{3,40}$';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER institution_words_added ON institution;
      DROP TRIGGER institution_words_changed ON institution;
      DROP FUNCTION learn_search_words;
      DROP TABLE search_word;
      DROP EXTENSION fuzzystrmatch;
    `);
  }
}
