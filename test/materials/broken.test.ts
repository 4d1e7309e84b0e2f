import { createWriteStream } from 'node:fs';
import { connect } from 'node:net';
import { createServer } from 'node:http';
import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createApp } from '../../src/app.js';
import { jobs } from '../../src/clock-work.js';
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FileStore } from '../../src/storage/file-store.js';
import { makeUser } from '../factories/people.js';
import { Visitor } from '../support/visitor.js';
import { openDesk, pdf, type Desk } from './support.js';

let desk: Desk;
let list: string;
beforeAll(async () => {
  desk = await openDesk();
  list = `/events/${(await desk.scene()).eventId}/materials`;
});
afterAll(() => desk.app.close());

const materials = () => desk.rows('SELECT id FROM material');

/** A disk whose last byte was written just before; the device says what a full disk says. */
class FullDisk extends FileStore {
  override async receive(content: Readable): Promise<never> {
    await pipeline(content, createWriteStream('/dev/full'));
    throw new Error('/dev/full took it');
  }
}

/** A folder that belongs to somebody else, as the system says it. */
class LockedFolder extends FileStore {
  override receive(content: Readable): Promise<never> {
    content.resume();
    return Promise.reject(Object.assign(new Error('locked'), { code: 'EACCES', syscall: 'open' }));
  }
}

test.each([
  ['a full disk', FullDisk, 'Ruang simpan server penuh'],
  ['a folder that cannot be written', LockedFolder, 'Server tidak dapat menulis'],
])('%s is told in words, to a browser and to a script, and leaves nothing', async (_what, Store, words) => {
  const app = createApp({ ...desk.app.deps, files: new Store(desk.app.settings.UPLOADS_DIR) });
  const files = [{ name: 'Modul.pdf', content: pdf() }];
  const page = await desk.upload(list, files, {}, { app });
  expect([page.status, page.text.includes(words)]).toEqual([507, true]);
  const script = await desk.upload(list, files, {}, { app, json: true });
  expect([script.status, (script.body as { error: string }).error.includes(words)]).toEqual([507, true]);
  expect([await materials(), await desk.stored()]).toEqual([[], []]);
});

test('a transaction that breaks off takes the files with it', async () => {
  await desk.rows(
    `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'power cut'; END $$`,
  );
  await desk.rows(`CREATE TRIGGER fail BEFORE INSERT ON material_version EXECUTE FUNCTION fail()`);
  expect((await desk.upload(list, [{ name: 'Modul.pdf', content: pdf('batal') }])).status).toBe(500);
  await desk.rows('DROP TRIGGER fail ON material_version');
  expect([await materials(), await desk.stored(), await desk.rows('SELECT 1 FROM stored_file')]).toEqual([
    [],
    [],
    [],
  ]);
});

test('an upload whose sender hangs up midway leaves nothing behind', async () => {
  const server = createServer(desk.app.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const { email } = await makeUser(desk.app.db, desk.host.office, ['secretary']);
  const cookie = (await new Visitor(desk.app.app).signIn(email)).cookies();
  const part = (head: string, body: string) =>
    `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}`;
  const begin = [
    part('name="visibility"', 'accepted\r\n'),
    part('name="files"; filename="satu.pdf"', `${pdf().toString()}\r\n`),
    part('name="files"; filename="dua.pdf"', '%PDF-1.4\n'),
  ].join('');
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `POST ${list} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nCookie: ${cookie}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 900000\r\n\r\n${begin}${'x'.repeat(200_000)}`,
  );
  while ((await desk.stored()).length < 2) await delay(20);
  socket.destroy();
  for (let tries = 0; tries < 50 && (await desk.stored()).length > 0; tries += 1) await delay(50);
  expect([await desk.stored(), await materials()]).toEqual([[], []]);
  await new Promise((resolve) => server.close(resolve));
});

test('a draft that a killed process left is dropped after a day, and one that still comes in is not', async () => {
  const folder = desk.app.settings.UPLOADS_DIR;
  const [old, fresh] = ['.part-old', '.part-fresh'].map((name) => join(folder, name)) as [string, string];
  for (const path of [old, fresh]) await writeFile(path, 'x');
  const longAgo = new Date(Date.now() - 25 * 3_600_000);
  await utimes(old, longAgo, longAgo);
  await jobs.find(({ name }) => name === 'files.drop_drafts')?.run(desk.app.deps);
  expect(await desk.stored()).toEqual(['.part-fresh']);
});

test('too many files at once are refused, saying how many may come', async () => {
  const files = Array.from({ length: 21 }, (_, n) => ({ name: `${n}.pdf`, content: pdf(String(n)) }));
  const { status, text } = await desk.upload(list, files);
  expect([status, text.includes('paling banyak 20')]).toEqual([422, true]);
  expect(await materials()).toEqual([]);
});
