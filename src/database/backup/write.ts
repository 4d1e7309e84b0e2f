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
}

/**
 * Writes one file from a running system: all tables as of one moment, and the uploads they name. Memory stays
 * constant. The file bears its name only when it is whole, and only its owner can read it.
 */
export async function writeBackup(source: BackupSource, target: string): Promise<format.Manifest> {
  const draft = `${target}.part`;
  const tar = pack();
  const out = createWriteStream(draft, { mode: 0o600, flush: true });
  try {
    const written = pipeline(tar, createGzip({ level: 4 }), out);
    const [manifest] = await Promise.all([
      fill(tar, source).catch((error: unknown) => giveUp(tar, error)),
      written,
    ]);
    await rename(draft, target);
    return manifest;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function giveUp(tar: Pack, error: unknown): never {
  tar.destroy(error as Error);
  throw error;
}

async function fill(tar: Pack, source: BackupSource): Promise<format.Manifest> {
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
    await client.query('COMMIT');
    // A file is stored before its row: whatever a row of that moment names is there by now.
    for await (const sha256 of source.files.list())
      manifest.uploads[sha256] = await copyUpload(tar, source.files, sha256);
    if (source.masterKey) {
      const key = Buffer.from(source.masterKey);
      await entry(tar, format.keyName, key);
      manifest.key = sumOf(key);
    }
    await entry(tar, format.manifestName, asJson(manifest));
    tar.finalize();
    return manifest;
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

async function copyUpload(tar: Pack, files: FileStore, sha256: string): Promise<format.Sum> {
  const path = files.pathOf(sha256);
  const { size } = await stat(path);
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
