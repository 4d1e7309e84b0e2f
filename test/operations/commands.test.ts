import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { findFreePort } from '../../src/database/embedded/free-port.js';
import { startProgram, type Run } from './processes.js';

// Real processes on a machine that others use too.
jest.setTimeout(120_000);

let folder: string;
let running: Run;
let backup: string;
const home = (name: string) => ({
  DATA_DIR: join(folder, name),
  UPLOADS_DIR: join(folder, `${name}-uploads`),
});
const run = (script: string, args: string[], env: NodeJS.ProcessEnv) =>
  startProgram(`src/commands/${script}.js`, args, { env });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rembuk-commands-'));
  await chmod(folder, 0o755);
  backup = join(folder, 'office.backup');
  running = startProgram('src/main.js', [], { env: { ...home('old'), PORT: String(await findFreePort()) } });
  await running.says('Rembuk: ');
});
afterAll(async () => {
  running.child.kill('SIGTERM');
  await running.ended;
  await rm(folder, { recursive: true, force: true });
});

test('a backup is taken beside the running program, which runs on', async () => {
  const taking = run('backup', [backup, '--with-key'], home('old'));
  expect(await taking.ended).toBe(0);
  expect(taking.output()).toMatch(/^.*office\.backup\n\d+ rows of \d+ tables, 0 files, with the master key/);
  expect(taking.errors()).toBe('');
  expect(existsSync(join(folder, 'old/postgres/postmaster.pid'))).toBe(true);
});

test('it is restored into a new folder, key included, and the program starts there', async () => {
  const restoring = run('restore', [backup], home('new'));
  expect(await restoring.ended).toBe(0);
  expect(restoring.output()).toMatch(/^Restored \d+ rows and 0 files as of 20/);
  const keys = await Promise.all(
    ['old', 'new'].map((name) => readFile(join(folder, name, 'master.key'), 'utf8')),
  );
  expect(keys[1]?.trim()).toBe(keys[0]?.trim());
  expect(existsSync(join(folder, 'new/postgres/postmaster.pid'))).toBe(false);
  const restored = startProgram('src/main.js', [], {
    env: { ...home('new'), PORT: String(await findFreePort()) },
  });
  await restored.says('Rembuk: ');
  restored.child.kill('SIGTERM');
  expect(await restored.ended).toBe(0);
});

test.each([
  ['a database that holds something', () => [backup], /^rembuk: The database is not empty/],
  [
    'a file that is not there',
    () => [join(folder, 'none')],
    /^rembuk: The backup .*none cannot be read \(ENOENT\)/,
  ],
  ['no file at all', () => [], /^rembuk: Name the backup/],
])('a restore from or into %s ends with one line', async (_what, args, line) => {
  const restoring = run('restore', args(), home(_what === 'a file that is not there' ? 'empty' : 'old'));
  expect(await restoring.ended).toBe(1);
  expect(restoring.errors()).toMatch(line);
  expect(restoring.errors().trim().split('\n')).toHaveLength(1);
});

test('a backup to a place that cannot be written ends with one line', async () => {
  const taking = run('backup', [join(backup, 'below-a-file')], home('old'));
  expect(await taking.ended).toBe(1);
  expect(taking.errors()).toMatch(
    /^rembuk: The backup cannot be written to .*below-a-file \((EEXIST|ENOTDIR)\)\n$/,
  );
});
