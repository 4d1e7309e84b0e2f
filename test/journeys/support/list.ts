import { writeTable } from '../../../src/spreadsheets/write-table.js';

/** LKS as the office's list has them: name, service, region, leader, phone. */
export const listed = [
  ['LKSA Harapan Bunda', 'Anak', 'Kota Banjarmasin', 'Siti Rahmah', '0812 5000 1001'],
  ['LKSA Nurul Iman', 'Anak', 'Kota Banjarbaru', 'Ahmad Fauzi', '0812 5000 1002'],
  ['LKSA Budi Mulia', 'Anak', 'Kab. Banjar', 'Hasanuddin', '0812 5000 1003'],
  ['LKSA Al-Hidayah', 'Anak', 'Kab. Tanah Laut', 'Rusmini', '0812 5000 1004'],
  ['LKSA Kasih Ibu', 'Anak', 'Kota Banjarmasin', 'Norhayati', '0812 5000 1005'],
  ['Panti Wreda Budi Sejahtera', 'Lansia', 'Kota Banjarbaru', 'Kartini', '0812 5000 1006'],
  ['LKS Disabilitas Fajar Harapan', 'Disabilitas', 'Kab. Banjar', 'Supriadi', '0812 5000 1007'],
] as const;

/** The list as offices keep it: a title above, the header in the fourth line, a totals row at the end. */
export function officeList(): Promise<Buffer> {
  const none = ['', '', '', '', ''];
  return writeTable({
    name: 'Data LKS',
    headers: ['DAFTAR LKS PROVINSI KALIMANTAN SELATAN', ...none],
    rows: [
      ['Keadaan Februari 2026', ...none],
      ['', ...none],
      ['No', 'Nama LKS', 'Jenis Layanan', 'Kabupaten/Kota', 'Nama Ketua', 'No. HP Ketua'],
      ...listed.map((row, at) => [at + 1, ...row]),
      ['', 'Jumlah', '', '', '', `${listed.length} LKS`],
    ],
    widths: [5, 40, 20, 25, 25, 18],
  });
}
