import type { TextTable } from '../../i18n/translate.js';

/** Letters of assignment: on the institution's page, in the office, and in the log. */
export const letterTexts = {
  'letter.title': ['Surat tugas', 'Letter of assignment'],
  'letter.lead': [
    'Bila lembaga Anda membuat surat tugas untuk delegasi, kirim foto atau PDF-nya di sini.',
    'If your institution writes a letter of assignment for its delegates, send a photo or PDF of it here.',
  ],
  'letter.there': ['Surat tugas sudah kami terima.', 'We have your letter of assignment.'],
  'letter.handed_in_at': ['Dikirim {{at}}', 'Sent {{at}}'],
  'letter.open': ['Buka surat tugas', 'Open the letter'],
  'letter.file': ['Foto atau PDF surat tugas', 'Photo or PDF of the letter'],
  'letter.file_hint': ['PDF, JPG, atau PNG, paling besar 10 MB.', 'PDF, JPG or PNG, at most 10 MB.'],
  'letter.send': ['Kirim surat tugas', 'Send the letter'],
  'letter.replace': ['Ganti surat tugas', 'Replace the letter'],
  'letter.remove': ['Hapus surat tugas', 'Remove the letter'],
  'letter.remove_hint': [
    'Surat dihapus untuk selamanya. Anda dapat mengirim yang lain.',
    'The letter is deleted for good. You can send another one.',
  ],
  'letter.kept': [
    'Hanya dilihat instansi penyelenggara, dan dihapus {{count}} bulan sesudah kegiatan.',
    'Seen by the organizing office only, and deleted {{count}} month after the event.',
    'Seen by the organizing office only, and deleted {{count}} months after the event.',
  ],
  'letter.none': ['Belum ada surat tugas.', 'No letter of assignment yet.'],
  'letter.has': ['Ada surat tugas', 'Has a letter'],
  'letter.choose_file': [
    'Pilih foto atau PDF surat tugas dahulu.',
    'Choose a photo or PDF of the letter first.',
  ],
  'letter.file_kind': [
    'Jenis berkas ini tidak diterima. Kirim PDF, JPG, atau PNG.',
    'This kind of file is not accepted. Send a PDF, JPG or PNG.',
  ],
  'letter.picture_unreadable': [
    'Foto ini tidak dapat dibaca. Coba ambil sekali lagi.',
    'This photo cannot be read. Try taking it again.',
  ],
  'letter.closed': [
    'Surat tugas hanya diterima dari LKS yang tercatat hadir.',
    'Letters of assignment are taken from institutions that are coming.',
  ],
  'audit.letter.handed_in': ['Surat tugas dikirim', 'Letter of assignment handed in'],
  'audit.letter.replaced': ['Surat tugas diganti', 'Letter of assignment replaced'],
  'audit.letter.removed': ['Surat tugas dihapus', 'Letter of assignment removed'],
  'audit.letter.read': ['Surat tugas dibuka', 'Letter of assignment opened'],
  'audit.letter.erased': ['Surat tugas lama dihapus', 'Old letter of assignment erased'],
} as const satisfies TextTable;
