import type { BlockKind } from '../../features/minutes/minutes.words.js';

/** A line of minutes as a secretary would write it. */
export interface ToldLine {
  kind: Exclude<BlockKind, 'response'>;
  /** Place in the agenda; none for the opening and what belongs to no item. */
  item?: number;
  text: string;
  /** Who spoke: somebody of the plan, by place in the list of speakers, or a position. */
  speaker?: number;
  person?: string;
  /** Start of the name of an LKS of the event, or another origin. */
  origin?: string;
  responses?: { text: string; speaker?: number }[];
}

export interface ToldMinutes {
  letterNumber: string;
  lines: ToldLine[];
  /** Papers handed over to so many institutions, in the order of their names. */
  handovers?: { document: string; count: number };
  reviews?: { programme: string; result: string; note: string }[];
  indicators?: {
    name: string;
    year: number | null;
    source: string;
    total: number;
    parts: { name: string; value: number }[];
  }[];
  /** How far they have come. */
  until: 'draft' | 'submitted' | 'published';
}

const batang2022: ToldMinutes = {
  letterNumber: '005/CONTOH/X/2022',
  until: 'published',
  lines: [
    {
      kind: 'opening',
      speaker: 0,
      text: 'Kepala Dinas Sosial membuka rapat, menyampaikan terima kasih kepada pengurus LKS, dan berharap kelembagaan LKS makin kuat.',
    },
    {
      kind: 'discussion',
      item: 1,
      speaker: 1,
      text: 'Arahan tentang pembinaan LKS dan peran LKKS Kabupaten Batang dalam koordinasi.',
    },
    {
      kind: 'discussion',
      item: 2,
      speaker: 2,
      text: 'Enam standar akreditasi LKS: program, proses layanan, manajemen, sumber daya manusia, sarana dan prasarana, serta hasil layanan.',
    },
    {
      kind: 'issue',
      item: 3,
      person: 'Pengurus',
      origin: 'LKSA Bahagia Darul Hikmah',
      text: 'Anak asuh tidak dapat masuk sekolah negeri di sekitar LKSA: zonasi menurut kartu keluarga, sedangkan surat keterangan domisili tidak diterima.',
      responses: [
        {
          speaker: 3,
          text: 'Ketentuan ini kebijakan nasional. Dinas akan menyampaikannya kepada instansi yang berwenang.',
        },
      ],
    },
    {
      kind: 'decision',
      item: 3,
      text: 'LKKS Kabupaten Batang mengusulkan kegiatan rekreasi bagi anak asuh LKSA.',
    },
    {
      kind: 'decision',
      item: 3,
      text: 'LKS dapat mengajukan proposal kepada kementerian melalui Sentra Terpadu Kartini.',
    },
    { kind: 'decision', item: 3, text: 'LKS yang memenuhi standar mengajukan akreditasi.' },
  ],
};

const klaten2024: ToldMinutes = {
  letterNumber: '005/CONTOH/LKKS-KLT/XI/2024',
  until: 'submitted',
  lines: [
    {
      kind: 'opening',
      speaker: 0,
      text: 'Ketua LKKS membuka rapat akhir tahun dan menyampaikan laporan penggunaan anggaran dari kabupaten.',
    },
    {
      kind: 'discussion',
      item: 1,
      speaker: 0,
      text: 'Kerja sama dengan UIN Sunan Kalijaga Yogyakarta dalam pendampingan anak asuh LKS/LKSA dilaporkan.',
    },
    {
      kind: 'discussion',
      item: 2,
      speaker: 1,
      text: 'Data anak yatim tanggungan pemerintah dan panti asuhan disampaikan sebagaimana terlampir.',
    },
    { kind: 'decision', item: 3, text: 'LKS yang belum terakreditasi diimbau segera mengajukan akreditasi.' },
  ],
  reviews: [
    {
      programme: 'Kerja sama dengan UIN Sunan Kalijaga Yogyakarta: pendampingan anak asuh LKS/LKSA',
      result: 'Terlaksana',
      note: '',
    },
    {
      programme: 'Branding setiap LKS/LKSA melalui pelatihan konten kreator',
      result: 'Pelatihan terlaksana pada tahun 2024',
      note: '',
    },
  ],
  indicators: [
    {
      name: 'Anak yatim tanggungan pemerintah',
      year: 2023,
      source: 'DISSOSP3APPKB',
      total: 1225,
      parts: [
        { name: 'di luar panti', value: 969 },
        { name: 'di dalam panti', value: 256 },
      ],
    },
    {
      name: 'Panti asuhan',
      year: null,
      source: '',
      total: 14,
      parts: [
        { name: 'terakreditasi', value: 8 },
        { name: 'belum terakreditasi', value: 6 },
      ],
    },
  ],
};

