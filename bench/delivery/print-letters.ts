// A process that does nothing but print the letters of an event through the built program: started by letters.ts.
import { join } from 'node:path';
import type * as DataSourceModule from '../../src/database/data-source.js';
import type * as ConfigModule from '../../src/config.js';
import type * as FileStoreModule from '../../src/storage/file-store.js';
import type * as LettersModule from '../../src/features/letters/letters.service.js';
import type * as TokensModule from '../../src/links/tokens.js';

const built = async <T>(file: string): Promise<T> =>
  (await import(join(import.meta.dirname, '../../dist/src', file))) as T;

const { createDataSource } = await built<typeof DataSourceModule>('database/data-source.js');
const { readConfig } = await built<typeof ConfigModule>('config.js');
const { FileStore } = await built<typeof FileStoreModule>('storage/file-store.js');
const { letterFilesFor } = await built<typeof LettersModule>('features/letters/letters.service.js');
const { LinkKeys } = await built<typeof TokensModule>('links/tokens.js');

const config = readConfig();
const db = await createDataSource({ url: config.databaseUrl ?? '' }).initialize();
const deps = {
  db,
  config,
  clock: { now: () => new Date() },
  files: new FileStore(config.uploadsDir),
  links: new LinkKeys(config.masterKey ?? ''),
};
const ids = (process.env.INVITATIONS ?? '').split(',').map(Number);
const start = performance.now();
const letters = await letterFilesFor(deps, ids);
const seconds = (performance.now() - start) / 1000;
await db.destroy();
const files = [...letters.values()].flat().length;
// In kilobytes, and the highest that this process ever had.
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ files, seconds, peakMb }));
