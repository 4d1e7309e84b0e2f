// npm run backup -- [FILE] [--with-key] [--without-missing]
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '../command.js';
import { readConfig, StartupError } from '../config.js';
import { writeBackup } from '../database/backup/write.js';
import { makeFolder } from '../folders.js';
import { loadMasterKey } from '../links/master-key.js';
import { openDatabase } from '../runtime.js';
import { FileStore } from '../storage/file-store.js';
import { version } from '../version.js';

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'with-key': { type: 'boolean', default: false },
      'without-missing': { type: 'boolean', default: false },
    },
  });
  const config = readConfig();
  const day = new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-');
  const target = resolve(positionals[0] ?? `rembuk-${day}.backup`);
  const database = await openDatabase(config);
  try {
    const masterKey = values['with-key'] ? await loadMasterKey(config, database.dataDir) : undefined;
    const files = new FileStore(config.uploadsDir);
    await makeFolder(dirname(target)).catch((error: unknown) => refuse(target, error));
    const withoutMissing = values['without-missing'];
    const { path, manifest, missing } = await writeBackup(
      { databaseUrl: database.url, files, masterKey, appVersion: version, withoutMissing },
      target,
    ).catch((error: unknown) => refuse(target, error));
    const { tables, uploads } = manifest;
    const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
    const counts = `${rows} rows of ${Object.keys(tables).length} tables, ${Object.keys(uploads).length} files`;
    const key = values['with-key']
      ? 'with the master key: keep it locked away'
      : 'without the master key: keep that elsewhere';
    process.stdout.write(`${path}\n${counts}, ${key}\n`);
    if (missing.length > 0) tellMissing(missing.length, config.uploadsDir, path, withoutMissing);
  } finally {
    await database.close();
  }
});

/** A backup that would lose files must not look like a good one, least of all to a nightly job. */
function tellMissing(count: number, folder: string, path: string, isKnown: boolean): void {
  const files =
    count === 1 ? '1 file that the database names is' : `${count} files that the database names are`;
  const told = `${files} missing in ${folder}`;
  if (isKnown) process.stderr.write(`rembuk: ${told}; the backup is without\n`);
  else
    throw new StartupError(
      `${told}: is UPLOADS_DIR right? What there is was written to ${path}; if they are lost for good, use --without-missing`,
    );
}

/** A disk that is full or closed is for a person to mend; everything else is ours. */
function refuse(target: string, error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code && /^E[A-Z]+$/.test(code))
    throw new StartupError(`The backup cannot be written to ${target} (${code})`);
  throw error;
}
