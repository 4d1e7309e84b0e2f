import type { Presence } from './attending.js';
import type { Plan } from './planning.js';

/** A past event of another office: what was planned, when letters went out, and how many came forward. */
export interface PastEvent {
  office: string;
  plan: Plan;
  /** Planned and published on this day. */
  published: string;
  /** So many institutions come with two people, so many with one, so many decline; the rest says nothing. */
  replies: { two: number; one: number; decline: number };
  /** An LKS that is in no list yet, invited in place of one that closed. */
  unlisted?: { name: string; regionCode: string };
  /** Who of them came on the day. */
  presence: Presence;
}

/** Twenty-two representatives of eleven institutions: two of each (an assumption of the scenario). */
const magelang2020: PastEvent = {
  office: 'magelang',
  published: '2020-01-27',
  replies: { two: 11, one: 0, decline: 0 },
  presence: { late: 2 },
  plan: {
    event: {
      kind: 'other',
      kindLabel: 'Penguatan kelembagaan LKKS',
      title: 'Penguatan Kelembagaan LKKS Kota Magelang',
      firstDay: '2020-02-13',
      from: '08:30',
      to: '12:30',
      days: 1,
      venueName: 'Aula Panti Asuhan Mayu Dharma Putra',
    },
    subject: 'Penguatan kelembagaan LKKS dan LKS (MONCER SERIUS)',
    host: 'Panti Asuhan Mayu Dharma Putra',
    answerBy: '2020-02-10',
    speakers: [
      { role: 'facilitator', position: 'Penyuluh Sosial Muda', origin: 'Dinas Sosial Kota Magelang' },
      { role: 'speaker', position: 'Pengurus LKKS', origin: 'LKKS Kabupaten Temanggung' },
      { role: 'speaker', position: 'Penyuluh Sosial Muda', origin: 'Dinas Sosial Kabupaten Temanggung' },
    ],
    agenda: [
      { from: '08:30', to: '09:00', title: 'Pendaftaran dan pembukaan', speaker: 0 },
      { from: '09:00', to: '10:30', title: 'Pengalaman LKKS Kabupaten Temanggung', speaker: 1 },
      { from: '10:30', to: '12:00', title: 'Peran penyuluh sosial dalam pembinaan LKS', speaker: 2 },
      { from: '12:00', to: '12:30', title: 'Tanya jawab dan penutupan', speaker: 0 },
    ],
    seats: { seats: 22, perInstitution: 2 },
  },
};

const malang2021: PastEvent = {
  office: 'malang',
  published: '2021-03-08',
  replies: { two: 0, one: 52, decline: 4 },
  unlisted: { name: 'LKSA Tunas Brantas', regionCode: '35.73' },
  presence: { late: 5, excused: 1, away: 2, speakers: true },
  plan: {
    event: {
      kind: 'bimtek',
      title: 'Bimbingan Teknis Peningkatan Kemampuan SDM Pengurus LKS',
      firstDay: '2021-03-25',
      from: '08:00',
      to: '15:00',
      days: 1,
      venueName: 'The 101 Malang OJ Hotel',
    },
    venueAddress: 'Kecamatan Klojen, Kota Malang',
    subject: 'Peningkatan kemampuan pengurus dan penyerahan sertifikat akreditasi',
    notes: 'LKS yang belum terdaftar juga diundang. Mohon membawa data lembaga untuk dimutakhirkan.',
    answerBy: '2021-03-19',
    recordCheck: true,
    speakers: [
      { role: 'opening', position: 'Wali Kota Malang', origin: 'Pemerintah Kota Malang' },
      { role: 'speaker', position: 'Kepala Dinas', origin: 'Dinas Sosial P3AP2KB Kota Malang' },
      { role: 'speaker', position: 'Pejabat perizinan', origin: 'DPMPTSP Provinsi' },
      { role: 'moderator', position: 'Penyuluh Sosial', origin: 'Dinas Sosial P3AP2KB Kota Malang' },
    ],
    agenda: [
      { from: '08:00', to: '09:00', title: 'Pendaftaran dan pemutakhiran data LKS', by: 'Panitia' },
      { from: '09:00', to: '10:00', title: 'Pembukaan dan penyerahan sertifikat akreditasi', speaker: 0 },
      { from: '10:00', to: '12:00', title: 'Kemampuan SDM pengurus LKS', speaker: 1 },
      { from: '13:00', to: '14:30', title: 'Izin operasional dan rekomendasi dinas', speaker: 2 },
      { from: '14:30', to: '15:00', title: 'Rencana tindak lanjut dan penutupan', speaker: 3 },
    ],
    seats: { seats: 63, perInstitution: 1, reserved: { speaker: 4, committee: 6, press: 2 } },
  },
};

