import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createDataSource } from '../../src/database/data-source.js';
import { LinkKeys } from '../../src/links/tokens.js';
import { FileStore } from '../../src/storage/file-store.js';
import type { Measurement } from '../harness.js';
import { peakMemoryMb, type BenchHouse } from '../house.js';
import { startOwnServer, temporaryFolder, type OwnServer } from '../server.js';
import type { DayEvent } from './check-ins.js';

const atOnce = 200;
const megabytes = 100;
const fileBytes = megabytes * 1_000_000;

/** A file of 100 MB that every invited institution may download. @returns where each of them finds it */
async function handOut(folder: string, house: BenchHouse, { id: eventId }: DayEvent): Promise<string[]> {
  const files = new FileStore(join(folder, 'uploads'));
  const chunk = randomBytes(1_000_000);
  const content = Readable.from(
    (function* () {
      for (let sent = 0; sent < megabytes; sent += 1) yield chunk;
    })(),
  );
  const draft = await files.receive(content);
  await files.keep(draft);
  const db = await createDataSource({ url: house.databaseUrl }).initialize();
  const [material] = (await db.query(
    `WITH f AS (INSERT INTO stored_file (sha256, size, media_type) VALUES ($1, $2, 'video/mp4') RETURNING id),
       m AS (INSERT INTO material (event_id, title, visibility) VALUES ($3, 'Rekaman', 'invited') RETURNING id)
     INSERT INTO material_version (material_id, number, stored_file_id, file_name)
       SELECT m.id, 1, f.id, 'rekaman.mp4' FROM m, f RETURNING material_id AS id`,
    [draft.sha256, draft.size, eventId],
  )) as [{ id: number }];
  const invitations = (await db.query('SELECT id FROM invitation WHERE event_id = $1 ORDER BY id LIMIT $2', [
    eventId,
    atOnce,
  ])) as { id: number }[];
  await db.destroy();
  const links = new LinkKeys(house.masterKey);
  return invitations.map(({ id }) => `/u/${links.token('invitation', id, 1)}/materials/${material.id}`);
}

/** Where everything is read to, one after the other: it is only counted, and so takes no time from what is measured. */
const sink = Buffer.allocUnsafeSlow(1024 * 1024);

/** Reads an answer to its end and throws it away. @returns its bytes, head included */
function download(url: string, path: string): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let bytes = 0;
    const count = (read: number) => {
      bytes += read;
      return true;
    };
    const onread = { buffer: sink, callback: count };
    const socket = connect({ port: Number(port), host: hostname, onread }, () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nUser-Agent: Mozilla/5.0\r\nConnection: close\r\n\r\n`),
    );
    // Nothing comes as `data` any more, but reading has to be begun.
    socket.resume();
    socket.on('error', reject);
    socket.on('close', () => resolve(bytes));
  });
}

async function rush(server: OwnServer, paths: string[]): Promise<Measurement[]> {
  const started = performance.now();
  const sizes = await Promise.all(paths.map((path) => download(server.url, path)));
  const seconds = (performance.now() - started) / 1000;
  const whole = sizes.filter((size) => size >= fileBytes).length;
  if (whole < atOnce) throw new Error(`of ${atOnce} downloads ${whole} were whole`);
  const memory = (await peakMemoryMb(server.pid)) ?? NaN;
  return [
    { name: 'download_peak_mb', value: memory, unit: 'MB', goal: { atMost: 300 } },
    { name: 'download_mb_per_s', value: (atOnce * megabytes) / seconds, unit: 'MB/s' },
  ];
}

/**
 * Two hundred phones that download a recording of 100 MB at once: it must not be in memory, not even once. The program
 * that hands it out is one that has done nothing else.
 */
export async function rushOfDownloads(house: BenchHouse, event: DayEvent): Promise<Measurement[]> {
  const folder = await temporaryFolder();
  try {
    const paths = await handOut(folder.path, house, event);
    const server = await startOwnServer(folder.path, {
      DATABASE_URL: house.databaseUrl,
      MASTER_KEY: house.masterKey,
    });
    try {
      return await rush(server, paths);
    } finally {
      await server.stop();
    }
  } finally {
    await folder.remove();
  }
}
