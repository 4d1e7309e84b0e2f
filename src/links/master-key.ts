import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StartupError, type Config } from '../config.js';
import { makeFolder } from '../folders.js';

/** Where the key lies when no setting holds it: beside the data, never inside the database (rules.md 23). */
export const masterKeyFile = (config: Config, dataDir: string) =>
  config.masterKeyFile ?? join(dataDir, 'master.key');

/**
 * The key of all addresses. The first start makes one.
 * @throws StartupError when the file is there but is no key, or cannot be written
 */
export async function loadMasterKey(config: Config, dataDir: string): Promise<string> {
  if (config.masterKey) return config.masterKey;
  const file = masterKeyFile(config, dataDir);
  const found = await readFile(file, 'utf8').catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new StartupError(`The master key ${file} cannot be read (${code})`);
  });
  if (found === undefined) return storeKey(file, randomBytes(32).toString('hex'));
  if (!/^[0-9a-f]{64}\s*$/i.test(found))
    throw new StartupError(`${file} is not a master key: it must hold 64 hexadecimal digits`);
  return found.trim();
}

/**
 * Keeps the key that a backup brought.
 * @throws StartupError when another key is in force: links of one of the two would be void
 */
export async function keepMasterKey(config: Config, dataDir: string, key: string): Promise<void> {
  const kept = config.masterKey ?? (await storeKey(masterKeyFile(config, dataDir), key));
  if (kept.toLowerCase() === key.toLowerCase()) return;
  const where = config.masterKey ? 'MASTER_KEY' : masterKeyFile(config, dataDir);
  throw new StartupError(`The backup holds another master key than ${where}: remove that one first`);
}

/** Stores the key unless there is one; the key that lies there afterwards. */
async function storeKey(file: string, key: string): Promise<string> {
  const draft = `${file}.${process.pid}`;
  try {
    await makeFolder(dirname(file));
    await writeFile(draft, `${key}\n`, { mode: 0o600, flush: true });
    // A link appears whole or not at all: of two processes that start at once one makes the key, the other reads it.
    await link(draft, file);
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return (await readFile(file, 'utf8')).trim();
    throw new StartupError(
      `The master key cannot be kept in ${file} (${(error as NodeJS.ErrnoException).code}): set MASTER_KEY or MASTER_KEY_FILE`,
    );
  } finally {
    await rm(draft, { force: true });
  }
}
