import { execFileSync, spawn } from 'node:child_process';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '../src/database/embedded/free-port.js';
import { projectRoot } from '../src/paths.js';

/**
 * Starts a yardstick in a process of its own.
 * @param source its file, from the top of the project; it reads PORT and `env`
 * @param ready a path that answers with 204 once it can be measured
 */
export async function startBare(
  source: string,
  env: NodeJS.ProcessEnv,
  ready: string,
): Promise<{ url: string; stop(): void }> {
  const port = await findFreePort();
  // Compiled like the program itself, so that no loader stands between.
  const script = join(projectRoot, 'dist/bench', basename(source).replace(/\.ts$/, '.js'));
  const esbuild = join(projectRoot, 'node_modules/esbuild/bin/esbuild');
  const options = [`--outfile=${script}`, '--format=esm', '--platform=node', '--log-level=error'];
  execFileSync(esbuild, [join(projectRoot, source), ...options]);
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', PORT: String(port), ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  const isReady = () =>
    fetch(url + ready).then(
      ({ status }) => status === 204,
      () => false,
    );
  while (child.exitCode === null && !(await isReady())) await delay(20);
  return { url, stop: () => void child.kill('SIGTERM') };
}
