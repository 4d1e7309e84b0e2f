import { execFileSync, spawn } from 'node:child_process';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '../src/database/embedded/free-port.js';
import { projectRoot } from '../src/paths.js';

export interface BareServer {
  url: string;
  stop(): void;
}

/**
 * Starts a yardstick of `bench/` in a process of its own, compiled like the program itself, so that no loader stands
 * between.
 * @param probe address that answers with 204 once the yardstick is ready
 */
export async function startBareServer(
  source: string,
  env: NodeJS.ProcessEnv,
  probe: string,
): Promise<BareServer> {
  const port = await findFreePort();
  const script = join(projectRoot, 'dist/bench', basename(source).replace(/ts$/, 'js'));
  const esbuild = join(projectRoot, 'node_modules/esbuild/bin/esbuild');
  const options = [`--outfile=${script}`, '--format=esm', '--platform=node', '--log-level=error'];
  execFileSync(esbuild, [join(projectRoot, source), ...options]);
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', PORT: String(port), ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  const isReady = () =>
    fetch(url + probe).then(
      ({ status }) => status === 204,
      () => false,
    );
  while (child.exitCode === null && !(await isReady())) await delay(20);
  return { url, stop: () => void child.kill('SIGTERM') };
}