const batangSeries = 'Rapat Koordinasi Kelembagaan Kesejahteraan Sosial Kabupaten Batang';

/** Seventeen people came. */
const batang2022: PastEvent = {
  office: 'batang',
  published: '2022-10-06',
  replies: { two: 5, one: 7, decline: 0 },
  presence: { late: 1, speakers: true },
  plan: {
    event: {
      kind: 'rakor',
      title: 'Rapat Koordinasi Penguatan Kelembagaan Kesejahteraan Sosial',
      firstDay: '2022-10-20',
      from: '09:00',
      to: null,
      days: 1,
      venueName: 'Aula Dinas Sosial Kabupaten Batang',
    },
    series: batangSeries,
    subject: 'Penguatan kelembagaan dan enam standar akreditasi LKS',
    partner: 'LKKS Kabupaten Batang',
    answerBy: '2022-10-17',
    speakers: [
      { role: 'opening', position: 'Kepala Dinas Sosial', origin: 'Dinas Sosial Kabupaten Batang' },
      {
        role: 'chair',
        position: 'Kepala Bidang Pemberdayaan Sosial',
        origin: 'Dinas Sosial Kabupaten Batang',
      },
      { role: 'speaker', position: 'Penyuluh Sosial', origin: 'Dinas Sosial Kabupaten Batang' },
      {
        role: 'other',
        position: 'Subkoordinator Pelayanan Rehabilitasi Sosial',
        origin: 'Dinas Sosial Kabupaten Batang',
      },
    ],
    agenda: [
      { from: '09:00', to: '09:20', title: 'Sambutan Kepala Dinas', speaker: 0 },
      { from: '09:20', to: '09:45', title: 'Arahan Kepala Bidang Pemberdayaan Sosial', speaker: 1 },
      { from: '09:45', to: '10:45', title: 'Enam standar akreditasi LKS', speaker: 2 },
      { from: '10:45', to: '12:00', title: 'Permasalahan LKS dan tanggapan', speaker: 3 },
    ],
    seats: { seats: 20, perInstitution: 2 },
  },
};

/** The year after: what was agreed in 2022 is asked about first. Its date and agenda are invented. */
const batang2023: PastEvent = {
  office: 'batang',
  published: '2023-10-04',
  replies: { two: 3, one: 6, decline: 1 },
  presence: { late: 1, away: 1, speakers: true },
  plan: {
    event: {
      kind: 'rakor',
      title: 'Rapat Koordinasi Kelembagaan Kesejahteraan Sosial Tahun 2023',
      firstDay: '2023-10-19',
      from: '09:00',
      to: '12:00',
      days: 1,
      venueName: 'Aula Dinas Sosial Kabupaten Batang',
    },
    series: batangSeries,
    subject: 'Evaluasi tindak lanjut 2022 dan pendampingan akreditasi',
    notes: 'Tanggal dan susunan acara rapat ini adalah contoh.',
    partner: 'LKKS Kabupaten Batang',
    answerBy: '2023-10-16',
    speakers: [
      {
        role: 'chair',
        position: 'Kepala Bidang Pemberdayaan Sosial',
        origin: 'Dinas Sosial Kabupaten Batang',
      },
    ],
    agenda: [
      { from: '09:00', to: '10:00', title: 'Evaluasi RTL sebelumnya', speaker: 0 },
      { from: '10:00', to: '12:00', title: 'Pendampingan pengajuan akreditasi', speaker: 0 },
    ],
    seats: { seats: 20, perInstitution: 2 },
  },
};

