import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/database/data-source.js';

const serverUrl = process.env.TEST_DATABASE_URL ?? '';

export interface TestDatabase {
  url: string;
  name: string;
  drop(): Promise<void>;
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** A database of its own for one test file: a clone of the migrated template, or empty. */
export async function createTestDatabase(from: 'template' | 'empty' = 'template'): Promise<TestDatabase> {
  if (!serverUrl) throw new Error('Start the tests with `npm test`: it brings the database');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const source = from === 'template' ? 'TEMPLATE rembuk_template STRATEGY FILE_COPY' : 'TEMPLATE template0';
  await onServer(`CREATE DATABASE ${name} ${source}`);
  return {
    url: serverUrl.replace(/\/postgres$/, `/${name}`),
    name,
    drop: () => onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

export async function connectTo(database: TestDatabase, poolSize = 10): Promise<DataSource> {
  return createDataSource({ url: database.url, poolSize }).initialize();
}
