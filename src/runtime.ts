import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { Background } from './background.js';
import { systemClock } from './clock.js';
import { StartupError, type Config } from './config.js';
import { createDataSource } from './database/data-source.js';
import { startEmbedded } from './database/embedded.js';
import { migrate } from './database/migrate.js';
import type { Deps } from './deps.js';
import { syncRegions } from './features/regions/regions.service.js';
import { ensureWritable } from './folders.js';
import { Jobs } from './jobs/jobs.js';
import { loadMasterKey } from './links/master-key.js';
import { LinkKeys } from './links/tokens.js';
import { projectRoot } from './paths.js';
import { FileStore } from './storage/file-store.js';

/** Everything below HTTP, opened and ready; `close` gives it all back. */
export interface Runtime {
  deps: Deps;
  dataDir: string;
  databaseUrl: string;
  close(): Promise<void>;
}

/** Of the network its code (ECONNREFUSED); of PostgreSQL its words, since 28P01 tells nobody that it is the password. */
function why(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code && /^E[A-Z]+$/.test(code) ? code : message;
}

async function connect(url: string, poolSize: number): Promise<DataSource> {
  const db = createDataSource({ url, poolSize });
  try {
    return await db.initialize();
  } catch (error) {
    const { host, pathname } = new URL(url);
    throw new StartupError(`The database ${pathname.slice(1)} on ${host} cannot be reached: ${why(error)}`);
  }
}

/** An open database, and where the program keeps what belongs beside it. */
export interface OpenDatabase {
  db: DataSource;
  dataDir: string;
  url: string;
  close(): Promise<void>;
}

/**
 * Opens the database as it is: embedded, unless DATABASE_URL is given.
 * @throws StartupError with one line that names what is wrong
 */
export async function openDatabase(config: Config): Promise<OpenDatabase> {
  if (config.databaseUrl) {
    const db = await connect(config.databaseUrl, config.databasePool);
    const dataDir = config.dataDir ?? join(projectRoot, 'data');
    return { db, dataDir, url: config.databaseUrl, close: () => db.destroy() };
  }
  const defaultFolder = config.demo ? 'data/demo' : 'data';
  const server = await startEmbedded({ dataDir: config.dataDir, defaultFolder });
  try {
    const db = await connect(server.url, config.databasePool);
    const close = async () => {
      await db.destroy();
      await server.stop();
    };
    return { db, dataDir: server.dataDir, url: server.url, close };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/**
 * Opens database, files and keys, and brings the schema up to date.
 * @throws StartupError with one line that names what is wrong
 */
export async function openRuntime(
  config: Config,
  log: Logger = pino({ level: config.logLevel }),
): Promise<Runtime> {
  await ensureWritable(config.uploadsDir, 'UPLOADS_DIR');
  const { db, dataDir, url, close } = await openDatabase(config);
  try {
    await migrate(db, syncRegions);
    const links = new LinkKeys(await loadMasterKey(config, dataDir));
    const deps: Deps = {
      config,
      db,
      clock: systemClock,
      links,
      files: new FileStore(config.uploadsDir),
      log,
      background: new Background(log),
      jobs: new Jobs(url, log),
    };
    const closeAll = async () => {
      await deps.background.finished();
      await close();
    };
    return { deps, dataDir, databaseUrl: url, close: closeAll };
  } catch (error) {
    await close();
    throw error;
  }
}