const klatenSeries = 'Program LKKS Kabupaten Klaten 2024';
const klatenPartner = 'DISSOSP3APPKB Kabupaten Klaten';

const klatenTraining: PastEvent = {
  office: 'klaten',
  published: '2024-08-26',
  replies: { two: 3, one: 9, decline: 1 },
  presence: { late: 1, away: 1 },
  plan: {
    event: {
      kind: 'content_training',
      title: 'Pelatihan Konten Kreator LKS/LKSA Kabupaten Klaten',
      firstDay: '2024-09-18',
      from: '08:30',
      to: '15:00',
      days: 1,
      venueName: 'Kantor LKKS Kabupaten Klaten',
    },
    series: klatenSeries,
    partner: klatenPartner,
    subject: 'Membangun citra setiap LKS/LKSA melalui konten media sosial',
    notes: 'Tanggal dan tempat pelatihan ini adalah contoh. Mohon membawa ponsel dan pengisi daya.',
    answerBy: '2024-09-12',
    speakers: [
      { role: 'opening', position: 'Ketua', origin: 'LKKS Kabupaten Klaten' },
      { role: 'speaker', position: 'Praktisi media sosial', origin: 'Narasumber luar' },
    ],
    agenda: [
      { from: '08:30', to: '09:00', title: 'Pembukaan', speaker: 0 },
      { from: '09:00', to: '12:00', title: 'Merencanakan dan merekam konten', speaker: 1 },
      { from: '13:00', to: '15:00', title: 'Praktik: menyunting dan menerbitkan', speaker: 1 },
    ],
    seats: { seats: 20, perInstitution: 2 },
  },
};

const klaten2024: PastEvent = {
  office: 'klaten',
  published: '2024-11-18',
  replies: { two: 8, one: 4, decline: 1 },
  presence: { late: 2, excused: 1, speakers: true },
  plan: {
    event: {
      kind: 'rakor',
      title: 'Rapat Koordinasi Akhir Tahun LKKS Kabupaten Klaten',
      firstDay: '2024-12-04',
      from: '09:00',
      to: null,
      days: 1,
      venueName: 'RM Kopi Story',
    },
    series: klatenSeries,
    partner: klatenPartner,
    venueAddress: 'Kampung Kaloran, Kelurahan Gayamprit, Kecamatan Klaten Selatan',
    subject: 'Evaluasi program 2024 dan rencana tindak lanjut',
    notes: 'LKS yang belum terakreditasi diimbau mengajukan akreditasi.',
    answerBy: '2024-11-30',
    speakers: [
      { role: 'chair', position: 'Ketua', origin: 'LKKS Kabupaten Klaten' },
      { role: 'speaker', position: 'Kepala Bidang', origin: klatenPartner },
    ],
    agenda: [
      { from: '09:00', to: '09:30', title: 'Pembukaan dan laporan penggunaan anggaran', speaker: 0 },
      { from: '09:30', to: '10:30', title: 'Evaluasi: pendampingan bersama UIN Sunan Kalijaga', speaker: 0 },
      { from: '10:30', to: '11:15', title: 'Data anak yatim dan panti asuhan', speaker: 1 },
      { from: '11:15', to: '12:00', title: 'Diskusi dan rencana tindak lanjut', speaker: 0 },
    ],
    seats: { seats: 28, perInstitution: 2 },
  },
};

/** In the order in which they took place: the clock of the story only moves on. */
export const beforeKalsel: PastEvent[] = [magelang2020, malang2021];
export const afterKalsel: PastEvent[] = [batang2022, batang2023, klatenTraining, klaten2024];
