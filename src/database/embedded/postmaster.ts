import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Postmaster {
  pid: number;
  port: number;
}

const pidFile = (cluster: string) => join(cluster, 'postmaster.pid');

/**
 * The server of this folder as its pid file tells: pid on the first line, port on the fourth. After a crash
 * the pid may be gone, a zombie or another program's: PostgreSQL would refuse to start beside such a file, so
 * it is removed.
 */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(pidFile(cluster), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (pid > 0 && (await commandOf(pid)).includes(cluster)) return { pid, port };
  await removeUnlessNew(cluster, text);
  return undefined;
}

/** Only the file that was judged: meanwhile another process of ours may have started the server. */
async function removeUnlessNew(cluster: string, judged: string): Promise<void> {
  const now = await readFile(pidFile(cluster), 'utf8').catch(() => undefined);
  if (now === judged) await rm(pidFile(cluster), { force: true });
}

/** Without `-ww` a Mac cuts the line at 79 characters, before the folder that is looked for. */
async function commandOf(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const { stdout } = await run('ps', ['-ww', '-p', String(pid), '-o', 'command=']).catch(() => ({
    stdout: '',
  }));
  return stdout;
}
