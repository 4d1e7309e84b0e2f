// npm run restore -- FILE
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '../command.js';
import { readConfig, StartupError } from '../config.js';
import { restoreBackup } from '../database/backup/restore.js';
import { migrate } from '../database/migrate.js';
import { syncRegions } from '../features/regions/regions.service.js';
import { ensureWritable } from '../folders.js';
import { keepMasterKey } from '../links/master-key.js';
import { openDatabase } from '../runtime.js';
import { FileStore } from '../storage/file-store.js';

await runCommand(async () => {
  const [file] = parseArgs({ allowPositionals: true }).positionals;
  if (!file) throw new StartupError('Name the backup: npm run restore -- FILE');
  const config = readConfig();
  await ensureWritable(config.uploadsDir, 'UPLOADS_DIR');
  const database = await openDatabase(config);
  try {
    const { head, manifest } = await restoreBackup(
      {
        databaseUrl: database.url,
        files: new FileStore(config.uploadsDir),
        takeKey: (key) => keepMasterKey(config, database.dataDir, key),
      },
      resolve(file),
    );
    await migrate(database.db, syncRegions);
    const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0);
    process.stdout.write(
      `Restored ${rows} rows and ${Object.keys(manifest.uploads).length} files as of ${head.createdAt}\n`,
    );
    if (!manifest.key)
      process.stdout.write(
        'The backup holds no master key: without the old one, links that were sent are void\n',
      );
  } finally {
    await database.close();
  }
});
