import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { finished, pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { pack, type Pack } from 'tar-stream';
import type { FileStore } from '../../storage/file-store.js';
import * as format from './format.js';
import { listMigrations, listSequences, listTables } from './schema.js';
import { Summing, sumOf } from './summing.js';

const partBytes = 4_000_000;

export interface BackupSource {
  databaseUrl: string;
  files: FileStore;
  /** Only when it is wanted in the file. */
  masterKey?: string | undefined;
  appVersion: string;
  /** Uploads that cannot be found are known to be lost: what there is counts as whole. */
  withoutMissing?: boolean;
}

export interface Written {
  /** Where it is: with `.incomplete` behind its name when uploads are missing. */
  path: string;
  manifest: format.Manifest;
  /** Contents that the tables name and that are not in the folder of uploads, by their SHA-256. */
  missing: string[];
}

/**
 * Writes one file from a running system: all tables as of one moment, and the uploads they name. Memory stays
 * constant. The file bears its name only when it is whole, and only its owner can read it.
 */
export async function writeBackup(source: BackupSource, target: string): Promise<Written> {
  const draft = `${target}.part`;
  const tar = pack();
  const out = createWriteStream(draft, { mode: 0o600, flush: true });
  try {
    const written = pipeline(tar, createGzip({ level: 4 }), out);
    const [filled] = await Promise.all([
      fill(tar, source).catch((error: unknown) => giveUp(tar, error)),
      written,
    ]);
    const isWhole = filled.missing.length === 0 || source.withoutMissing;
    const path = isWhole ? target : `${target}.incomplete`;
    await rename(draft, path);
    return { ...filled, path };
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function giveUp(tar: Pack, error: unknown): never {
  tar.destroy(error as Error);
  throw error;
}

async function fill(tar: Pack, source: BackupSource): Promise<Omit<Written, 'path'>> {
  const client = new pg.Client({ connectionString: source.databaseUrl, application_name: 'rembuk backup' });
  await client.connect();
  try {
    // One transaction, one moment: what is written meanwhile belongs to the next backup.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query(format.textForm);
    const head = await describe(client, source.appVersion);
    const headText = asJson(head);
    await entry(tar, format.headName, headText);
    const manifest: format.Manifest = { head: sumOf(headText), tables: {}, uploads: {} };
    for (const table of head.tables) manifest.tables[table.name] = await copyTable(tar, client, table);
    const named = await namedUploads(client);
    await client.query('COMMIT');
    // A file is stored before its row: whatever a row of that moment names is there by now.
    manifest.uploads = await copyUploads(tar, source.files);
    const absent = named.filter((sha256) => !manifest.uploads[sha256]);
    // What was thrown away meanwhile, with its row, is not missed.
    const missing = absent.length > 0 ? await namedUploads(client, absent) : [];
    if (source.masterKey) {
      const key = Buffer.from(source.masterKey);
      await entry(tar, format.keyName, key);
      manifest.key = sumOf(key);
    }
    await entry(tar, format.manifestName, asJson(manifest));
    tar.finalize();
    return { manifest, missing };
  } finally {
    await client.end();
  }
}

async function describe(client: pg.Client, app: string): Promise<format.Head> {
  const { rows } = await client.query<{ version: string }>(
    `SELECT current_setting('server_version') AS version`,
  );
  return {
    format: format.formatVersion,
    app,
    postgres: rows[0]?.version ?? '',
    createdAt: new Date().toISOString(),
    migrations: await listMigrations(client),
    tables: await listTables(client),
    sequences: await listSequences(client),
  };
}

/** A tar entry states its size first, and a table has none before it is read: hence parts. */
async function copyTable(tar: Pack, client: pg.Client, table: format.Head['tables'][number]) {
  const summing = new Summing();
  const rows = client.query(
    copyTo(`COPY ${format.quoted(table.name)} (${format.columnList(table.columns)}) TO STDOUT`),
  );
  let [waiting, bytes, part] = [[] as Buffer[], 0, 0];
  const flush = async () => {
    await entry(tar, format.tablePart(table.name, (part += 1)), Buffer.concat(waiting));
    [waiting, bytes] = [[], 0];
  };
  for await (const chunk of rows as AsyncIterable<Buffer>) {
    summing.add(chunk);
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes >= partBytes) await flush();
  }
  if (bytes > 0) await flush();
  return { ...summing.sum(), rows: rows.rowCount };
}

/** Contents that rows name now, or those among `these`. */
async function namedUploads(client: pg.Client, these?: string[]): Promise<string[]> {
  const { rows } = await client.query<{ sha256: string }>(
    'SELECT sha256 FROM stored_file WHERE $1::text[] IS NULL OR sha256 = ANY ($1) ORDER BY id',
    [these ?? null],
  );
  return rows.map(({ sha256 }) => sha256);
}

/** Undefined for what is not there, such as a content thrown away since it was listed. */
const orAbsent = (error: unknown): undefined => {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
};

async function copyUploads(tar: Pack, files: FileStore): Promise<format.Manifest['uploads']> {
  const copied: format.Manifest['uploads'] = {};
  // Without the folder nothing was ever uploaded, or the setting is wrong: the rows tell which.
  if (!(await stat(files.root).catch(orAbsent))) return copied;
  for await (const sha256 of files.list()) {
    const sum = await copyUpload(tar, files, sha256);
    if (sum) copied[sha256] = sum;
  }
  return copied;
}

async function copyUpload(tar: Pack, files: FileStore, sha256: string): Promise<format.Sum | undefined> {
  const path = files.pathOf(sha256);
  const found = await stat(path).catch(orAbsent);
  if (!found) return undefined;
  const { size } = found;
  const summing = new Summing();
  const sink = tar.entry({ name: format.uploadName(sha256), size });
  await pipeline(createReadStream(path), summing.through(), sink);
  return summing.sum();
}

async function entry(tar: Pack, name: string, content: Buffer): Promise<void> {
  const sink = tar.entry({ name, size: content.length });
  sink.end(content);
  await finished(sink);
}

const asJson = (value: unknown) => Buffer.from(JSON.stringify(value));
