import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { StartupError } from '../config.js';
import { clusterOf, openCluster, startCluster, stopCluster } from './embedded/cluster.js';
import { choosePlace, type Place } from './embedded/place.js';
import { findPostmaster } from './embedded/postmaster.js';

/** A PostgreSQL server of our own, on the loopback address only. */
export interface EmbeddedServer {
  url: string;
  dataDir: string;
  /** Stops the server, unless another process still uses it. Close own connections first. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Where the cluster lies; by default `data/`, or a place that the server's user can reach. */
  dataDir?: string | undefined;
  /** Takes the place of `data` in the project, where no `dataDir` is given. */
  defaultFolder?: string;
  /** Extra server settings, `name=value`. Tests turn fsync off. */
  settings?: string[];
}

// Every process of ours holds this lock shared for as long as it uses the server. Who can have it alone is the
// last one out; and who comes at that very moment waits for the lock, is cut off, and starts the server anew.
const presenceLock = 7_263_866;
const patienceMs = 60_000;

/**
 * Starts the embedded PostgreSQL, or joins the one that runs on this folder already (a second process of
 * ours, or one that outlived a killed program).
 * @throws StartupError naming the folder or the log when it cannot
 */
export async function startEmbedded(options: EmbeddedOptions = {}): Promise<EmbeddedServer> {
  const place = await choosePlace({
    dataDir: options.dataDir,
    defaultFolder: options.defaultFolder ?? 'data',
  });
  const password = await openCluster(place);
  const { url, presence } = await enter(place, password, options.settings ?? []);
  return { url, dataDir: place.dataDir, stop: () => leave(place, presence) };
}

/** Joins or starts, until one of the two succeeds: other processes may do the same at the same time. */
async function enter(place: Place, password: string, settings: string[]) {
  const cluster = clusterOf(place);
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await delay(100)) {
    if (!(await findPostmaster(cluster))) await start(place, settings);
    const postmaster = await findPostmaster(cluster);
    if (!postmaster) continue;
    const url = `postgres://rembuk:${password}@127.0.0.1:${postmaster.port}/postgres`;
    const presence = await join(url);
    if (presence) return { url, presence };
  }
  throw new StartupError(
    `The database server on ${cluster} neither answers nor ends; see postgres.log beside it`,
  );
}

/** A start fails harmlessly where another process was faster, or where sessions of a killed server still end. */
async function start(place: Place, settings: string[]): Promise<void> {
  try {
    await startCluster(place, settings);
  } catch (error) {
    const passes = error instanceof StartupError && /still in use|lock file/.test(error.message);
    if (!passes && !(await findPostmaster(clusterOf(place)))) throw error;
  }
}

/** Undefined while the server recovers from a crash, or is just being stopped. */
async function join(url: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5000,
    application_name: 'rembuk presence',
  });
  client.on('error', () => undefined); // a server that goes down; whoever queries next is told
  try {
    await client.connect();
    await client.query('SELECT pg_advisory_lock_shared($1)', [presenceLock]);
    return client;
  } catch {
    await client.end().catch(() => undefined);
    return undefined;
  }
}

async function leave(place: Place, presence: pg.Client): Promise<void> {
  try {
    await presence.query('SELECT pg_advisory_unlock_shared($1)', [presenceLock]);
    const { rows } = await presence.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [
      presenceLock,
    ]);
    if (rows[0]?.alone) await stopCluster(place);
  } finally {
    await presence.end().catch(() => undefined);
  }
}
