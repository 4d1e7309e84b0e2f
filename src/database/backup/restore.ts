import { MigrationExecutor, type QueryRunner } from 'typeorm';
import type pg from 'pg';
import { StartupError } from '../../config.js';
import type { FileStore } from '../../storage/file-store.js';
import { createDataSource } from '../data-source.js';
import { checkServerVersion, migrationLock } from '../migrate.js';
import { archiveEntries, readSmall, type ArchiveEntry } from './entries.js';
import * as format from './format.js';
import { TableLoader, UploadLoader } from './load.js';
import { isEmptyDatabase, listTables, loosen } from './schema.js';
import { sumOf } from './summing.js';

const smallLimit = 50_000_000; // bytes; the manifest names every upload
const emptySum = sumOf(Buffer.alloc(0));

export interface RestoreTarget {
  databaseUrl: string;
  files: FileStore;
  /** Keeps the key of the backup; throws when there is another one. Called before anything is final. */
  takeKey(key: string): Promise<void>;
}

export interface Restored {
  head: format.Head;
  manifest: format.Manifest;
}

/**
 * Brings a backup into an empty database, of any PostgreSQL from 15 on, in one transaction: schema as it was at
 * the time of the backup, rows, positions of sequences. Everything is compared with the manifest before it
 * becomes final; a file that is cut off or altered leaves nothing. Later migrations are up to the caller.
 * @throws StartupError when the database is not empty, or the file is unsound or from a newer program
 */
export async function restoreBackup(target: RestoreTarget, file: string): Promise<Restored> {
  const db = await createDataSource({ url: target.databaseUrl, poolSize: 2 }).initialize();
  const runner = db.createQueryRunner();
  const uploads = new UploadLoader(target.files);
  try {
    await checkServerVersion(runner);
    await runner.startTransaction();
    await runner.query('SELECT pg_advisory_xact_lock($1)', [migrationLock]);
    const client = (await runner.connect()) as pg.PoolClient;
    if (!(await isEmptyDatabase(client)))
      throw new StartupError(
        'The database is not empty: restore into a new one (another DATA_DIR or DATABASE_URL)',
      );
    const restored = await read(runner, client, uploads, file, target);
    await uploads.keep();
    await runner.commitTransaction();
    return restored;
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error instanceof StartupError ? error : unsound(file, error);
  } finally {
    await uploads.clear();
    await runner.release();
    await db.destroy();
  }
}

/** Codes only: the message of a database error may hold a person's data. */
function unsound(file: string, error: unknown): StartupError {
  const { code, name, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'EACCES')
    return new StartupError(`The backup ${file} cannot be read (${code})`);
  const why = code ?? (name === 'ZodError' ? 'unknown form' : message);
  return new StartupError(`${file} is not a whole, unaltered backup (${why}); nothing was restored`);
}

async function read(
  runner: QueryRunner,
  client: pg.PoolClient,
  uploads: UploadLoader,
  file: string,
  target: RestoreTarget,
): Promise<Restored> {
  const entries = archiveEntries(file);
  const { head, sum } = await readHead(entries);
  await buildSchema(runner, head);
  await client.query(format.textForm);
  const tighten = await loosen(client, head.tables);
  await client.query(`TRUNCATE ${head.tables.map(({ name }) => format.quoted(name)).join(', ')}`);

  const tables = new TableLoader(client, head.tables);
  let key: Buffer | undefined;
  let manifest: format.Manifest | undefined;
  const take = async ({ name, content }: ArchiveEntry): Promise<void> => {
    const [folder, rest = ''] = name.split('/');
    if (manifest) throw new Error('something follows its end');
    if (folder === 'tables') await tables.add(rest.replace(/[.]\d+[.]copy$/, ''), content);
    else if (folder === 'uploads') await uploads.add(rest, content);
    else if (name === format.keyName) key = await readSmall(content, 1000);
    else if (name === format.manifestName)
      manifest = parse(format.manifestSchema, await readSmall(content, smallLimit));
    else throw new Error(`unexpected entry ${name}`);
    if (folder !== 'tables') await tables.end();
  };
  try {
    for await (const entry of entries) await take(entry);
  } catch (error) {
    await tables.abandon();
    throw error;
  }
  if (!manifest) throw new Error('its end is missing');
  const found = { head: sum, tables: tables.loaded, uploads: uploads.loaded, key: key && sumOf(key) };
  compare(manifest, withEmptyTables(found, head));

  for (const { name, value, called } of head.sequences)
    await client.query('SELECT setval($1::regclass, $2, $3)', [format.quoted(name), value, called]);
  await tighten();
  if (key) await target.takeKey(key.toString());
  return { head, manifest };
}

async function readHead(entries: AsyncGenerator<ArchiveEntry>) {
  const first = await entries.next();
  if (first.done || first.value.name !== format.headName) throw new Error('its beginning is missing');
  const content = await readSmall(first.value.content, smallLimit);
  return { head: parse(format.headSchema, content), sum: sumOf(content) };
}

const parse = <T>(schema: { parse(value: unknown): T }, content: Buffer): T =>
  schema.parse(JSON.parse(content.toString()));

/** Runs exactly the migrations that the backup had, inside the transaction that is open. */
async function buildSchema(runner: QueryRunner, head: format.Head): Promise<void> {
  const db = runner.dataSource;
  const nameOf = (migration: { name?: string; constructor: { name: string } }) =>
    migration.name ?? migration.constructor.name;
  const wanted = db.migrations.filter((migration) => head.migrations.includes(nameOf(migration)));
  if (wanted.length < head.migrations.length)
    throw new StartupError(`The backup comes from a newer Rembuk (${head.app}): update this one first`);
  Object.assign(db, { migrations: wanted });
  await new MigrationExecutor(db, runner).executePendingMigrations();
  const built = await listTables((await runner.connect()) as pg.PoolClient);
  if (JSON.stringify(built.map(({ name }) => name)) !== JSON.stringify(head.tables.map(({ name }) => name)))
    throw new Error('its tables differ from its migrations');
}

/** A table without rows has no part in the file. */
function withEmptyTables(found: format.Manifest, head: format.Head): format.Manifest {
  const empty = head.tables.map(({ name }) => [name, { ...emptySum, rows: 0 }] as const);
  return { ...found, tables: { ...Object.fromEntries(empty), ...found.tables } };
}

function compare(wanted: format.Manifest, found: format.Manifest): void {
  const lines = (manifest: format.Manifest) => [
    ['head', manifest.head],
    ['key', manifest.key],
    ...Object.entries(manifest.tables).sort(),
    ...Object.entries(manifest.uploads).sort(),
  ];
  for (const [name, sum] of Object.entries(found.uploads))
    if (name !== sum.sha256) throw new Error('an upload is altered');
  const [a, b] = [lines(wanted), lines(found)].map((list) => list.map((line) => JSON.stringify(line)));
  const differs = a?.findIndex((line, index) => line !== b?.[index]) ?? -1;
  if (differs >= 0 || a?.length !== b?.length)
    throw new Error(`checksum of ${lines(wanted)[differs]?.[0] as string}`);
}
