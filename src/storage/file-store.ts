import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** Files by the SHA-256 of their content: the same content is stored once, whatever it is called. */
export class FileStore {
  constructor(readonly root: string) {}

  /** Writes beside its place, then renames: a killed process leaves no half file under a true name. */
  async put(content: Buffer): Promise<string> {
    const sha256 = createHash('sha256').update(content).digest('hex');
    const place = this.pathOf(sha256);
    if (existsSync(place)) return sha256;
    const draft = join(this.root, `.part-${randomUUID()}`);
    await mkdir(join(this.root, sha256.slice(0, 2)), { recursive: true });
    try {
      const handle = await open(draft, 'wx');
      await handle.writeFile(content);
      await handle.sync();
      await handle.close();
      await rename(draft, place);
    } finally {
      await rm(draft, { force: true });
    }
    return sha256;
  }

  read(sha256: string): Readable {
    return createReadStream(this.pathOf(sha256));
  }

  has(sha256: string): boolean {
    return existsSync(this.pathOf(sha256));
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
