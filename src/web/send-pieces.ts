import { read } from 'node:fs';
import { open } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';

/**
 * All that one download has in memory: read, sent, and read into again. A stream would take new memory for every piece,
 * and with hundreds of downloads at once what waits to be cleared away is what fills the memory
 * (bench/day/downloads.ts); larger pieces take more of it, smaller ones more time.
 */
const pieceBytes = 128 * 1024;

/** Not the reading of a `FileHandle`: each of those leaves memory outside of the heap, which is cleared away late. */
const readInto = promisify(read);

const aborted = () => Object.assign(new Error('the reader went away'), { code: 'ECONNABORTED' });

/** Resolves when a piece is out of our hands. Of one whose connection has just ended nobody tells, but `close` does. */
function write(res: ServerResponse, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(aborted());
    res.once('close', gone);
    res.write(piece, (error) => {
      res.off('close', gone);
      if (error) reject(aborted());
      else resolve();
    });
  });
}

/**
 * Sends part of a file as the content of an answer whose head is set, and ends it.
 * @param range first and last byte, both included
 * @throws Error with the code ECONNABORTED when the reader went away; as the disk says when it cannot be read, or has
 *   become shorter: then the connection is ended, since the answer has begun and cannot be mended
 */
export async function sendPieces(
  res: ServerResponse,
  path: string,
  { start, end }: { start: number; end: number },
): Promise<void> {
  const file = await open(path);
  try {
    const piece = Buffer.allocUnsafeSlow(Math.min(pieceBytes, end - start + 1));
    for (let at = start; at <= end;) {
      const { bytesRead } = await readInto(file.fd, piece, 0, Math.min(piece.length, end - at + 1), at);
      if (bytesRead === 0 && Number(res.getHeader('Content-Length')) > at - start)
        throw new Error('the file ended early');
      if (bytesRead === 0) break;
      await write(res, piece.subarray(0, bytesRead));
      at += bytesRead;
    }
    res.end();
  } catch (error) {
    if (res.headersSent) res.destroy();
    throw error;
  } finally {
    await file.close();
  }
}
