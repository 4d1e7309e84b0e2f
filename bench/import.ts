// How long a list of 10,000 LKS takes from upload to registry, and the memory of the process that does it.
// Run alone (`tsx bench/import.ts`) it prints one line of JSON; `measureImport` does so in a process of its own.
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { DataSource } from 'typeorm';

export interface ImportMeasure {
  /** Preview and confirmation together. */
  seconds: number;
  /** Peak resident memory of the process, without that of PostgreSQL. */
  peakMb: number;
}

const lines = 10_000;
const self = fileURLToPath(import.meta.url);
const headers = [
  'No',
  'Nama LKS',
  'Jenis Layanan',
  'Kab/Kota',
  'Alamat',
  'Kecamatan',
  'Nama Ketua',
  'No. HP',
  'No Tanda Daftar',
  'Tanggal Tanda Daftar',
  'Klien L',
  'Klien P',
];
const places = [
  'Kab. Banjar',
  'Kota Banjarbaru',
  'Banjarmasin',
  'Tapin',
  'Kab. Tabalong',
  'Kotabaru',
  'Balangan',
];
const words = [
  'Nurul',
  'Harapan',
  'Bunda',
  'Mulia',
  'Sejahtera',
  'Kasih',
  'Amanah',
  'Barokah',
  'Cahaya',
  'Insani',
];
const services = ['LKSA', 'Lanjut Usia', 'LKSA, Disabilitas', 'NAPZA'];

const of = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

function lineOf(n: number): (string | number | null)[] {
  const name = `Panti ${of(words, n)} ${of(words, Math.floor(n / 10))} ${of(words, Math.floor(n / 100))} ${n}`;
  return [
    n,
    name,
    of(services, n),
    of(places, n),
    `Jl. ${of(words, n + 3)} No. ${n}`,
    `Kecamatan ${n % 150}`,
    `Orang Contoh ${n}`,
    81_200_000_000 + n,
    `TD/${n}/2021`,
    '4 Desember 2021',
    n % 40,
    n % 35,
  ];
}

async function openDatabase(): Promise<{ db: DataSource; close(): Promise<void> }> {
  const [{ startEmbedded }, { createDataSource }, { migrate }, { syncRegions }] = await Promise.all([
    import('../src/database/embedded.js'),
    import('../src/database/data-source.js'),
    import('../src/database/migrate.js'),
    import('../src/features/regions/regions.service.js'),
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'rembuk-bench-'));
  await chmod(folder, 0o755);
  const server = await startEmbedded({ dataDir: join(folder, 'data') });
  const db = await createDataSource({ url: server.url }).initialize();
  await migrate(db, syncRegions);
  const close = async () => {
    await db.destroy();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { db, close };
}

async function makeActor(db: DataSource) {
  const [office] = (await db.query(
    `INSERT INTO office (name, short_name, region_code, zone) VALUES ('Dinas Sosial', 'Dinsos', '63', 'Asia/Makassar')
     RETURNING id`,
  )) as [{ id: number }];
  const [user] = (await db.query(
    `INSERT INTO app_user (email, name) VALUES ('bench@contoh.id', 'Bench') RETURNING id`,
  )) as [{ id: number }];
  const acting = {
    ...office,
    name: 'Dinas Sosial',
    shortName: 'Dinsos',
    regionCode: '63',
    zone: 'Asia/Makassar',
  };
  return {
    userId: user.id,
    name: 'Bench',
    email: 'bench@contoh.id',
    isInstallationAdmin: false,
    officeCount: 1,
    office: { ...acting, accent: '#0f5c63', roles: ['organizer' as const] },
  };
}

async function writeFileTo(path: string): Promise<void> {
  const { writeTable } = await import('../src/spreadsheets/write-table.js');
  const rows = Array.from({ length: lines }, (_, at) => lineOf(at + 1));
  await writeFile(path, await writeTable({ name: 'LKS', headers, rows, widths: headers.map(() => 18) }));
}

async function measureHere(path: string): Promise<ImportMeasure> {
  const { applyImport, previewImport } = await import('../src/features/institutions/imports.service.js');
  const { db, close } = await openDatabase();
  try {
    const actor = await makeActor(db);
    const start = performance.now();
    const file = { name: 'daftar.xlsx', content: await readFile(path) };
    const id = await previewImport(db, actor, file, new Date());
    const outcome = await applyImport(db, actor, id, new Date());
    const seconds = (performance.now() - start) / 1000;
    const [{ count }] = (await db.query('SELECT count(*)::int AS count FROM institution')) as [
      { count: number },
    ];
    if (outcome !== 'applied' || count !== lines)
      throw new Error(`${outcome}: ${count} of ${lines} were imported`);
    return {
      seconds: Math.round(seconds * 100) / 100,
      peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
    };
  } finally {
    await close();
  }
}

async function inOwnProcess(step: 'write' | 'measure', path: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, self, step, path]);
  return stdout.trim().split('\n').at(-1) ?? '';
}

/** Writes the file and imports it in a process each, so that the peak is that of an import and of nothing else. */
export async function measureImport(): Promise<ImportMeasure> {
  const folder = await mkdtemp(join(tmpdir(), 'rembuk-list-'));
  const path = join(folder, 'daftar.xlsx');
  try {
    await inOwnProcess('write', path);
    return JSON.parse(await inOwnProcess('measure', path)) as ImportMeasure;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === self) {
  const [step, path = ''] = process.argv.slice(2);
  if (step === 'write') await writeFileTo(path);
  else
    process.stdout.write(
      `${JSON.stringify(step === 'measure' ? await measureHere(path) : await measureImport())}\n`,
    );
}
