import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sendPieces } from '../../src/web/send-pieces.js';

const size = 5_000_001;
let folder: string;
let path: string;
let content: Buffer;
let server: Server;
/** How each answer ended: a word, or what was thrown. */
let ends: string[];
/** What the head of an answer says that follows. */
let announced: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rembuk-pieces-'));
  path = join(folder, 'rekaman');
  content = randomBytes(size);
  await writeFile(path, content);
  server = createServer((_req, res) => {
    res.setHeader('Content-Length', announced);
    sendPieces(res, path, { start: 0, end: announced - 1 }).then(
      () => ends.push('sent'),
      (error: unknown) => {
        const { code, message } = error as Error & { code?: string };
        ends.push(code ?? message);
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  ends = [];
  announced = size;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

const ask = (): Promise<IncomingMessage> => {
  const { port } = server.address() as { port: number };
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, agent: false }, resolve).on('error', reject);
  });
};

async function ended(): Promise<string[]> {
  for (let tries = 0; tries < 200 && ends.length === 0; tries += 1) await delay(10);
  return ends;
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

test('readers of every speed, many at once, each get the whole content as it is', async () => {
  const readers = await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      const hash = createHash('sha256');
      for await (const chunk of await ask()) {
        hash.update(chunk as Buffer);
        // Now and then, so that what waits to be sent waits.
        if (n % 2 === 0) await delay(1);
      }
      return hash.digest('hex');
    }),
  );
  expect(new Set(readers)).toEqual(new Set([hashOf(content)]));
  expect(ends).toEqual(readers.map(() => 'sent'));
}, 30_000);

test('who goes away midway lets go of the file', async () => {
  const reader = await ask();
  await new Promise((resolve) => reader.once('data', resolve));
  reader.destroy();
  expect(await ended()).toEqual(['ECONNABORTED']);
  if (!existsSync('/proc/self/fd')) return;
  const held = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  );
  expect(held).not.toContain(path);
});

test('a file that has become shorter ends the connection, so that nobody waits for the rest', async () => {
  announced = size + 10;
  const reader = await ask();
  const read = async () => {
    for await (const _chunk of reader);
  };
  await expect(read()).rejects.toThrow('aborted');
  expect(await ended()).toEqual(['the file ended early']);
});
