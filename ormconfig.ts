// For the command line of TypeORM (`npm run migration:show`). The program itself starts in src/main.ts.
import { readConfig } from './src/config.js';
import { createDataSource } from './src/database/data-source.js';
import { startEmbedded } from './src/database/embedded.js';

const config = readConfig();
const url = config.databaseUrl ?? (await startEmbedded({ dataDir: config.dataDir })).url;

export default createDataSource({ url, poolSize: 2 });
