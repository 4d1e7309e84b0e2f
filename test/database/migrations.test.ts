import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import { fillDemo } from '../../src/database/demo/fill.js';
import { migrate } from '../../src/database/migrate.js';
import { syncRegions } from '../../src/features/regions/regions.service.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { connectTo, createTestDatabase } from '../support/database.js';

/** The last migration of the first schema: what comes after it meets databases that are in use. */
const firstSchema = 'CreateInvitations1763800000004';

interface Column {
  place: string;
  type: string;
  nullable: boolean;
}

const columnsOf = (db: DataSource): Promise<Column[]> =>
  db.query(
    `SELECT c.relname || '.' || a.attname AS place, format_type(a.atttypid, a.atttypmod) AS type,
       NOT a.attnotnull AS nullable
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
     ORDER BY place`,
  );

/** Everything that a migration can leave behind: columns, indexes, constraints, functions. */
async function schemaOf(db: DataSource): Promise<unknown> {
  const indexes: unknown = await db.query(
    `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexdef`,
  );
  const constraints: unknown = await db.query(
    `SELECT conrelid::regclass::text AS "table", conname, pg_get_constraintdef(oid) AS rule FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace AND contype <> 'n' ORDER BY "table", conname`,
  );
  const functions: unknown = await db.query(
    `SELECT p.oid::regprocedure::text AS name FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
       AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') ORDER BY name`,
  );
  return { columns: await columnsOf(db), indexes, constraints, functions };
}

/** Names of the migrations that were run, the first one first. */
async function migrationsOf(db: DataSource): Promise<string[]> {
  const rows = (await db.query('SELECT name FROM migrations ORDER BY id')) as { name: string }[];
  return rows.map(({ name }) => name);
}

/** Lengths stand in the migrations alone. */
const withoutLength = (column: Column): Column => ({ ...column, type: column.type.replace(/\(.*?\)/, '') });

function expectedOf(db: DataSource, table: string, column: ColumnMetadata): Column {
  const type = `${db.driver.normalizeType(column)}${column.isArray ? '[]' : ''}`;
  return { place: `${table}.${column.databaseName}`, type, nullable: column.isNullable };
}

let demo: TestApp;
beforeAll(async () => {
  demo = await startTestApp();
}, 60_000);
afterAll(() => demo.close());

test('all migrations go down to nothing and up again to the same schema', async () => {
  const db = await connectTo(await createTestDatabase('empty'), 2);
  try {
    await migrate(db, syncRegions);
    const [before, names] = [await schemaOf(db), await migrationsOf(db)];
    for (const _ of names) await db.undoLastMigration({ transaction: 'all' });
    expect(await migrationsOf(db)).toEqual([]);
    const left = (await columnsOf(db)).filter(({ place }) => !place.startsWith('migrations.'));
    expect(left).toEqual([]);
    await migrate(db, syncRegions);
    expect(await schemaOf(db)).toEqual(before);
  } finally {
    await db.destroy();
  }
}, 120_000);

test('the columns of the entities are those of the migrations, with their types', async () => {
  const found = new Map((await columnsOf(demo.db)).map((column) => [column.place, withoutLength(column)]));
  const expected = demo.db.entityMetadatas.flatMap((entity) =>
    entity.columns.map((column) => expectedOf(demo.db, entity.tableName, column)),
  );
  expect(expected.length).toBeGreaterThan(100);
  expect(expected.map(({ place }) => found.get(place))).toEqual(expected);
});

test('later migrations go up over a database in use, and leave its rows', async () => {
  await fillDemo(demo.deps);
  const { db } = demo;
  const counted = ['institution', 'event', 'invitation', 'seat', 'delegate', 'audit_entry', 'app_user'];
  const count = async () => {
    const counts: Record<string, number> = {};
    for (const table of counted) {
      const [row] = (await db.query(`SELECT count(*)::int AS rows FROM ${table}`)) as [{ rows: number }];
      counts[table] = row.rows;
    }
    return counts;
  };
  const before = await count();
  expect(Math.min(...Object.values(before))).toBeGreaterThan(0);
  const later = (await migrationsOf(db)).slice((await migrationsOf(db)).indexOf(firstSchema) + 1);
  expect(later.length).toBeGreaterThan(0);
  for (const _ of later) await db.undoLastMigration({ transaction: 'all' });
  expect((await migrationsOf(db)).at(-1)).toBe(firstSchema);
  await migrate(db, syncRegions);
  expect((await migrationsOf(db)).slice(-later.length)).toEqual(later);
  expect(await count()).toEqual(before);
}, 120_000);

test('no table has a place for what is never stored', async () => {
  const db = await connectTo(await createTestDatabase(), 2);
  const columns = (await db.query(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_schema = 'public'`,
  )) as { name: string }[];
  await db.destroy();
  expect(columns.length).toBeGreaterThan(100);
  const never =
    /(^|[._])(nik|ktp|birth|born|lahir|religion|agama|health|disease|child_name|client_name)([._]|$)/;
  expect(columns.map(({ name }) => name).filter((name) => never.test(name))).toEqual([]);
});