const malang2021: ToldMinutes = {
  letterNumber: '005/CONTOH/35.73.403/2021',
  until: 'published',
  lines: [
    {
      kind: 'opening',
      speaker: 0,
      text: 'Wali Kota Malang membuka kegiatan dan menyerahkan sertifikat akreditasi kepada LKS.',
    },
    { kind: 'discussion', item: 2, speaker: 1, text: 'Kemampuan pengurus dan pemutakhiran data LKS.' },
    {
      kind: 'discussion',
      item: 3,
      speaker: 2,
      text: 'LKS mengurus izin operasional di DPMPTSP Provinsi dengan rekomendasi dinas.',
    },
    {
      kind: 'decision',
      item: 4,
      text: 'LKS yang belum terdaftar mengajukan izin operasional dengan rekomendasi dinas.',
    },
  ],
  handovers: { document: 'Sertifikat akreditasi', count: 6 },
};

const magelang2020: ToldMinutes = {
  letterNumber: '005/CONTOH/230/2020',
  until: 'published',
  lines: [
    { kind: 'opening', speaker: 0, text: 'Pemandu membuka acara dan memperkenalkan narasumber.' },
    {
      kind: 'discussion',
      item: 1,
      speaker: 1,
      text: 'Pengalaman LKKS Kabupaten Temanggung dalam koordinasi LKS.',
    },
    { kind: 'decision', text: 'LKKS Kota Magelang menyusun program kerja bersama LKS.' },
  ],
};

const kalsel2022: ToldMinutes = {
  letterNumber: '005/CONTOH/Dinsos/2022',
  until: 'published',
  lines: [
    {
      kind: 'opening',
      speaker: 0,
      text: 'Kepala Dinas Sosial menyampaikan sambutan pada hari kedua dan berharap lebih banyak LKS dapat hadir tahun depan.',
    },
    {
      kind: 'discussion',
      item: 4,
      speaker: 1,
      text: 'Intervensi langsung dan menyeluruh bagi PPKS: asesmen, rencana intervensi, dan pendampingan oleh LKS.',
    },
    {
      kind: 'discussion',
      item: 5,
      speaker: 2,
      text: 'Dasar hukum: UU 11/2009, PP 39/2012, dan Permensos 184/2011.',
    },
    {
      kind: 'issue',
      item: 7,
      person: 'Pengurus',
      text: 'Hanya 30 orang yang dapat hadir, padahal di provinsi ini ada 135 LKS.',
      responses: [{ speaker: 1, text: 'Jumlah peserta tahun depan diusulkan ditambah.' }],
    },
    {
      kind: 'decision',
      item: 7,
      text: 'LKS yang belum pernah terjangkau didahulukan pada kegiatan berikutnya.',
    },
  ],
};

const batang2023: ToldMinutes = {
  letterNumber: '005/CONTOH/X/2023',
  until: 'published',
  lines: [
    {
      kind: 'opening',
      speaker: 0,
      text: 'Rapat dibuka dengan evaluasi rencana tindak lanjut tahun sebelumnya.',
    },
    {
      kind: 'discussion',
      item: 1,
      speaker: 0,
      text: 'Pendampingan pengajuan akreditasi: LKS membagi pengalaman menyiapkan enam standar.',
    },
    { kind: 'decision', item: 1, text: 'Pendampingan akreditasi diteruskan per kecamatan.' },
  ],
};

/** By first day and office of the event. */
export const toldMinutes: Record<string, ToldMinutes> = {
  '2020-02-13 magelang': magelang2020,
  '2021-03-25 malang': malang2021,
  '2022-08-23 kalsel': kalsel2022,
  '2022-10-20 batang': batang2022,
  '2023-10-19 batang': batang2023,
  '2024-12-04 klaten': klaten2024,
};
