import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '../src/database/embedded/free-port.js';
import { projectRoot } from '../src/paths.js';

/** A folder for one measurement, which the database's user may enter. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'rembuk-bench-'));
  await chmod(path, 0o755);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export interface OwnServer {
  url: string;
  /** Of the process, for measuring its memory. */
  pid: number;
  /** What it wrote to the console so far. */
  output(): string;
  stop(): Promise<void>;
}

/** With what `npm start` gives Node: how much memory it lets lie before it tidies up is part of what is measured. */
function nodeFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  return /exec node (.*) dist\//.exec(scripts.start)?.[1]?.split(' ') ?? [];
}

/** Starts the production build in a process of its own; returns with its first answered request. */
export async function startOwnServer(folder: string, env: NodeJS.ProcessEnv = {}): Promise<OwnServer> {
  const port = await findFreePort();
  const settings = { NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'error' };
  const places = { DATA_DIR: join(folder, 'data'), UPLOADS_DIR: join(folder, 'uploads') };
  const child = spawn(process.execPath, [...nodeFlags(), join(projectRoot, 'dist/src/main.js')], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...settings, ...places, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  const url = `http://127.0.0.1:${port}`;
  await answered(`${url}/session`, child);
  return { url, pid: child.pid ?? 0, output: () => output, stop };
}

async function answered(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    const status = await fetch(url).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    await delay(5);
  }
  throw new Error('the server ended before it answered');
}
