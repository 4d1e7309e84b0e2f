import { setTimeout as delay } from 'node:timers/promises';
import { writeTable } from '../src/spreadsheets/write-table.js';
import type { BenchPart, Measurement } from './harness.js';
import { inBenchHouse, peakMemoryMb, type BenchHouse } from './house.js';

const lines = 10_000;
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
const places = 'Kab. Banjar|Kota Banjarbaru|Banjarmasin|Tapin|Kab. Tabalong|Kotabaru|Balangan'.split('|');
const words = 'Nurul|Harapan|Bunda|Mulia|Sejahtera|Kasih|Amanah|Barokah|Cahaya|Insani'.split('|');
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

function writeList(): Promise<Buffer> {
  const rows = Array.from({ length: lines }, (_, at) => lineOf(at + 1));
  return writeTable({ name: 'LKS', headers, rows, widths: headers.map(() => 18) });
}

/** The page of an import says by itself when it is done. */
async function waitUntilDone({ organizer }: BenchHouse, page: string): Promise<void> {
  while ((await organizer.get(page)).text.includes('id="import-progress"')) await delay(100);
}

/** As a person does it: upload the file, look at the preview, confirm, see the result. */
async function importOnce(house: BenchHouse, content: Buffer): Promise<void> {
  const { organizer } = house;
  const start = '/institutions/import';
  const file = { field: 'file', content, name: 'daftar.xlsx' };
  const { headers: answer } = await organizer.upload(start, file, {}, start);
  const preview = String(answer.location);
  const { status } = await organizer.post(`${preview}/application`, {}, preview);
  await waitUntilDone(house, preview);
  const { text } = await organizer.get('/institutions');
  const isThere = /\b10[.,]?000 LKS/.test(text);
  if (status !== 303 || !isThere) throw new Error(`The list was not imported: ${status}, ${preview}`);
}

async function measure(house: BenchHouse): Promise<Measurement[]> {
  const content = await writeList();
  const start = performance.now();
  await importOnce(house, content);
  const seconds = (performance.now() - start) / 1000;
  const peak = await peakMemoryMb(house.pid);
  const results: Measurement[] = [
    { name: 'import_10000_s', value: seconds, unit: 's', goal: { atMost: 10 } },
  ];
  if (peak !== undefined)
    results.push({ name: 'import_peak_mb', value: peak, unit: 'MB', goal: { atMost: 300 } });
  return results;
}

/** A list of 10,000 LKS from upload to registry, and the memory of the process that does it (not PostgreSQL's). */
export const importing: BenchPart = {
  name: 'import',
  measure: () => inBenchHouse(() => Promise.resolve(), measure),
};
