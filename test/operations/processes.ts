import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../src/paths.js';

export interface Run {
  child: ChildProcess;
  pid: number;
  output(): string;
  errors(): string;
  /** Resolves once the text stands in the output; rejects with all that was said when the process ends first. */
  says(text: string): Promise<void>;
  ended: Promise<number | null>;
}

export interface RunOptions {
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
  /** Options of Node itself. */
  nodeArgs?: string[];
}

/** What the tests themselves were started with must not leak into the program. */
const plainEnv = {
  PATH: process.env.PATH,
  HOME: '/tmp',
  NODE_ENV: 'production',
  LOG_LEVEL: 'error',
  HOST: '127.0.0.1',
};

/** Starts a script of the built program (`src/main.js`, `src/commands/backup.js`). */
export function startProgram(script: string, args: string[] = [], options: RunOptions = {}): Run {
  const { env, nodeArgs = [], ...user } = options;
  const child = spawn(process.execPath, [...nodeArgs, join(projectRoot, 'dist', script), ...args], {
    ...user,
    cwd: '/',
    env: { ...plainEnv, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => out.includes(text) && resolve();
      child.stdout.on('data', look);
      void ended.then((code) => reject(new Error(`ended with ${code} before "${text}":\n${out}${err}`)));
      look();
    });
  return { child, pid: child.pid ?? 0, output: () => out, errors: () => err, says, ended };
}
