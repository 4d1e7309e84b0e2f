import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { Sum } from './format.js';

export const sumOf = (content: Buffer): Sum => ({
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
});

/** Counts and hashes what passes, over as many pieces as come. */
export class Summing {
  private readonly hash = createHash('sha256');
  private bytes = 0;

  add(chunk: Buffer): void {
    this.hash.update(chunk);
    this.bytes += chunk.length;
  }

  through(): Transform {
    return new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        this.add(chunk);
        done(null, chunk);
      },
    });
  }

  /** Ends it: nothing may be added afterwards. */
  sum(): Sum {
    return { bytes: this.bytes, sha256: this.hash.digest('hex') };
  }
}
