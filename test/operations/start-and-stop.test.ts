import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { projectRoot } from '../../src/paths.js';
import { findFreePort } from '../../src/database/embedded/free-port.js';
import { startProgram, type Run, type RunOptions } from './processes.js';

// Real processes on a machine that others use too.
jest.setTimeout(120_000);

// Everything here starts the built program in processes of its own.
const asRoot = process.getuid?.() === 0;
let folder: string;
let runs: Run[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rembuk-start-'));
  await chmod(folder, 0o755);
});
afterEach(async () => {
  for (const run of runs) run.child.kill('SIGKILL');
  await Promise.all(runs.map((run) => run.ended));
  runs = [];
});
afterAll(async () => {
  for (const cluster of clusters) await killDatabase(cluster).catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
});

/** A checkout in root's own home is closed to ordinary users. */
function nobodyCanRead(): boolean {
  const script = join(projectRoot, 'package.json');
  const { uid, gid } = nobody();
  return spawnSync('cat', [script], { uid, gid, cwd: '/' }).status === 0;
}

function nobody(): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody']));
  return { uid: id('-u'), gid: id('-g') };
}

const clusters: string[] = [];

interface Home {
  env: NodeJS.ProcessEnv;
  cluster: string;
  url: string;
}

/** Settings of an installation of its own, with a folder and a port that nobody uses. */
async function newHome(name: string): Promise<Home> {
  const port = await findFreePort();
  const env = {
    DATA_DIR: join(folder, name),
    UPLOADS_DIR: join(folder, `${name}-uploads`),
    PORT: String(port),
  };
  const cluster = join(env.DATA_DIR, 'postgres');
  clusters.push(cluster);
  return { env, cluster, url: `http://127.0.0.1:${port}` };
}

function start(home: { env: NodeJS.ProcessEnv }, options: RunOptions = {}): Run {
  const run = startProgram('src/main.js', [], { ...options, env: { ...home.env, ...options.env } });
  runs.push(run);
  return run;
}

async function stop(run: Run): Promise<number | null> {
  run.child.kill('SIGTERM');
  return run.ended;
}

const postmasterFile = (cluster: string) => join(cluster, 'postmaster.pid');
const postmasterPid = async (cluster: string) =>
  Number((await readFile(postmasterFile(cluster), 'utf8')).split('\n')[0]);

async function killDatabase(cluster: string): Promise<void> {
  process.kill(await postmasterPid(cluster), 'SIGKILL');
}

const isReady = async (url: string) => (await fetch(`${url}/readyz`)).status === 200;

/** It ends by itself with one line and nothing else on the console. */
async function expectOneLine(run: Run, line: RegExp): Promise<void> {
  expect(await run.ended).toBeGreaterThan(0);
  expect(run.errors()).toMatch(line);
  expect(run.errors().trim().split('\n')).toHaveLength(1);
  expect(run.output()).toBe('');
}

test('a first start shows the code of the first run, answers, and SIGTERM leaves no database behind', async () => {
  const home = await newHome('first');
  const run = start(home);
  await run.says('First run: open ');
  expect(run.output()).toMatch(/enter the code [0-9A-Z]{5}-[0-9A-Z]{5}\n/);
  expect(await isReady(home.url)).toBe(true);
  expect(await stop(run)).toBe(0);
  expect(existsSync(postmasterFile(home.cluster))).toBe(false);
  expect(run.errors()).toBe('');
});

test('SIGTERM lets a request that runs be answered', async () => {
  const home = await newHome('first');
  const run = start(home);
  await run.says('Rembuk: ');
  const socket = connect(Number(home.env.PORT), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString()));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const body = 'language=en';
  const head = `Host: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}`;
  socket.write(`POST /session HTTP/1.1\r\n${head}\r\n\r\n`);
  await delay(200);
  run.child.kill('SIGTERM');
  await delay(300);
  await expect(fetch(`${home.url}/healthz`)).rejects.toThrow(); // nobody new comes in
  socket.write(body);
  await closed;
  expect(answer).toMatch(/^HTTP\/1\.1 \d{3} /);
  expect(await run.ended).toBe(0);
  expect(existsSync(postmasterFile(home.cluster))).toBe(false);
});

