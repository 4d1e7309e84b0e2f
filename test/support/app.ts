import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import pino from 'pino';
import type { DataSource } from 'typeorm';
import { Background } from '../../src/background.js';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import type { Deps } from '../../src/deps.js';
import { Jobs } from '../../src/jobs/jobs.js';
import { LinkKeys } from '../../src/links/tokens.js';
import { FileStore } from '../../src/storage/file-store.js';
import { connectTo, createTestDatabase } from './database.js';

/** A clock that stands still until a test moves it. */
export class TestClock {
  private at = new Date('2026-03-02T02:00:00Z');
  now = (): Date => new Date(this.at);
  set(iso: string): void {
    this.at = new Date(iso);
  }
  /** Moves on by hours. */
  forward(hours: number): void {
    this.at = new Date(this.at.getTime() + hours * 3_600_000);
  }
}

export interface TestApp {
  app: Express;
  deps: Deps;
  db: DataSource;
  clock: TestClock;
  /** What another process needs to serve the same house. */
  settings: { DATABASE_URL: string; MASTER_KEY: string; UPLOADS_DIR: string };
  close(): Promise<void>;
}

/** The real program on a database of its own. */
export async function startTestApp(settings: NodeJS.ProcessEnv = {}): Promise<TestApp> {
  const database = await createTestDatabase();
  const db = await connectTo(database);
  const uploads = await mkdtemp(join(tmpdir(), 'rembuk-uploads-'));
  const clock = new TestClock();
  const masterKey = randomBytes(32).toString('hex');
  const log = pino({ level: settings.LOG_LEVEL ?? 'silent' });
  const deps: Deps = {
    config: readConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent', UPLOADS_DIR: uploads, ...settings }),
    db,
    clock,
    links: new LinkKeys(masterKey),
    files: new FileStore(uploads),
    log,
    background: new Background(log),
    jobs: new Jobs(database.url, log),
  };
  return {
    app: createApp(deps),
    deps,
    db,
    clock,
    settings: { DATABASE_URL: database.url, MASTER_KEY: masterKey, UPLOADS_DIR: uploads },
    close: async () => {
      await deps.background.finished();
      // The database goes with the whole server at the end: dropping one costs a checkpoint of all.
      await db.destroy();
      await rm(uploads, { recursive: true, force: true });
    },
  };
}
