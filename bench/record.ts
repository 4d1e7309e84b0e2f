import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import pino from 'pino';
import type { DataSource } from 'typeorm';
import { createApp } from '../src/app.js';
import { Background } from '../src/background.js';
import { systemClock } from '../src/clock.js';
import { readConfig } from '../src/config.js';
import { createDataSource } from '../src/database/data-source.js';
import { Jobs } from '../src/jobs/jobs.js';
import { LinkKeys } from '../src/links/tokens.js';
import { FileStore } from '../src/storage/file-store.js';
import type { BenchHouse } from './house.js';

export interface Statement {
  /** Of a statement that is planned once per connection. */
  name?: string;
  text: string;
  values: unknown[];
}

type Query = (this: pg.Client, ...given: unknown[]) => unknown;

const readCall = (given: unknown[]): Statement | undefined => {
  const [first, second] = given;
  const config: Partial<Statement> = typeof first === 'string' ? { text: first } : (first as Statement);
  const { name, text } = config;
  if (text === undefined) return undefined;
  const values = (Array.isArray(second) ? second : config.values) ?? [];
  return { ...(name && { name }), text, values };
};

/** Every statement that this process sends to PostgreSQL while `work` runs, and shortly after. */
export async function recordStatements(work: () => Promise<unknown>): Promise<Statement[]> {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  const seen: Statement[] = [];
  prototype.query = function (...given) {
    const statement = readCall(given);
    if (statement) seen.push(statement);
    return query.apply(this, given);
  };
  try {
    await work();
    // A session is kept alive after its answer has gone.
    await delay(200);
  } finally {
    prototype.query = query;
  }
  return seen;
}

/** The program once more, in this process, where its statements can be recorded; on the house's database. */
export async function inThisProcess<T>(
  house: Pick<BenchHouse, 'databaseUrl' | 'masterKey'>,
  work: (url: string, db: DataSource) => Promise<T>,
): Promise<T> {
  const db = await createDataSource({ url: house.databaseUrl }).initialize();
  const log = pino({ level: 'silent' });
  const deps = {
    config: readConfig({ NODE_ENV: 'production', LOG_LEVEL: 'silent' }),
    db,
    clock: systemClock,
    links: new LinkKeys(house.masterKey),
    files: new FileStore('/nonexistent'),
    log,
    background: new Background(log),
    jobs: new Jobs(house.databaseUrl, log),
  };
  const server = createApp(deps).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as { port: number };
    return await work(`http://127.0.0.1:${port}`, db);
  } finally {
    server.closeAllConnections();
    server.close();
    await db.destroy();
  }
}
