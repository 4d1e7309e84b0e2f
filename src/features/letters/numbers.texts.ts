import type { TextTable } from '../../i18n/translate.js';

export const letterNumberTexts = {
  'register.title': ['Daftar nomor surat', 'Register of letter numbers'],
  'register.lead': [
    'Nomor yang dipakai surat undangan, dan yang tidak dipakai beserta alasannya.',
    'Numbers that invitation letters bear, and those that none does, with the reason.',
  ],
  'register.year': ['Tahun', 'Year'],
  'register.next': ['Nomor urut berikutnya', 'Next serial'],
  'register.used': ['Dipakai', 'Used'],
  'register.skipped': ['Tidak dipakai', 'Not used'],
  'register.number': ['Nomor', 'Number'],
  'register.for': ['Surat atau alasan', 'Letter or reason'],
  'register.given': ['Dicatat', 'Written down'],
  'register.none': ['Belum ada nomor tahun ini', 'No numbers this year'],
  'register.none_text': [
    'Nomor tercatat di sini begitu surat undangan diberi nomor.',
    'A number stands here as soon as a letter has one.',
  ],
  'register.gaps': ['Nomor yang terlewat', 'Numbers left out'],
  'register.gaps_none': ['Tidak ada nomor yang terlewat.', 'No number was left out.'],
  'register.gap_one': ['Nomor {{from}}', 'Number {{from}}'],
  'register.gap': ['Nomor {{from}} sampai {{to}}', 'Numbers {{from}} to {{to}}'],
  'register.note': ['Catat nomor yang tidak dipakai', 'Note numbers that are not used'],
  'register.note_text': [
    'Misalnya dipakai surat lain di luar Rembuk, atau batal. Nomor yang dilewati dapat dipakai lagi.',
    'Such as those of letters outside of Rembuk, or spoiled ones. They can be taken up again.',
  ],
  'register.from': ['Dari nomor', 'From number'],
  'register.to': ['Sampai nomor', 'To number'],
  'register.reason': ['Alasan', 'Reason'],
  'register.save': ['Catat', 'Note'],
  'register.to_hint': ['Kosong: hanya satu nomor.', 'Empty: one number only.'],
  'register.take_back': ['Batalkan catatan', 'Take the note back'],
  'register.take_back_named': [
    'Batalkan catatan nomor {{number}}',
    'Take back the note on number {{number}}',
  ],
  'register.taken_back': ['Catatan dibatalkan.', 'The note is taken back.'],
  'error.numbers_backwards': [
    'Nomor terakhir lebih kecil daripada nomor pertama.',
    'The last number is smaller than the first.',
  ],
  'error.numbers_at_most': [
    'Paling banyak {{maximum}} nomor sekaligus.',
    'At most {{maximum}} numbers at a time.',
  ],
  'register.error.used': [
    'Nomor {{numbers}} dipakai surat. Tidak ada yang dicatat.',
    'Letters bear {{numbers}}. Nothing was noted.',
  ],
  'register.error.no_note': [
    'Nomor ini dipakai, atau pernah dipakai, sebuah surat. Catatannya tetap.',
    'A letter bears this number, or bore it. Its line stays.',
  ],
  'register.noted': ['Alasan tercatat.', 'The reason is written down.'],
} as const satisfies TextTable;
