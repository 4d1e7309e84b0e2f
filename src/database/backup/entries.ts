import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import { extract } from 'tar-stream';

export interface ArchiveEntry {
  name: string;
  content: Readable;
}

/**
 * The entries of a backup in their order; each must be read to its end before the next. Reads on to the very
 * end of the file, whose checksum covers what lies between the entries too.
 */
export async function* archiveEntries(file: string): AsyncGenerator<ArchiveEntry> {
  const tar = extract();
  const reading = pipeline(createReadStream(file), createGunzip(), tar);
  reading.catch(() => undefined); // told by the loop or by the await below
  for await (const content of tar)
    yield { name: content.header.name, content: content as unknown as Readable };
  await reading;
}

/** A small entry whole. */
export async function readSmall(content: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit) throw new Error('an entry is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
