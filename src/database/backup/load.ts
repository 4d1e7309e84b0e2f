import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { finished, pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import type { Readable } from 'node:stream';
import type { FileStore } from '../../storage/file-store.js';
import { columnList, quoted, type Head, type Manifest, type Sum } from './format.js';
import { Summing } from './summing.js';

interface OpenTable {
  name: string;
  copy: CopyStreamQuery;
  summing: Summing;
}

/** Feeds the parts of one table after another into COPY, and keeps what came for the comparison. */
export class TableLoader {
  readonly loaded: Manifest['tables'] = {};
  private current: OpenTable | undefined;

  constructor(
    private readonly client: pg.ClientBase,
    private readonly tables: Head['tables'],
  ) {}

  async add(name: string, content: Readable): Promise<void> {
    if (this.current?.name !== name) {
      await this.end();
      this.current = this.begin(name);
    }
    const { copy, summing } = this.current;
    for await (const chunk of content as AsyncIterable<Buffer>) {
      summing.add(chunk);
      if (!copy.write(chunk)) await once(copy, 'drain');
    }
  }

  async end(): Promise<void> {
    if (!this.current) return;
    const { name, copy, summing } = this.current;
    this.current = undefined;
    copy.end();
    await finished(copy);
    this.loaded[name] = { ...summing.sum(), rows: copy.rowCount };
  }

  /** Breaks off what is under way: the database takes nothing else, not even ROLLBACK, while it waits for rows. */
  async abandon(): Promise<void> {
    const copy = this.current?.copy;
    this.current = undefined;
    if (!copy) return;
    const ended = finished(copy).catch(() => undefined);
    copy.destroy(new Error('abandoned'));
    await ended;
  }

  private begin(name: string): OpenTable {
    const table = this.tables.find((known) => known.name === name);
    if (!table || name in this.loaded) throw new Error(`table ${name} is not expected here`);
    const copy = this.client.query(
      copyFrom(`COPY ${quoted(name)} (${columnList(table.columns)}) FROM STDIN`),
    );
    return { name, copy, summing: new Summing() };
  }
}

/** Uploads wait beside their places until everything is known to be sound. */
export class UploadLoader {
  readonly loaded: Record<string, Sum> = {};
  private readonly waiting: string;

  constructor(private readonly files: FileStore) {
    this.waiting = join(files.root, `.restore-${process.pid}`);
  }

  async add(sha256: string, content: Readable): Promise<void> {
    this.files.pathOf(sha256); // refuses a name that would lead elsewhere
    await mkdir(this.waiting, { recursive: true });
    const summing = new Summing();
    const target = createWriteStream(join(this.waiting, sha256), { flush: true });
    await pipeline(content, summing.through(), target);
    this.loaded[sha256] = summing.sum();
  }

  async keep(): Promise<void> {
    for (const sha256 of Object.keys(this.loaded)) {
      const place = this.files.pathOf(sha256);
      await mkdir(dirname(place), { recursive: true });
      await rename(join(this.waiting, sha256), place);
    }
    await this.clear();
  }

  async clear(): Promise<void> {
    await rm(this.waiting, { recursive: true, force: true });
  }
}
