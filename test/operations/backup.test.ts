import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  chmod,
  chown,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { restoreBackup, type RestoreTarget } from '../../src/database/backup/restore.js';
import { writeBackup } from '../../src/database/backup/write.js';
import { FileStore } from '../../src/storage/file-store.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { fillEveryTable } from './every-table.js';
import { startProgram } from './processes.js';
import { findFreePort } from '../../src/database/embedded/free-port.js';

// Real processes on a machine that others use too.
jest.setTimeout(120_000);

const key = randomBytes(32).toString('hex');
const picture = randomBytes(5_000_000);
let folder: string;
let file: string;
let source: TestDatabase;
let files: FileStore;
const databases: TestDatabase[] = [];

async function query<T extends object>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({
    connectionString: url,
    types: { getTypeParser: () => (value: string) => value },
  });
  await client.connect();
  return client
    .query<T>(text)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

/** Every row of every table as text, and where every sequence stands. */
async function everything(url: string): Promise<Record<string, string[]>> {
  const tables = await query<{ name: string }>(
    url,
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S') ORDER BY 1`,
  );
  const found: Record<string, string[]> = {};
  for (const { name } of tables.filter((table) => !table.name.startsWith('migrations'))) {
    const columns = name.endsWith('_seq') ? 'last_value, is_called' : '*';
    const rows = await query<{ row: string }>(
      url,
      `SELECT (r.*)::text AS row FROM (SELECT ${columns} FROM "${name}") r ORDER BY 1`,
    );
    found[name] = rows.map(({ row }) => row);
  }
  return found;
}

async function newTarget(): Promise<RestoreTarget & { keys: string[] }> {
  const database = await createTestDatabase('empty');
  databases.push(database);
  return targetOn(database.url);
}

async function targetOn(databaseUrl: string): Promise<RestoreTarget & { keys: string[] }> {
  const keys: string[] = [];
  const uploads = await mkdtemp(join(folder, 'uploads-'));
  return {
    databaseUrl,
    files: new FileStore(uploads),
    keys,
    takeKey: async (given) => void keys.push(given),
  };
}

/** A copy of the backup with something done to it. */
async function damaged(name: string, damage: (path: string, size: number) => Promise<void>): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, await readFile(file));
  await damage(path, (await stat(path)).size);
  return path;
}

async function flipByte(path: string, at: number): Promise<void> {
  const handle = await open(path, 'r+');
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, at);
  await handle.write(Buffer.from([(buffer[0] ?? 0) ^ 1]), 0, 1, at);
  await handle.close();
}

/** The example rows name a content: here it is one that is there. */
const nameContent = (url: string, sha256: string) =>
  query(url, `UPDATE stored_file SET sha256 = '${sha256}'`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rembuk-backup-'));
  await chmod(folder, 0o755);
  source = await createTestDatabase();
  databases.push(source);
  await query(source.url, fillEveryTable);
  files = new FileStore(await mkdtemp(join(folder, 'uploads-')));
  await nameContent(source.url, await files.put(picture));
  await files.put(Buffer.from('kecil'));
  await files.put(Buffer.alloc(0));
  file = join(folder, 'all.backup');
  await writeBackup({ databaseUrl: source.url, files, masterKey: key, appVersion: '0.1.0' }, file);
});

afterAll(async () => {
  for (const database of databases) await database.drop();
  await rm(folder, { recursive: true, force: true });
});

test('the example rows leave no table out', async () => {
  const empty = Object.entries(await everything(source.url)).filter(([, rows]) => rows.length === 0);
  expect(empty.map(([name]) => name)).toEqual([]);
});

test('a restored database has every row, every position of a sequence, every file and the key', async () => {
  const target = await newTarget();
  await restoreBackup(target, file);
  expect(await everything(target.databaseUrl)).toEqual(await everything(source.url));
  expect(await Array.fromAsync(target.files.list())).toHaveLength(3);
  for await (const sha256 of files.list())
    expect((await readFile(target.files.pathOf(sha256))).equals(await readFile(files.pathOf(sha256)))).toBe(
      true,
    );
  expect(target.keys).toEqual([key]);
});

