import { join } from 'node:path';
import { AttemptLimits } from '../../src/web/limits.js';
import { readConfig } from '../../src/config.js';
import { setUp } from '../../src/features/accounts/setup.service.js';
import { startServer, type RunningServer } from '../../src/server.js';
import type { Stage } from './pages.js';

export interface SignIn {
  role: string;
  office?: string;
  email: string;
  password: string;
}

export interface RunningStage {
  url: string;
  signIns: SignIn[];
  answerLink: string | undefined;
  stop(): Promise<void>;
}

/** Starts the program of a stage in a folder of its own, on a free port. */
export async function startStage(stage: Stage, folder: string): Promise<RunningStage> {
  const settings = { NODE_ENV: 'development', HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'error' };
  const places = { DATA_DIR: join(folder, stage), UPLOADS_DIR: join(folder, `${stage}-uploads`) };
  const running = await startServer(readConfig({ ...settings, ...places, DEMO: String(stage === 'demo') }));
  const signIns = stage === 'empty' ? [await setUpOffice(running)] : (running.demo?.signIns ?? []);
  return {
    url: running.url ?? '',
    signIns,
    answerLink: running.demo?.answerLink,
    stop: () => running.stop(),
  };
}

async function setUpOffice({ runtime, setupCode = '' }: RunningServer): Promise<SignIn> {
  const person = { nameBefore: '', name: 'Administrator Contoh', nameAfter: '' };
  const office = { officeName: 'Dinas Sosial Contoh', shortName: 'Dinsos Contoh', regionCode: '63' };
  const signIn = { email: 'administrator@contoh.id', password: 'sandi-untuk-gambar' };
  const deps = { ...runtime.deps, limits: new AttemptLimits(runtime.deps.db) };
  const form = { code: setupCode, ...office, ...person, ...signIn, passwordAgain: signIn.password };
  await setUp(deps, form, '127.0.0.1');
  return { role: 'administrator', ...signIn };
}
