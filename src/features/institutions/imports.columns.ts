import { fold } from '../../spreadsheets/cells.js';
import type { TableRow } from '../../spreadsheets/read-table.js';
import { factFields, type FactField } from './institution.facts.js';

/** What a column of a list can hold. */
export const importFields = [
  ...factFields,
  'services',
  'leaderName',
  'leaderPhone',
  'accreditationGrade',
  'accreditationNumber',
  'accreditationIssuedOn',
  'accreditationValidUntil',
] as const;
export type ImportField = FactField | (typeof importFields)[number];

export interface ImportColumn {
  header: string;
  /** Empty: the column is not imported. */
  field: ImportField | '';
}

export interface FoundTable {
  columns: ImportColumn[];
  /** Number of the first line after the header. */
  dataFrom: number;
  /** Whether the header has a word for names: without one it may be no header at all. */
  knowsName: boolean;
}

const isDate = /\b(tgl|tanggal|date)\b/;
const isEnd = /\b(berlaku|masa|sampai|s d|berakhir|habis|kadaluarsa|kedaluwarsa|valid|until)\b/;
const isNumber = /\b(no|nomor|nomer|number|sertifikat)\b/;

/** By the words of the header, the special before the general: "nama ketua" before "nama". */
const byWords: [RegExp, (header: string) => ImportField | ''][] = [
  [/^(no|no urut|nomor|nomor urut|nr|urut)$/, () => ''],
  [
    /akreditasi|accredit/,
    (header) => {
      if (isEnd.test(header)) return 'accreditationValidUntil';
      if (isDate.test(header) || /\bthn|tahun\b/.test(header)) return 'accreditationIssuedOn';
      return isNumber.test(header) ? 'accreditationNumber' : 'accreditationGrade';
    },
  ],
  [
    /\bizin|\bijin|\bsiop|permit/,
    (header) =>
      isEnd.test(header) ? 'permitValidUntil' : isDate.test(header) ? 'permitDate' : 'permitNumber',
  ],
  [/\bakt[ae]\b|notaris|deed/, (header) => (isDate.test(header) ? 'deedDate' : 'deedNumber')],
  [/kemenkumham|menkumham|kumham|\bahu\b|badan hukum/, () => 'ministryDecree'],
  [/npwp|tax number/, () => 'taxNumber'],
  [
    /tanda daftar|tanda pendaftaran|terdaftar|registrasi|registration|pendaftaran|\bstp\b|\btdl?\b/,
    (header) => {
      if (isDate.test(header)) return 'registrationDate';
      return /status|sudah|keterangan/.test(header) || header === 'terdaftar' || header === 'registration'
        ? 'registrationState'
        : 'registrationNumber';
    },
  ],
  [
    /(ketua|pimpinan|kepala|pengurus|penanggung jawab|direktur|leader).*\b(hp|wa|telp|telepon|kontak|whatsapp|mobile|handphone)\b|\b(hp|wa|telp|telepon|kontak|mobile)\b.*(ketua|pimpinan|kepala|pengurus|leader)/,
    () => 'leaderPhone',
  ],
  [/\b(ketua|pimpinan|kepala|pengurus|penanggung jawab|pj|direktur|leader)\b/, () => 'leaderName'],
  [/lintang|latitude|^lat$/, () => 'latitude'],
  [/bujur|longitude|^(long|lng|lon)$/, () => 'longitude'],
  [/e ?mail|surel/, () => 'email'],
  [/\b(hp|telp|tlp|telepon|telpon|phone|handphone|wa|whatsapp|kontak|ponsel)\b/, () => 'phone'],
  [
    /^nama\b|^((lks|lksa|lembaga|panti|yayasan|orsos|kesejahteraan|sosial|asuhan|dan) ?)+$|^name\b/,
    () => 'name',
  ],
  [/kepemilikan|pemilik|milik|ownership|status (lembaga|panti|lks)/, () => 'ownership'],
  [/\b(jenis|layanan|pelayanan|kategori|bidang|klasifikasi|tipe|sasaran|services?)\b/, () => 'services'],
  [/kecamatan|^kec\b|district/, () => 'district'],
  [/kelurahan|\bdesa\b|^kel\b|village/, () => 'village'],
  [/\bkab|\bkota\b|wilayah|kabupaten|regency|daerah/, () => 'regionCode'],
  [/alamat|address|jalan/, () => 'address'],
];

