// `npm test`: starts one PostgreSQL for all test files, makes the migrated template they clone, runs jest.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataSource } from '../../src/database/data-source.js';
import { startEmbedded } from '../../src/database/embedded.js';
import { migrate } from '../../src/database/migrate.js';
import { syncRegions } from '../../src/features/regions/regions.service.js';
import { projectRoot } from '../../src/paths.js';

function run(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: projectRoot,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

async function makeTemplate(url: string): Promise<void> {
  const admin = await createDataSource({ url, poolSize: 1 }).initialize();
  await admin.query('CREATE DATABASE rembuk_template');
  const template = await createDataSource({
    url: url.replace(/\/postgres$/, '/rembuk_template'),
  }).initialize();
  await migrate(template, syncRegions);
  await template.destroy();
  // Cloning fails while anybody is connected, so nobody may.
  await admin.query('ALTER DATABASE rembuk_template IS_TEMPLATE true ALLOW_CONNECTIONS false');
  await admin.destroy();
}

const folder = await mkdtemp(join(tmpdir(), 'rembuk-test-'));
await chmod(folder, 0o755);
const server = await startEmbedded({
  dataDir: join(folder, 'data'),
  settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=400'],
});
let code: number;
try {
  await makeTemplate(server.url);
  code = await run('node', [join(projectRoot, 'node_modules/tsx/dist/cli.mjs'), 'src/commands/build.ts']);
  // V8 would otherwise hand one test file the `import()` that TypeORM compiled in another one's context.
  const isolated = ['--experimental-vm-modules', '--no-compilation-cache', '--no-warnings'];
  const jest = join(projectRoot, 'node_modules/jest/bin/jest.js');
  if (code === 0)
    code = await run('node', [...isolated, jest, ...process.argv.slice(2)], {
      TEST_DATABASE_URL: server.url,
      NODE_ENV: 'test',
    });
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(code);