test('after kill -9 of the program alone it starts again, on the same database', async () => {
  const home = await newHome('first');
  const run = start(home);
  await run.says('Rembuk: ');
  const pid = await postmasterPid(home.cluster);
  run.child.kill('SIGKILL');
  await run.ended;
  const again = start(home);
  await again.says('Rembuk: ');
  expect(await postmasterPid(home.cluster)).toBe(pid);
  expect(await stop(again)).toBe(0);
  expect(existsSync(postmasterFile(home.cluster))).toBe(false);
});

test('after kill -9 of program and database it starts again', async () => {
  const home = await newHome('first');
  const run = start(home);
  await run.says('Rembuk: ');
  await killDatabase(home.cluster);
  run.child.kill('SIGKILL');
  await run.ended;
  const again = start(home);
  await again.says('Rembuk: ');
  expect(await isReady(home.url)).toBe(true);
  expect(await stop(again)).toBe(0);
});

test("a pid file that names another program's process does not keep it from starting", async () => {
  const home = await newHome('first');
  await writeFile(
    postmasterFile(home.cluster),
    `${process.pid}\n${home.cluster}\n1700000000\n5432\n\n127.0.0.1\n`,
  );
  const run = start(home);
  await run.says('Rembuk: ');
  expect(await stop(run)).toBe(0);
});

test('two processes share one data folder, and only the last one out stops the database', async () => {
  const home = await newHome('shared');
  const second = { env: { ...home.env, PORT: String(await findFreePort()) } };
  const [a, b] = [start(home), start(second)]; // at once, on an empty folder
  await Promise.all([a.says('Rembuk: '), b.says('Rembuk: ')]);
  expect(await stop(a)).toBe(0);
  expect(existsSync(postmasterFile(home.cluster))).toBe(true);
  expect(await isReady(`http://127.0.0.1:${second.env.PORT}`)).toBe(true);
  expect(await stop(b)).toBe(0);
  expect(existsSync(postmasterFile(home.cluster))).toBe(false);
});

test('a signal during the start leaves no database behind', async () => {
  const home = await newHome('shared');
  const run = start(home);
  while (!existsSync(postmasterFile(home.cluster))) await delay(10);
  expect(await stop(run)).toBe(0);
  expect(existsSync(postmasterFile(home.cluster))).toBe(false);
});

test('a taken port is named, and the demo takes the next free one', async () => {
  const home = await newHome('first');
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(Number(home.env.PORT), '127.0.0.1', resolve));
  try {
    await expectOneLine(start(home), new RegExp(`^rembuk: Port ${home.env.PORT} is taken: set PORT`));
    expect(existsSync(postmasterFile(home.cluster))).toBe(false);
    const demo = start(home, { env: { DEMO: 'true' } });
    await demo.says('Rembuk: ');
    expect(demo.output()).not.toContain(`:${home.env.PORT}\n`);
    expect(await stop(demo)).toBe(0);
  } finally {
    server.close();
  }
});

test('a folder that cannot be written is named', async () => {
  const home = await newHome('unwritable');
  const blocker = join(folder, 'a-file');
  await writeFile(blocker, '');
  const below = join(blocker, 'data');
  await expectOneLine(
    start({ env: { ...home.env, DATA_DIR: below } }),
    /^rembuk: The folder .*a-file\/data cannot be written .*DATA_DIR/,
  );
  await expectOneLine(
    start({ env: { ...home.env, UPLOADS_DIR: below } }),
    /^rembuk: The folder .*a-file\/data cannot be written .*UPLOADS_DIR/,
  );
});

