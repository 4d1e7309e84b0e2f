import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { Background } from './background.js';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import type { Jobs } from './jobs/jobs.js';
import type { LinkKeys } from './links/tokens.js';
import type { FileStore } from './storage/file-store.js';

/** What the program is made of; built once in main.ts, or by a test. */
export interface Deps {
  config: Config;
  db: DataSource;
  clock: Clock;
  links: LinkKeys;
  files: FileStore;
  log: Logger;
  background: Background;
  /** Does nothing before it is started, which only the program itself does. */
  jobs: Jobs;
}
