import type { LetterContent, Recipient } from '../../src/features/letters/content.js';
import { blockNames } from '../../src/features/letters/letter-words.js';
import { defaultSettings } from '../../src/features/letters/letters.schema.js';
import type { AnswerWay, Printing } from '../../src/features/letters/papers.js';

/** Fixed, so that what is printed from it is the same on every machine and day. */
export const printing: Printing = {
  logo: undefined,
  isDemo: false,
  isDraft: false,
  at: new Date('2022-08-01T01:00:00Z'),
};

export const recipient: Recipient = {
  invitationId: 7,
  name: 'LKSA Nurul Hikmah',
  address: 'Jalan Melati Nomor 5, Kota Banjarmasin',
  seats: 2,
};

export const way: AnswerWay = {
  url: 'https://rembuk.contoh.id/u/AQEAAAAHq83v0RjZ1nH3e5Lk8mPtWxYb',
  code: 'ABCDE-FGHJK',
  typedAt: 'rembuk.contoh.id/u',
};

const { classification, subject, opening, closing, notes } = defaultSettings;

/** A letter as an office that has set nothing would send it. */
export const sample: LetterContent = {
  format: 1,
  mode: 'each',
  layout: {
    font: 'serif',
    margins: { top: 15, right: 20, bottom: 15, left: 25 },
    datePlace: 'head',
    order: [...blockNames],
    place: 'Banjarmasin',
  },
  letterhead: {
    lines: ['PEMERINTAH PROVINSI KALIMANTAN SELATAN', 'DINAS SOSIAL'],
    address: 'Jalan Contoh Nomor 1, Banjarmasin · Telepon (0511) 000000',
    logo: null,
  },
  number: '005/123/Dinsos/VIII/2022',
  date: '2022-08-01',
  words: {
    ...{ classification, subject, opening, closing, notes },
    attachment: '-',
    addressee: 'Yth. Pimpinan {lks}\n{alamat_lks}',
    copies: 'Gubernur Kalimantan Selatan\nKepala Dinas Sosial Kota Banjarmasin',
  },
  values: {
    kegiatan: 'Bimbingan Teknis LKS se-Kalimantan Selatan',
    acara: 'Intervensi langsung bagi PPKS',
    jenis: 'Bimbingan Teknis',
    hari_tanggal: 'Selasa s.d. Kamis, 23 s.d. 25 Agustus 2022',
    pukul: '09.00 WITA s.d. selesai',
    tempat: 'Aula Dinas Sosial',
    jawab_sampai: 'Jumat, 12 Agustus 2022, 23.59 WITA',
    narahubung: 'Siti (0812-0000-0000)',
    catatan: 'Mohon membawa stempel lembaga.\nMakan siang disediakan.',
    instansi: 'Dinas Sosial Provinsi Kalimantan Selatan',
  },
  event: {
    title: 'Bimbingan Teknis LKS se-Kalimantan Selatan',
    day: 'Selasa s.d. Kamis, 23 s.d. 25 Agustus 2022',
    time: '09.00 WITA s.d. selesai',
    place: 'Aula Dinas Sosial, Jalan Contoh Nomor 1',
    subject: 'Intervensi langsung bagi PPKS',
    answerBy: 'Jumat, 12 Agustus 2022, 23.59 WITA',
  },
  signature: {
    position: ['a.n. Kepala Dinas Sosial', 'Sekretaris'],
    name: 'Drs. Contoh Penanda Tangan, M.Si.',
    below: ['Pembina Tingkat I', 'NIP 19700101 199503 1 001'],
  },
  recipients: [recipient],
};

/** The same for everybody, with their list: 135 of them, as in Kalimantan Selatan. */
export const sampleToAll: LetterContent = {
  ...sample,
  mode: 'list',
  layout: { ...sample.layout, font: 'sans', datePlace: 'signature' },
  words: {
    ...sample.words,
    addressee: 'Yth. Pimpinan LKS\n(daftar terlampir)\ndi tempat',
    attachment: '1 (satu) berkas',
  },
  recipients: Array.from({ length: 135 }, (_, at) => ({
    ...recipient,
    invitationId: at + 1,
    name: `LKSA Harapan Ke-${at + 1}`,
  })),
};