test.each(['DATA_DIR', 'UPLOADS_DIR', 'MASTER_KEY_FILE'])(
  'a place below one where nothing can be made is named, and does not hold the start up: %s',
  async (setting) => {
    const home = await newHome('first');
    const below = '/proc/rembuk/data';
    await expectOneLine(
      start({ env: { ...home.env, [setting]: below } }),
      /^rembuk: The .*\/proc\/rembuk.*ENOENT/,
    );
    expect(existsSync(postmasterFile(home.cluster))).toBe(false);
  },
);

test('a database that refuses the password says so in words', async () => {
  const home = await newHome('unwritable');
  const address = new URL(process.env.TEST_DATABASE_URL ?? '');
  address.password = 'salah-sekali';
  const run = start({ env: { ...home.env, DATABASE_URL: address.href } });
  await expectOneLine(run, /^rembuk: The database postgres on .* cannot be reached: password .* "rembuk"/);
  expect(run.errors()).not.toContain('salah-sekali');
});

test('a database that cannot be reached is named without its password', async () => {
  const home = await newHome('unwritable');
  const DATABASE_URL = `postgres://rembuk:rahasia@127.0.0.1:${await findFreePort()}/kantor`;
  const run = start({ env: { ...home.env, DATABASE_URL } });
  await expectOneLine(
    run,
    /^rembuk: The database kantor on 127\.0\.0\.1:\d+ cannot be reached: ECONNREFUSED/,
  );
  expect(run.errors()).not.toContain('rahasia');
});

test.each([
  ['PORT', 'eighty', /PORT must be a number/],
  ['PORT', '80.5', /PORT must be a whole number$/m],
  ['PORT', '70000', /PORT must be from 0 to 65535$/m],
  ['SESSION_IDLE_HOURS', '-1', /SESSION_IDLE_HOURS must be positive, from 0.1 to 720$/m],
  ['LOG_LEVEL', 'verbose', /LOG_LEVEL must be fatal, error, warn, info, debug or silent$/m],
  ['NODE_ENV', 'staging', /NODE_ENV must be production, development or test$/m],
  ['SETUP_CODE', 'kurang', /SETUP_CODE must have 8 characters or more$/m],
  ['BASE_URL', 'rembuk.example', /BASE_URL must be an http or https address/],
  ['SECURE_COOKIES', 'yes', /SECURE_COOKIES must be auto, true or false/],
  ['DATABASE_URL', 'mysql://x', /DATABASE_URL must begin with postgres:/],
  ['MASTER_KEY', 'short', /MASTER_KEY must be 64 hexadecimal digits/],
])('a bad setting %s is named', async (name, value, line) => {
  const run = start({ env: { [name]: value } });
  await expectOneLine(run, line);
  expect(run.errors()).toMatch(/^rembuk: Bad setting: /);
});

test('a file that holds no master key is named', async () => {
  const home = await newHome('first');
  const file = join(folder, 'bad.key');
  await writeFile(file, 'not a key');
  await expectOneLine(
    start({ env: { ...home.env, MASTER_KEY_FILE: file } }),
    /^rembuk: .*bad\.key is not a master key/,
  );
  expect(existsSync(postmasterFile(home.cluster))).toBe(false);
});

(asRoot && nobodyCanRead() ? test : test.skip)(
  'as an ordinary user it runs on a folder of that user',
  async () => {
    const user = nobody();
    const home = await newHome('ordinary');
    for (const place of [home.env.DATA_DIR, home.env.UPLOADS_DIR]) {
      await mkdir(String(place));
      await chown(String(place), user.uid, user.gid);
    }
    const run = start(home, user);
    await run.says('Rembuk: ');
    expect(await isReady(home.url)).toBe(true);
    expect(await stop(run)).toBe(0);
    const asRootAfterwards = start(home); // for a backup, say: the data stays theirs
    await asRootAfterwards.says('Rembuk: ');
    expect(await stop(asRootAfterwards)).toBe(0);
    const theirsAgain = start(home, user);
    await theirsAgain.says('Rembuk: ');
    expect(await stop(theirsAgain)).toBe(0);
  },
);
