import type { TextTable } from '../../i18n/translate.js';

export const officeTexts = {
  'office.name': ['Nama instansi', 'Name of the office'],
  'office.name_hint': [
    'Misalnya: Dinas Sosial Provinsi Kalimantan Selatan',
    'Such as: Dinas Sosial Provinsi Kalimantan Selatan',
  ],
  'office.short_name': ['Nama singkat', 'Short name'],
  'office.short_name_hint': ['Misalnya: Dinsos Kalsel', 'Such as: Dinsos Kalsel'],
  'office.region': ['Wilayah', 'Region'],
  'office.region_hint': [
    'Provinsi, atau kabupaten/kota. LKS di wilayah ini terlihat oleh instansi; zona waktu mengikuti wilayah.',
    'A province, or a regency/city. The office sees the institutions within it; the time zone follows from it.',
  ],
  'office.whole_province': ['Provinsi {{name}}', 'Province of {{name}}'],
} as const satisfies TextTable;
