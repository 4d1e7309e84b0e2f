import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../src/clock.js';
import { createDataSource } from '../src/database/data-source.js';
import { startEmbedded } from '../src/database/embedded.js';
import { migrate } from '../src/database/migrate.js';
import { syncRegions } from '../src/features/regions/regions.service.js';
import { LinkKeys } from '../src/links/tokens.js';
import { makeHost, type Host } from '../test/factories/scenes.js';
import { Visitor } from '../test/support/visitor.js';
import { startOwnServer, temporaryFolder } from './server.js';

/** A program of its own on a database of its own, with one office and its organizer. */
export interface BenchHouse {
  url: string;
  /** Of the program; PostgreSQL runs apart from it. */
  pid: number;
  /** Signed in as the organizer. */
  organizer: Visitor;
  /** Whose address signs in. */
  email: string;
  databaseUrl: string;
  masterKey: string;
}

/** Fills a new database with `prepare`, starts the program on it (`env`: with further settings), and lets `work` use it. */
export async function inBenchHouse<T, S>(
  prepare: (host: Host) => Promise<S>,
  work: (house: BenchHouse, prepared: S) => Promise<T>,
  env: NodeJS.ProcessEnv = {},
): Promise<T> {
  const folder = await temporaryFolder();
  const database = await startEmbedded({ dataDir: join(folder.path, 'data') });
  try {
    const masterKey = randomBytes(32).toString('hex');
    const db = await createDataSource({ url: database.url }).initialize();
    await migrate(db, syncRegions);
    const host = await makeHost({ db, clock: systemClock, links: new LinkKeys(masterKey) });
    const prepared = await prepare(host);
    await db.query('VACUUM ANALYZE');
    await db.destroy();
    const settings = { DATABASE_URL: database.url, MASTER_KEY: masterKey, ...env };
    const server = await startOwnServer(folder.path, settings);
    try {
      const organizer = await new Visitor(server.url).signIn(host.email);
      const { url, pid } = server;
      const inside = { email: host.email, databaseUrl: database.url, masterKey };
      return await work({ url, pid, organizer, ...inside }, prepared);
    } finally {
      await server.stop();
    }
  } finally {
    await database.stop();
    await folder.remove();
  }
}

/** Peak resident memory of a process so far; undefined where the system does not tell (only Linux does). */
export async function peakMemoryMb(pid: number): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined;
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
