import type { TextTable } from '../../i18n/translate.js';

/** Records that are to be completed or were checked by the institutions themselves. */
export const recordCheckTexts = {
  'institution.provisional': ['Sementara', 'Provisional'],
  'institution.provisional_notice': [
    'LKS ini dicatat sementara ketika diundang. Lengkapi datanya.',
    'This institution was recorded provisionally when it was invited. Please complete its record.',
  ],
  'institution.complete': [
    'Data sudah lengkap, hapus tanda sementara',
    'The record is complete, take the mark off',
  ],
  'institution.complete_now': ['Lengkapi data', 'Complete the record'],
  'institution.filter.mark': ['Perlu dikerjakan', 'To be done'],
  'institution.filter.proposed': ['Ada usulan', 'Has a proposal'],
  'institution.check': ['Perbaikan data dari LKS', 'Correction by the institution'],
  'institution.check_from': [
    'Dari LKS sendiri, lewat undangan {{office}}',
    'From the institution itself, by the invitation of {{office}}',
  ],
  'institution.by_itself': ['LKS sendiri, lewat tautan', 'The institution, by its link'],
  'institution.check_stale': [
    'Sudah berubah sejak diusulkan; waktu itu: {{value}}',
    'Changed since it was proposed; then: {{value}}',
  ],
  'institution.check_note_hint': [
    'LKS membacanya di halaman undangannya.',
    'The institution reads it on its page.',
  ],
  'institution.decision': ['Keputusan', 'Decision'],
  'institution.decide': ['Simpan keputusan', 'Save the decisions'],
  'institution.flash.decided': [
    'Keputusan tersimpan. LKS melihatnya di halaman undangannya.',
    'Saved. The institution sees it on its page.',
  ],
  'institution.confirmed': ['LKS menyatakan datanya benar', 'Confirmed by the institution'],
  'institution.error.fact_changed': [
    'Data ini baru saja berubah. Lihat yang sekarang, lalu putuskan lagi.',
    'This has just changed. Look at what is there now, and decide again.',
  ],
  'institution.field.newLeader': ['Pimpinan baru', 'New leader'],
  'institution.field.provisional': ['Tanda sementara', 'Provisional mark'],
} as const satisfies TextTable;
