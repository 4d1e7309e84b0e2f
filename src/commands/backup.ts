// npm run backup -- [FILE] [--with-key]
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '../command.js';
import { readConfig, StartupError } from '../config.js';
import { writeBackup } from '../database/backup/write.js';
import { loadMasterKey } from '../links/master-key.js';
import { openDatabase } from '../runtime.js';
import { FileStore } from '../storage/file-store.js';
import { version } from '../version.js';

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'with-key': { type: 'boolean', default: false } },
  });
  const config = readConfig();
  const day = new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-');
  const target = resolve(positionals[0] ?? `rembuk-${day}.backup`);
  const database = await openDatabase(config);
  try {
    const masterKey = values['with-key'] ? await loadMasterKey(config, database.dataDir) : undefined;
    const files = new FileStore(config.uploadsDir);
    await mkdir(dirname(target), { recursive: true }).catch((error: unknown) => refuse(target, error));
    const { tables, uploads } = await writeBackup(
      { databaseUrl: database.url, files, masterKey, appVersion: version },
      target,
    ).catch((error: unknown) => refuse(target, error));
    const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
    const counts = `${rows} rows of ${Object.keys(tables).length} tables, ${Object.keys(uploads).length} files`;
    const key = values['with-key']
      ? 'with the master key: keep it locked away'
      : 'without the master key: keep that elsewhere';
    process.stdout.write(`${target}\n${counts}, ${key}\n`);
  } finally {
    await database.close();
  }
});

/** A disk that is full or closed is for a person to mend; everything else is ours. */
function refuse(target: string, error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code && /^E[A-Z]+$/.test(code))
    throw new StartupError(`The backup cannot be written to ${target} (${code})`);
  throw error;
}