const maleWords = /\b(l|lk|laki|laki laki|pria|male|putra)\b/;
const femaleWords = /\b(p|pr|perempuan|wanita|female|putri)\b/;
const clientWords =
  /klien|clients?|anak|binaan|penghuni|penerima manfaat|warga|jumlah|asuh|kelayan|lansia|dalam|luar|pm\b/;

function clientField(header: string): ImportField | '' {
  const isBare = /^(l|p|lk|pr|laki laki|perempuan)$/.test(header);
  if (!isBare && !clientWords.test(header)) return '';
  const place = /\bluar|outside/.test(header) ? 'Outside' : 'Inside';
  if (femaleWords.test(header)) return `clients${place}Female`;
  return maleWords.test(header) ? `clients${place}Male` : '';
}

/** Which fact a header names; empty when none is recognised. */
export function fieldOfHeader(header: string): ImportField | '' {
  const folded = fold(header);
  if (folded === '') return '';
  const clients = clientField(folded);
  if (clients) return clients;
  return byWords.find(([words]) => words.test(folded))?.[1](folded) ?? '';
}

/** Names each field once; of two columns for the same, the first wins. */
function nameColumns(headers: string[]): ImportColumn[] {
  const taken = new Set<string>();
  return headers.map((header) => {
    const field = fieldOfHeader(header);
    if (field === '' || taken.has(field)) return { header, field: '' };
    taken.add(field);
    return { header, field };
  });
}

const subHeader =
  /^(l|p|lk|pr|laki laki|pria|wanita|perempuan|putra|putri|no|nomor|tgl|tanggal|jumlah|jml|total|nama|jabatan|hp|no hp|wa|(dalam|luar)( panti| lks)?( l| p)?|masa berlaku|berlaku.*|peringkat|nilai|predikat|status|kec|kecamatan|kel|kelurahan|desa|jalan|kab kota)$/;

/** A second header line beneath merged cells: "Jumlah klien" above "L" and "P". */
function isSecondLine(next: string[] | undefined): next is string[] {
  const filled = (next ?? []).map(fold).filter(Boolean);
  return filled.length > 0 && filled.every((cell) => subHeader.test(cell));
}

function joinLines(first: string[], second: string[]): string[] {
  let group = '';
  return Array.from({ length: Math.max(first.length, second.length) }, (_, at) => {
    const [top = '', below = ''] = [first[at], second[at]];
    if (top) group = top;
    return below ? `${group} ${below}`.trim() : top;
  });
}

const isNumbering = (cells: string[]) => {
  const filled = cells.filter(Boolean);
  return filled.length > 2 && filled.every((cell, at) => new RegExp(`^\\(?${at + 1}\\)?$`).test(cell));
};

const searched = 40;

/** Finds the header among titles, letterheads and merged cells, and what each column holds. */
export function findTable(rows: TableRow[]): FoundTable {
  const scored = rows.slice(0, searched).map((row, index) => {
    const fields = new Set(row.cells.map(fieldOfHeader).filter(Boolean));
    return { index, score: fields.size + (fields.has('name') ? 2 : 0) };
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a), { index: 0, score: 0 });
  const widest = rows.slice(0, searched).findIndex((row) => row.cells.filter(Boolean).length > 1);
  const at = best.score > 1 ? best.index : Math.max(0, widest);
  const header = rows[at]?.cells ?? [];
  const second = rows[at + 1]?.cells;
  const isTwoLines = isSecondLine(second);
  const headers = isTwoLines ? joinLines(header, second) : header;
  const width = Math.max(...rows.map((row) => row.cells.length));
  const padded = Array.from({ length: width }, (_, column) => headers[column] ?? '');
  let next = at + (isTwoLines ? 2 : 1);
  if (isNumbering(rows[next]?.cells ?? [])) next += 1;
  const columns = nameColumns(padded);
  return {
    columns,
    dataFrom: rows[next]?.number ?? (rows.at(-1)?.number ?? 0) + 1,
    knowsName: columns.some(({ field }) => field === 'name'),
  };
}
