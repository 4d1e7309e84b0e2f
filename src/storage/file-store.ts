import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Content that has arrived and belongs to nobody yet: to be kept, or thrown away. */
export interface Draft {
  path: string;
  sha256: string;
  /** In bytes. */
  size: number;
}

const draftName = /^\.part-/;

/** Files by the SHA-256 of their content: the same content is stored once, whatever it is called. */
export class FileStore {
  constructor(readonly root: string) {}

  /** Streams content to disk beside its place, without holding it in memory; what breaks off leaves nothing. */
  async receive(content: Readable): Promise<Draft> {
    const path = join(this.root, `.part-${randomUUID()}`);
    const hash = createHash('sha256');
    let size = 0;
    await mkdir(this.root, { recursive: true });
    try {
      await pipeline(
        content,
        async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            hash.update(chunk);
            size += chunk.length;
            yield chunk;
          }
        },
        createWriteStream(path, { flags: 'wx' }),
      );
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return { path, size, sha256: hash.digest('hex') };
  }

  /** Gives a draft its true name; a killed process leaves no half file under one. */
  async keep({ path, sha256 }: Draft): Promise<void> {
    const place = this.pathOf(sha256);
    if (existsSync(place)) return rm(path, { force: true });
    await mkdir(join(this.root, sha256.slice(0, 2)), { recursive: true });
    const handle = await open(path, 'r+');
    await handle.sync();
    await handle.close();
    await rename(path, place);
  }

  /** Throws a draft away; one that was kept has gone already. */
  discard({ path }: Pick<Draft, 'path'>): Promise<void> {
    return rm(path, { force: true });
  }

  /** Takes a content away for good; only `dropUnusedFile` knows when that is right. */
  remove(sha256: string): Promise<void> {
    return rm(this.pathOf(sha256), { force: true });
  }

  async put(content: Buffer): Promise<string> {
    const draft = await this.receive(Readable.from([content]));
    await this.keep(draft);
    return draft.sha256;
  }

  /** @param range first and last byte, both included (RFC 9110 §14.1.2) */
  read(sha256: string, range?: { start: number; end: number }): Readable {
    return createReadStream(this.pathOf(sha256), range);
  }

  has(sha256: string): boolean {
    return existsSync(this.pathOf(sha256));
  }

  /** Takes away drafts that a killed process left behind. @returns how many */
  async dropStaleDrafts(before: Date): Promise<number> {
    let dropped = 0;
    for (const name of await readdir(this.root)) {
      if (!draftName.test(name)) continue;
      const path = join(this.root, name);
      const found = await stat(path).catch(() => undefined);
      if (!found || found.mtime >= before) continue;
      await rm(path, { force: true });
      dropped += 1;
    }
    return dropped;
  }

  /** All stored contents, for the backup. */
  async *list(): AsyncGenerator<string> {
    const folders = await readdir(this.root, { withFileTypes: true });
    for (const folder of folders.filter((entry) => entry.isDirectory() && /^[0-9a-f]{2}$/.test(entry.name))) {
      for (const name of await readdir(join(this.root, folder.name)))
        if (/^[0-9a-f]{64}$/.test(name)) yield name;
    }
  }

  /** Two letters first, so that no folder grows to a hundred thousand entries. */
  pathOf(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a SHA-256');
    return join(this.root, sha256.slice(0, 2), sha256);
  }
}
