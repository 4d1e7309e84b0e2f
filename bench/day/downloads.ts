import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createDataSource } from '../../src/database/data-source.js';
import { FileStore } from '../../src/storage/file-store.js';
import type { Measurement } from '../harness.js';
import { makeAnswerScene, type AnswerScene } from '../scene.js';
import { startOwnServer, temporaryFolder, type OwnServer } from '../server.js';

const atOnce = 200;
const megabytes = 100;
const fileBytes = megabytes * 1_000_000;

/** A file of 100 MB that every invited institution may download. @returns its material's id */
async function handOut(folder: string, { databaseUrl, open }: AnswerScene): Promise<number> {
  const files = new FileStore(join(folder, 'uploads'));
  const chunk = randomBytes(1_000_000);
  const content = Readable.from(
    (function* () {
      for (let sent = 0; sent < megabytes; sent += 1) yield chunk;
    })(),
  );
  const draft = await files.receive(content);
  await files.keep(draft);
  const db = await createDataSource({ url: databaseUrl }).initialize();
  const [row] = (await db.query(
    `WITH f AS (INSERT INTO stored_file (sha256, size, media_type) VALUES ($1, $2, 'video/mp4') RETURNING id),
       m AS (INSERT INTO material (event_id, title, visibility)
         SELECT event_id, 'Rekaman', 'invited' FROM invitation WHERE id = $3 RETURNING id)
     INSERT INTO material_version (material_id, number, stored_file_id, file_name)
       SELECT m.id, 1, f.id, 'rekaman.mp4' FROM m, f RETURNING material_id AS id`,
    [draft.sha256, draft.size, open[0]?.id],
  )) as [{ id: number }];
  await db.destroy();
  return row.id;
}

/** Reads an answer to its end and throws it away. @returns its bytes, head included */
function download(url: string, path: string): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let bytes = 0;
    const socket = connect(Number(port), hostname, () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nUser-Agent: Mozilla/5.0\r\nConnection: close\r\n\r\n`),
    );
    socket.on('data', (chunk) => (bytes += chunk.length));
    socket.on('error', reject);
    socket.on('close', () => resolve(bytes));
  });
}

/** Most megabytes that a process had in memory so far; only Linux tells. */
async function peak({ pid }: OwnServer): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

async function rush(server: OwnServer, scene: AnswerScene, materialId: number): Promise<Measurement[]> {
  const started = performance.now();
  const sizes = await Promise.all(
    Array.from({ length: atOnce }, (_, n) => {
      const { path = '' } = scene.open[n % scene.open.length] ?? {};
      return download(server.url, `${path}/materials/${materialId}`);
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  const short = sizes.filter((size) => size < fileBytes).length;
  if (short > 0) throw new Error(`${short} of ${atOnce} downloads were not whole`);
  return [
    { name: 'download_peak_mb', value: await peak(server), unit: 'MB', goal: { atMost: 300 } },
    { name: 'download_mb_per_s', value: (atOnce * megabytes) / seconds, unit: 'MB/s' },
  ];
}

/** Two hundred phones that download a recording of 100 MB at once: it must not be in memory, not even once. */
export async function downloads(): Promise<Measurement[]> {
  const folder = await temporaryFolder();
  const scene = await makeAnswerScene(folder.path);
  try {
    const materialId = await handOut(folder.path, scene);
    const server = await startOwnServer(folder.path, {
      DATABASE_URL: scene.databaseUrl,
      MASTER_KEY: scene.masterKey,
    });
    try {
      return await rush(server, scene, materialId);
    } finally {
      await server.stop();
    }
  } finally {
    await scene.close();
    await folder.remove();
  }
}
