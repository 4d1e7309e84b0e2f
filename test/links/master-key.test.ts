import { mkdtemp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig, StartupError } from '../../src/config.js';
import { keepMasterKey, loadMasterKey, masterKeyFile } from '../../src/links/master-key.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rembuk-key-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const config = readConfig({ NODE_ENV: 'test' });
const key = 'ab'.repeat(32);

test('the first start makes a key that only its owner can read, and the next ones read it', async () => {
  const home = join(folder, 'first');
  const made = await loadMasterKey(config, home);
  expect(made).toMatch(/^[0-9a-f]{64}$/);
  expect(await loadMasterKey(config, home)).toBe(made);
  expect((await stat(masterKeyFile(config, home))).mode & 0o777).toBe(0o600);
});

test('a file that cannot be read, or holds no key, is named and never replaced', async () => {
  const home = join(folder, 'unreadable');
  await mkdir(masterKeyFile(config, home), { recursive: true });
  await expect(loadMasterKey(config, home)).rejects.toThrow(/cannot be read \(EISDIR\)/);
  const other = join(folder, 'other');
  await mkdir(other);
  await writeFile(masterKeyFile(config, other), 'bukan kunci');
  await expect(loadMasterKey(config, other)).rejects.toThrow(StartupError);
  expect(await readFile(masterKeyFile(config, other), 'utf8')).toBe('bukan kunci');
});

test('a backup brings its key where there is none; beside another one it is refused, and the other stays', async () => {
  const home = join(folder, 'restored');
  await keepMasterKey(config, home, key);
  expect(await loadMasterKey(config, home)).toBe(key);
  await keepMasterKey(config, home, key.toUpperCase());
  await expect(keepMasterKey(config, home, 'cd'.repeat(32))).rejects.toThrow(/another master key/);
  expect(await loadMasterKey(config, home)).toBe(key);
  const set = readConfig({ NODE_ENV: 'test', MASTER_KEY: 'cd'.repeat(32) });
  await expect(keepMasterKey(set, join(folder, 'set'), key)).rejects.toThrow(/than MASTER_KEY/);
});
