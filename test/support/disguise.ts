import type { DataSource } from 'typeorm';

const latin = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** The same letters in full width: they look alike, and are none of A to Z. */
const wide = [...latin].map((letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).join('');

/** Columns whose text is a key, an address or a form that the program reads. */
const read =
  /(^|_)(zone|hash|sha256|email|phone|link|url|pattern|normalised|search_text|key|code|token|accent|type|state|nip|sid|purpose|media_type)$/;
const keptTables = new Set([
  'audit_entry',
  'session',
  'failed_attempt',
  'migrations',
  'setup_code',
  'access_link',
  // Frozen: the database refuses.
  'minutes_edition',
  'minutes_block_version',
  'issue_response',
]);

interface ColumnRow {
  table: string;
  column: string;
  isArray: boolean;
}

/** Text columns that no constraint reads: choices, patterns, keys and references stay as they are. */
const columnQuery = `
  SELECT c.relname AS "table", a.attname AS "column", a.attndims > 0 AS "isArray"
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
  WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
    AND a.attgenerated = '' AND t.typname IN ('text', '_text') AND NOT EXISTS (
      SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.oid AND a.attnum = ANY (k.conkey)
        AND (k.contype IN ('p', 'f') OR pg_get_constraintdef(k.oid) ~ 'ARRAY|~'))`;

/** Writes all data of people in another alphabet, so that what is left in Latin letters on a page is a bare text. */
export async function disguise(db: DataSource): Promise<void> {
  for (const { table, column, isArray } of (await db.query(columnQuery)) as ColumnRow[]) {
    if (keptTables.has(table) || read.test(column)) continue;
    const value = isArray
      ? `(SELECT coalesce(array_agg(translate(x, $1, $2)), '{}') FROM unnest("${column}") x)`
      : `translate("${column}", $1, $2)`;
    try {
      await db.transaction(async (tx) => {
        // History refuses changes by trigger; here it is only shown in other letters.
        await tx.query(`SET LOCAL session_replication_role = 'replica'`);
        await tx.query(`UPDATE "${table}" SET "${column}" = ${value}`, [latin, wide]);
      });
    } catch (error) {
      throw new Error(`${table}.${column} cannot be disguised: tell test/support/disguise.ts`, {
        cause: error,
      });
    }
  }
}
