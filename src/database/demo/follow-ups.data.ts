import type { Verb } from '../../features/actions/action.machine.js';

/** Something that happened to a promise later. */
export interface PromiseStep {
  on: string;
  by: 'link' | 'office';
  does: 'note' | Extract<Verb, 'start' | 'hand_in' | 'verify' | 'return' | 'defer'>;
  text?: string;
  url?: string;
  until?: string;
}

/** What an event agreed on, as its minutes would say it. */
export interface Promised {
  problem?: string;
  title: string;
  proposedBy?: string;
  /** An LKS by its name, or the n-th of the office's. */
  owner: { unit: string } | { outside: string } | { institution: string | number };
  involved?: string;
  due: string | null;
  steps?: PromiseStep[];
}

/** What a later event of the series said about a promise, by its title. */
export type Evaluations = Record<string, { text: string; act: 'note' | 'start' | 'hand_in' }>;

export interface FollowUps {
  promised?: Promised[];
  evaluated?: Evaluations;
}

const recreation = 'Mengadakan kegiatan rekreasi bagi anak asuh LKSA se-Kabupaten Batang';
const batangAccreditation = 'LKS yang memenuhi standar mengajukan akreditasi';
const content = 'Menerbitkan satu konten tentang kegiatan lembaga dan mengirimkan tautannya';

const batang2022: FollowUps = {
  promised: [
    {
      title: recreation,
      proposedBy: 'LKKS Kabupaten Batang',
      owner: { outside: 'LKKS Kabupaten Batang' },
      involved: 'Semua LKSA',
      due: '2023-06-30',
      steps: [
        { on: '2023-01-17', by: 'link', does: 'start', text: 'Anggaran diajukan untuk liburan sekolah.' },
      ],
    },
    {
      title: 'Mengirim proposal ke Kementerian Sosial melalui Sentra Terpadu Kartini',
      problem: 'Sarana lembaga terbatas; bantuan dapat diajukan lewat proposal.',
      owner: { institution: 'LKSA Bahagia Darul Hikmah' },
      involved: 'Sentra Terpadu Kartini',
      due: '2023-03-31',
      steps: [
        { on: '2022-11-21', by: 'link', does: 'start', text: 'Proposal sedang disusun.' },
        { on: '2023-02-14', by: 'link', does: 'hand_in', text: 'Proposal dikirim, tanda terima disimpan.' },
        { on: '2023-02-20', by: 'office', does: 'verify' },
      ],
    },
    {
      title: batangAccreditation,
      problem: 'Sebagian LKS belum terakreditasi walaupun sudah memenuhi enam standar.',
      owner: { unit: 'Bidang Pemberdayaan Sosial' },
      involved: 'LKS se-Kabupaten Batang',
      due: '2023-09-30',
    },
  ],
};

const batang2023: FollowUps = {
  evaluated: {
    [recreation]: {
      text: 'Terlaksana pada bulan Juli, diikuti anak asuh dari delapan LKSA.',
      act: 'hand_in',
    },
    [batangAccreditation]: {
      text: 'Tiga LKS sudah mengajukan; yang lain masih melengkapi berkas. Didampingi penyuluh sosial.',
      act: 'start',
    },
  },
};

const kalsel2022: FollowUps = {
  promised: [
    {
      title: 'Menjangkau LKS yang belum pernah diundang pada bimtek berikutnya',
      problem: 'Hanya 30 dari 135 LKS dapat hadir.',
      owner: { unit: 'Bidang Pemberdayaan Sosial' },
      involved: 'Dinas Sosial kabupaten/kota',
      due: '2023-08-31',
      steps: [
        { on: '2022-09-12', by: 'office', does: 'start', text: 'Daftar LKS yang belum terjangkau disusun.' },
      ],
    },
    {
      title: 'Menyampaikan data klien terbaru kepada Dinas Sosial',
      owner: { institution: 3 },
      due: '2022-09-30',
      steps: [
        { on: '2022-09-06', by: 'link', does: 'hand_in', text: 'Data sudah kami kirim.' },
        { on: '2022-09-08', by: 'office', does: 'return', text: 'Jumlah klien di luar panti belum diisi.' },
        { on: '2022-09-15', by: 'link', does: 'hand_in', text: 'Sudah kami lengkapi.' },
        { on: '2022-09-16', by: 'office', does: 'verify' },
      ],
    },
  ],
};

const malang2021: FollowUps = {
  promised: [1, 4, 9].map((institution, at) => ({
    title: 'Mengurus izin operasional di DPMPTSP Provinsi dengan rekomendasi dinas',
    problem: 'Izin operasional belum ada atau sudah berakhir.',
    owner: { institution },
    involved: 'DPMPTSP Provinsi Jawa Timur',
    due: '2021-09-30',
    steps:
      at === 0
        ? [
            { on: '2021-06-02', by: 'link', does: 'start', text: 'Surat rekomendasi sudah kami terima.' },
            { on: '2021-08-24', by: 'link', does: 'hand_in', text: 'Izin sudah terbit.' },
            { on: '2021-08-27', by: 'office', does: 'verify' },
          ]
        : [],
  })),
};

const magelang2020: FollowUps = {
  promised: [
    {
      title: 'Menyusun program kerja LKKS bersama sebelas lembaga',
      owner: { outside: 'LKKS Kota Magelang' },
      involved: 'Sebelas LKS di Kota Magelang',
      due: '2020-06-30',
      steps: [
        { on: '2020-04-06', by: 'link', does: 'start' },
        { on: '2020-06-22', by: 'link', does: 'hand_in', text: 'Program kerja disepakati pengurus.' },
        { on: '2020-06-24', by: 'office', does: 'verify' },
      ],
    },
  ],
};

const klatenTraining: FollowUps = {
  promised: [0, 2, 5].map((institution, at) => ({
    title: content,
    owner: { institution },
    due: '2024-10-31',
    steps:
      at === 2
        ? []
        : [
            {
              on: `2024-10-${14 + at}`,
              by: 'link',
              does: 'hand_in',
              url: `https://konten-${at + 1}.example/lksa`,
            },
          ],
  })),
};

const klaten2024: FollowUps = {
  evaluated: {
    [content]: { text: 'Dibahas bersama; konten yang sudah terbit ditayangkan.', act: 'note' },
  },
  promised: [
    {
      title: 'LKS yang belum terakreditasi mengajukan akreditasi',
      problem: 'Enam dari empat belas panti asuhan belum terakreditasi.',
      owner: { unit: 'Bidang Pembinaan LKS' },
      involved: 'DISSOSP3APPKB Kabupaten Klaten',
      due: '2025-06-30',
    },
    {
      title: 'Melanjutkan kerja sama pendampingan anak asuh',
      owner: { outside: 'UIN Sunan Kalijaga Yogyakarta' },
      due: '2025-03-31',
    },
  ],
};

/** By the day and the office of the event. */
export const followUps: Record<string, FollowUps> = {
  '2020-02-13 magelang': magelang2020,
  '2021-03-25 malang': malang2021,
  '2022-08-23 kalsel': kalsel2022,
  '2022-10-20 batang': batang2022,
  '2023-10-19 batang': batang2023,
  '2024-09-18 klaten': klatenTraining,
  '2024-12-04 klaten': klaten2024,
};
