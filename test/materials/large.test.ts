import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { openHouse, type House } from '../concurrency/house.js';
import { makeScene } from '../factories/scenes.js';
import { Visitor } from '../support/visitor.js';

// Real processes on a machine that others use too.
jest.setTimeout(120_000);

let house: House;
let organizer: Visitor;
let page: string;
beforeAll(async () => {
  house = await openHouse();
  organizer = await new Visitor(house.urls[0]).signIn(house.email);
  const { eventId } = await makeScene(house, { quota: { seats: 2 }, institutions: [{}] });
  page = `/events/${eventId}/materials`;
});
afterAll(() => house.close());

/** Most megabytes that the first process had in memory so far (Linux). */
async function peak(): Promise<number> {
  const status = await readFile(`/proc/${house.pids[0]}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

const zeros = Buffer.alloc(1_000_000);
const boundary = 'batas';

/** The form with a file of so many megabytes, sent as a browser does. */
async function sendMegabytes(
  count: number,
): Promise<{ status: number | undefined; text: string; seconds: number }> {
  const _csrf = await organizer.token(page);
  const field = (name: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const head = Buffer.from(
    `${field('_csrf', _csrf)}${field('visibility', 'accepted')}--${boundary}\r\n` +
      'Content-Disposition: form-data; name="files"; filename="rekaman rapat.mp4"\r\n\r\n',
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const sending = request(`${house.urls[0]}${page}`, {
      method: 'POST',
      headers: {
        accept: 'text/html',
        cookie: organizer.cookies(),
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': head.length + count * zeros.length + tail.length,
      },
    });
    sending.once('error', reject);
    sending.once('response', (response) => {
      const seconds = (performance.now() - started) / 1000;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString(), seconds }),
      );
    });
    const body = function* () {
      yield head;
      for (let sent = 0; sent < count; sent += 1) yield zeros;
      yield tail;
    };
    // Whoever is refused early stops sending, as browsers do: that breaks the pipe.
    void pipeline(Readable.from(body()), sending).catch(() => undefined);
  });
}

async function expectNothingLeft(): Promise<void> {
  const entries = await readdir(house.app.settings.UPLOADS_DIR, { recursive: true, withFileTypes: true });
  expect(entries.filter((entry) => entry.isFile())).toEqual([]);
  expect(await house.app.db.query('SELECT 1 FROM material')).toEqual([]);
}

const hasProc = existsSync('/proc/self/status');
if (!hasProc) process.stdout.write('Not measured: the memory of a large upload, for want of /proc\n');

test('a gigabyte is refused at once, in words, in little memory, and nothing of it stays', async () => {
  await organizer.get(page);
  const before = hasProc ? await peak() : 0;
  const { status, text, seconds } = await sendMegabytes(1000);
  expect([status, text.includes('Kiriman ini terlalu besar: paling besar 500 MB')]).toEqual([413, true]);
  expect(seconds).toBeLessThan(5);
  expect((hasProc ? await peak() : 0) - before).toBeLessThan(80);
  await expectNothingLeft();
});

test('a file past 200 MB is named beside its field, in little memory, and nothing of it stays', async () => {
  const before = hasProc ? await peak() : 0;
  const { status, text } = await sendMegabytes(201);
  expect([status, text.includes('rekaman rapat.mp4 terlalu besar, paling besar 200 MB')]).toEqual([
    413,
    true,
  ]);
  expect((hasProc ? await peak() : 0) - before).toBeLessThan(120);
  await expectNothingLeft();
});