test('constraints, triggers and new numbers work after a restore as before', async () => {
  const target = await newTarget();
  await restoreBackup(target, file);
  const constraints = `SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace ORDER BY 1::text, 2`;
  expect(await query(target.databaseUrl, constraints)).toEqual(await query(source.url, constraints));
  await expect(query(target.databaseUrl, 'DELETE FROM audit_entry')).rejects.toThrow('append only');
  await expect(query(target.databaseUrl, 'DELETE FROM office')).rejects.toThrow('foreign key');
  const made = await query(
    target.databaseUrl,
    `INSERT INTO app_user (email, name) VALUES ('c@contoh.id', 'C') RETURNING id`,
  );
  expect(made).toEqual([{ id: '23' }]); // 22 was given once and deleted: never again
});

test('the file is readable by its owner only, and a key that was not asked for is not in it', async () => {
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const without = join(folder, 'without-key.backup');
  await writeBackup({ databaseUrl: source.url, files, appVersion: '0.1.0' }, without);
  expect(gunzipSync(await readFile(file)).includes(key)).toBe(true);
  expect(gunzipSync(await readFile(without)).includes(key)).toBe(false);
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('uploads that the rows name and that are not there are told, and the file does not look like a whole one', async () => {
  const target = join(folder, 'missing.backup');
  const absent = 'ef'.repeat(32);
  const incomplete = await createTestDatabase();
  databases.push(incomplete);
  await query(incomplete.url, fillEveryTable);
  await nameContent(incomplete.url, absent);
  const from = { databaseUrl: incomplete.url, appVersion: '0.1.0' };
  for (const store of [files, new FileStore(join(folder, 'no-such-folder'))]) {
    const written = await writeBackup({ ...from, files: store }, target);
    expect([written.missing, written.path]).toEqual([[absent], `${target}.incomplete`]);
  }
  expect(existsSync(target)).toBe(false);
  const lost = await writeBackup({ ...from, files, withoutMissing: true }, target);
  expect([lost.missing, lost.path]).toEqual([[absent], target]);
  for (const path of [target, `${target}.incomplete`]) await restoreBackup(await newTarget(), path);
});

test('the command names what is missing and ends with an error, unless it is known to be lost', async () => {
  const target = join(folder, 'command.backup');
  const uploads = await mkdtemp(join(folder, 'empty-'));
  const env = { DATABASE_URL: source.url, UPLOADS_DIR: uploads };
  const run = startProgram('src/commands/backup.js', [target], { env });
  expect(await run.ended).toBe(1);
  expect(run.errors()).toMatch(/^rembuk: 1 file that the database names is missing in .*UPLOADS_DIR/);
  expect([existsSync(target), existsSync(`${target}.incomplete`)]).toEqual([false, true]);
  const known = startProgram('src/commands/backup.js', [target, '--without-missing'], { env });
  expect([await known.ended, existsSync(target)]).toEqual([0, true]);
  expect(known.errors()).toMatch(/^rembuk: 1 file .* is missing in .*; the backup is without/);
});

test('rows written while a backup runs belong to the next one, wholly', async () => {
  const busy = await createTestDatabase();
  databases.push(busy);
  await query(busy.url, `${fillEveryTable} SELECT setval('event_id_seq', 100);`);
  await nameContent(busy.url, (await Array.fromAsync(files.list()))[0] ?? '');
  const writing = (async () => {
    for (let n = 0; n < 100; n += 1)
      await query(
        busy.url,
        `WITH e AS (INSERT INTO event (office_id, kind, title, zone) VALUES (11, 'rakor', 'x', 'Asia/Jakarta')
        RETURNING id) INSERT INTO event_quota (event_id, seats) SELECT id, 0 FROM e`,
      );
  })();
  const running = join(folder, 'running.backup');
  await writeBackup({ databaseUrl: busy.url, files, appVersion: '0.1.0' }, running);
  await writing;
  const target = await newTarget();
  await restoreBackup(target, running); // its foreign keys would refuse half of it
  const { event, event_quota: quotas } = await everything(target.databaseUrl);
  expect((event?.length ?? 0) - 2).toBe((quotas?.length ?? 0) - 1);
});

test.each<[string, (path: string, size: number) => Promise<void>]>([
  ['a byte altered in the middle', (path, size) => flipByte(path, Math.floor(size / 2))],
  ['a byte altered in the first table', (path) => flipByte(path, 900)],
  ['its last byte altered', (path, size) => flipByte(path, size - 6)],
  ['its end cut off', (path, size) => truncate(path, size - 200)],
  ['half of it missing', (path, size) => truncate(path, Math.floor(size / 2))],
  ['nothing in it', (path) => truncate(path, 0)],
  ['something else in it', (path) => writeFile(path, 'PK not a backup')],
])('a backup with %s is refused, and nothing of it stays', async (name, damage) => {
  const path = await damaged(name.replaceAll(' ', '-'), damage);
  const target = await newTarget();
  await expect(restoreBackup(target, path)).rejects.toThrow(
    /is not a whole, unaltered backup .*nothing was restored/,
  );
  expect(await everything(target.databaseUrl)).toEqual({});
  expect(await readdir(target.files.root)).toEqual([]);
  expect(target.keys).toEqual([]);
});

test('a restore into a database that holds something is refused', async () => {
  const target = await targetOn(source.url);
  const before = await everything(source.url);
  await expect(restoreBackup(target, file)).rejects.toThrow('The database is not empty');
  expect(await everything(source.url)).toEqual(before);
});

test('a refused key leaves the database empty', async () => {
  const target = await newTarget();
  const refuse = () => Promise.reject(new Error('another key'));
  await expect(restoreBackup({ ...target, takeKey: refuse }, file)).rejects.toThrow();
  expect(await everything(target.databaseUrl)).toEqual({});
  expect(await readdir(target.files.root)).toEqual([]);
});

const debian = '/usr/lib/postgresql/15/bin';
const canRunDebian = existsSync(join(debian, 'initdb'));
if (!canRunDebian) process.stdout.write(`Skipped: restoring into PostgreSQL 15, which is not at ${debian}\n`);

(canRunDebian ? test : test.skip)('a backup of the embedded server restores into PostgreSQL 15', async () => {
  const data = await mkdtemp(join(folder, 'pg15-'));
  const asRoot = process.getuid?.() === 0;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres']));
  const user = asRoot ? { uid: id('-u'), gid: id('-g') } : {};
  if (asRoot) await chown(data, id('-u'), id('-g'));
  const run = (command: string, args: string[]) => {
    const { status, stderr } = spawnSync(join(debian, command), args, {
      ...user,
      cwd: data,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) throw new Error(`${command}: ${String(stderr)}`);
  };
  const port = await findFreePort();
  run('initdb', [
    '-D',
    join(data, 'c'),
    '-U',
    'rembuk',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ]);
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
  run('pg_ctl', ['start', '-D', join(data, 'c'), '-w', '-s', '-l', join(data, 'log'), '-o', settings]);
  try {
    const target = await targetOn(`postgres://rembuk@127.0.0.1:${port}/postgres`);
    await restoreBackup(target, file);
    expect(await everything(target.databaseUrl)).toEqual(await everything(source.url));
    const back = join(folder, 'back.backup');
    await writeBackup({ databaseUrl: target.databaseUrl, files: target.files, appVersion: '0.1.0' }, back);
    const home = await newTarget();
    await restoreBackup(home, back);
    expect(await everything(home.databaseUrl)).toEqual(await everything(source.url));
  } finally {
    run('pg_ctl', ['stop', '-D', join(data, 'c'), '-m', 'immediate', '-w']);
  }
});
