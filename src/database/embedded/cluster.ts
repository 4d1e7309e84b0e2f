import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StartupError } from '../../config.js';
import { findFreePort } from './free-port.js';
import type { Place } from './place.js';

const run = promisify(execFile);
const logLimit = 10_000_000; // bytes

export const clusterOf = (place: Place) => join(place.dataDir, 'postgres');
const secretOf = (cluster: string) => join(cluster, 'rembuk.secret');
const logOf = (place: Place) => join(place.dataDir, 'postgres.log');

/** The server's user must be able to stand where it works: root's folders are closed to it. */
const asServer = (place: Place) => ({
  ...place.user,
  cwd: place.dataDir,
  env: { ...process.env, LC_ALL: 'C' },
});

/**
 * Makes the cluster when there is none; its password lies inside.
 * @throws StartupError when it belongs to somebody else
 */
export async function openCluster(place: Place): Promise<string> {
  const cluster = clusterOf(place);
  if (!existsSync(cluster)) await makeCluster(place, cluster);
  try {
    return await readFile(secretOf(cluster), 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = missing
      ? 'has lost its password file rembuk.secret'
      : 'belongs to another user: start Rembuk as that one';
    throw new StartupError(`The database in ${cluster} ${why}`);
  }
}

/** Made beside its place and then renamed: two first starts at once, or a killed one, leave nothing half-made. */
async function makeCluster(place: Place, cluster: string): Promise<void> {
  await removeOldDrafts(place.dataDir);
  const draft = `${cluster}.new-${process.pid}`;
  const passwordFile = `${draft}.password`;
  const password = randomBytes(24).toString('base64url');
  await writeSecret(passwordFile, password, place);
  const login = ['--username=rembuk', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  try {
    await run(join(place.bin, 'initdb'), [`--pgdata=${draft}`, ...login, ...locale], asServer(place));
    await writeSecret(secretOf(draft), password, place);
    await rename(draft, cluster).catch(() => rm(draft, { recursive: true, force: true }));
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    const said = stderr?.split('\n').find((line) => line.includes('error')) ?? message.split('\n')[0];
    throw new StartupError(`The database could not be made in ${cluster}: ${said ?? 'initdb failed'}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function removeOldDrafts(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const pid = /^postgres[.]new-(\d+)/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) await rm(join(dataDir, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function writeSecret(path: string, content: string, { user }: Place): Promise<void> {
  await writeFile(path, content, { mode: 0o600 });
  if (user) await chown(path, user.uid, user.gid);
}

/**
 * Starts the server on a free port of the loopback address. Its log holds neither statements nor values: they
 * may be personal.
 * @throws StartupError with the server's own last word
 */
export async function startCluster(place: Place, extraSettings: string[]): Promise<void> {
  const settings = [
    `port=${await findFreePort()}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=120',
    'timezone=UTC',
    'log_timezone=UTC',
    'log_checkpoints=off',
    'log_error_verbosity=terse',
    'log_min_error_statement=panic',
    ...extraSettings,
  ];
  const log = logOf(place);
  const logStart = await keepLogShort(log);
  const args = ['start', '-D', clusterOf(place), '-l', log, '-w', '-t', '60', '-s', '-o'];
  const code = await new Promise<number | null>((resolve, reject) => {
    // Detached and without pipes: the server outlives a killed program, and the next start finds it sound.
    const child = spawn(join(place.bin, 'pg_ctl'), [...args, settings.map((s) => `-c ${s}`).join(' ')], {
      ...asServer(place),
      stdio: 'ignore',
      detached: true,
    });
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new StartupError(await lastWord(log, logStart));
}

/** Ends all its sessions and stops the server; returns when it is down. */
export async function stopCluster(place: Place): Promise<void> {
  await run(join(place.bin, 'pg_ctl'), ['stop', '-D', clusterOf(place), '-m', 'fast', '-w'], asServer(place));
}

/** Begins a new log when the old one is long; its length in bytes. */
async function keepLogShort(log: string): Promise<number> {
  const found = await stat(log).catch(() => undefined);
  if (!found || found.size <= logLimit) return found?.size ?? 0;
  await rename(log, `${log}.1`);
  return 0;
}

async function lastWord(log: string, from: number): Promise<string> {
  const text = await readFile(log).catch(() => Buffer.alloc(0));
  const fatal = text
    .subarray(from)
    .toString()
    .split('\n')
    .findLast((line) => line.includes('FATAL:'));
  return `The embedded database did not start: ${fatal?.split('FATAL:')[1]?.trim() ?? 'no reason given'} (see ${log})`;
}
