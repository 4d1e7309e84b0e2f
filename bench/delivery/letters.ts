import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { systemClock } from '../../src/clock.js';
import { createDataSource, inTransaction } from '../../src/database/data-source.js';
import { startEmbedded } from '../../src/database/embedded.js';
import { migrate } from '../../src/database/migrate.js';
import { giveNumber } from '../../src/features/letters/numbers.service.js';
import { beginLetter, issueLetter } from '../../src/features/letters/writing.service.js';
import { syncRegions } from '../../src/features/regions/regions.service.js';
import { LinkKeys } from '../../src/links/tokens.js';
import { projectRoot } from '../../src/paths.js';
import { FileStore } from '../../src/storage/file-store.js';
import { keepFile } from '../../src/storage/stored-files.js';
import { makeHost, makeScene } from '../../test/factories/scenes.js';
import type { Measurement } from '../harness.js';
import { temporaryFolder } from '../server.js';

/** As many LKS as Kalimantan Selatan invited in 2022. */
const institutions = 135;

const logo = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="460">
  <path d="M20 20h360v260q0 120-180 170q-180-50-180-170z" fill="#0f5c63" stroke="#c9a227" stroke-width="20"/></svg>`;

/** An issued letter to all of them, each with its own, on a letterhead with a logo. @returns their invitations */
async function issueOne(url: string, uploads: string, masterKey: string): Promise<number[]> {
  const db = await createDataSource({ url }).initialize();
  await migrate(db, syncRegions);
  const links = new LinkKeys(masterKey);
  const host = await makeHost({ db, clock: systemClock, links });
  const files = new FileStore(uploads);
  const picture = await sharp(Buffer.from(logo)).png().toBuffer();
  const logoId = await inTransaction(db, (tx) => keepFile(tx, files, picture, 'image/png'));
  await db.query(
    `UPDATE office SET logo_file_id = $2, letterhead_lines = $3, number_unit = 'Dinsos' WHERE id = $1`,
    [host.office.id, logoId, ['PEMERINTAH PROVINSI', 'DINAS SOSIAL', 'Jalan Contoh Nomor 1']],
  );
  await db.query(
    `INSERT INTO signatory (office_id, name, position, nip, sort) VALUES ($1, 'Siti Kepala', 'Kepala Dinas Sosial', repeat('1', 18), 1)`,
    [host.office.id],
  );
  const { eventId, invitations } = await makeScene(host, {
    quota: { seats: 200 },
    institutions: Array.from({ length: institutions }, (_, at) => ({ name: `LKSA Ukur ${at + 1}` })),
  });
  const deps = { db, files, clock: systemClock };
  const letterId = await beginLetter(deps, host.actor, eventId);
  const ids = { eventId, letterId };
  await giveNumber(deps, host.actor, ids, { date: '2026-03-02', serial: null, suffix: '', number: '' });
  await issueLetter(deps, host.actor, ids);
  await db.destroy();
  return invitations;
}

/** How long 135 letters take, one PDF for each LKS with its own code, and how much memory a process needs for that. */
export async function lettering(): Promise<Measurement[]> {
  const folder = await temporaryFolder();
  const database = await startEmbedded({ dataDir: join(folder.path, 'data') });
  try {
    const masterKey = randomBytes(32).toString('hex');
    const uploads = join(folder.path, 'uploads');
    const invitations = await issueOne(database.url, uploads, masterKey);
    const settings = { DATABASE_URL: database.url, UPLOADS_DIR: uploads, MASTER_KEY: masterKey };
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(projectRoot, 'bench/delivery/print-letters.ts')],
      { env: { ...process.env, ...settings, INVITATIONS: invitations.join() } },
    );
    const { files, seconds, peakMb } = JSON.parse(stdout) as {
      files: number;
      seconds: number;
      peakMb: number;
    };
    if (files !== institutions) throw new Error(`${files} letters were printed, not ${institutions}`);
    return [
      { name: 'letters_135_s', value: seconds, unit: 's', goal: { atMost: 10 } },
      { name: 'letters_peak_mb', value: peakMb, unit: 'MB', goal: { atMost: 350 } },
    ];
  } finally {
    await database.stop();
    await folder.remove();
  }
}
