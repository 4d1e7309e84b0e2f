import { join } from 'node:path';
import pg from 'pg';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type MixedList,
  type ObjectLiteral,
} from 'typeorm';
import { SnakeNaming } from './naming.js';

// Dates of days are dates, not instants: kept as `2022-08-23`, so that no process zone can move them.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
// Counts and ids stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface DataSourceOptions {
  url: string;
  poolSize?: number;
}

type Classes = MixedList<string>;

const folder = (path: string): Classes => [join(import.meta.dirname, '../..', path)];

/** The database as TypeORM sees it. Entities and migrations are found by their place and name. */
export function createDataSource({ url, poolSize = 10 }: DataSourceOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    poolSize,
    entities: folder('src/features/*/*.entity.{ts,js}'),
    migrations: folder('migrations/*.{ts,js}'),
    namingStrategy: new SnakeNaming(),
    migrationsTransactionMode: 'each',
    applicationName: 'rembuk',
    logging: false,
    extra: { onConnect: useReadCommitted },
  });
}

/** Said once for each connection, whatever the server's default is, so that no transaction need say it again. */
const useReadCommitted = (client: pg.Client) =>
  client.query(`SET default_transaction_isolation TO 'read committed'`);

/** What runs inside one transaction. Services take it first, so that nobody writes outside one by accident. */
export type Tx = EntityManager;

/** Runs `work` in one READ COMMITTED transaction; everything or nothing is kept. */
export function inTransaction<T>(db: DataSource, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction(work);
}

/** The pool beneath, for libraries that bring their own queries (sessions, limits). */
export function poolOf(db: DataSource): pg.Pool {
  return (db.driver as unknown as { master: pg.Pool }).master;
}

/**
 * A read that every visit repeats, planned once per connection under its name: with this many tables the planner
 * takes ten times as long as the read itself.
 * @param name of this statement alone; its text never changes while the program runs
 */
export async function readPrepared<Row>(
  db: DataSource,
  name: string,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const { rows } = await poolOf(db).query<Row & pg.QueryResultRow>({ name, text, values });
  return rows;
}

/** The same inside a transaction, for any statement: what it returns are the rows that it reads or RETURNING gives. */
export async function runPrepared<Row>(
  tx: Tx,
  name: string,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const client = (await tx.queryRunner?.connect()) as pg.PoolClient | undefined;
  if (!client) throw new Error(`${name} needs a transaction`);
  const { rows } = await client.query<Row & pg.QueryResultRow>({ name, text, values });
  return rows;
}

/** Every column of an entity under its property's name, for a statement that reads more than the entity. */
export function columnsOf(tx: Tx, entity: EntityTarget<ObjectLiteral>, alias: string): string {
  return tx.dataSource
    .getMetadata(entity)
    .columns.map(({ databaseName, propertyName }) => `${alias}.${databaseName} AS "${propertyName}"`)
    .join(', ');
}
