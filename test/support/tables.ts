import type { DataSource } from 'typeorm';

/** What a request may leave behind whoever sends it: who came, and who failed. */
const passing = new Set(['session', 'failed_attempt']);

/** A hash of each table's content, to tell which of them something has changed. */
export async function contentOfTables(db: DataSource): Promise<Map<string, string>> {
  const names = (await db.query(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  )) as { name: string }[];
  const wanted = names.map(({ name }) => name).filter((name) => !passing.has(name));
  const parts = wanted.map(
    (name) =>
      `SELECT '${name}' AS name, md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) AS hash FROM "${name}" t`,
  );
  const rows = (await db.query(parts.join(' UNION ALL '))) as { name: string; hash: string }[];
  return new Map(rows.map(({ name, hash }) => [name, hash]));
}

/** Names of the tables whose content is another now. */
export async function changedTables(db: DataSource, before: Map<string, string>): Promise<string[]> {
  const now = await contentOfTables(db);
  return [...now].flatMap(([name, hash]) => (before.get(name) === hash ? [] : [name])).sort();
}
