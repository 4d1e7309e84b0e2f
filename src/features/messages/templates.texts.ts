import type { TextTable } from '../../i18n/translate.js';

export const templateTexts = {
  'template.title': ['Templat pesan', 'Message templates'],
  'settings.templates_lead': [
    'Kata-kata pesan WhatsApp kepada LKS, menurut tujuannya.',
    'What WhatsApp messages to institutions say, by purpose.',
  ],
  'template.lead': [
    'Dipakai di antrean WhatsApp dan oleh tombol WhatsApp pada daftar undangan. Pesan selalu berbahasa Indonesia.',
    'Used by the WhatsApp queue and by the WhatsApp buttons of the list of invitations. Messages are always in Indonesian.',
  ],
  'template.purpose': ['Tujuan', 'Purpose'],
  'template.whose': ['Teks', 'Text'],
  'template.own': ['Teks instansi', 'The office’s own'],
  'template.default': ['Teks bawaan', 'Default'],
  'template.text': ['Teks pesan', 'Text of the message'],
  'template.text_hint': [
    'Di WhatsApp, *kata di antara bintang* tampil tebal.',
    'In WhatsApp *words between asterisks* are bold.',
  ],
  'template.placeholders': ['Isian otomatis', 'Placeholders'],
  'template.name_lks': ['Nama LKS', 'Name of the institution'],
  'template.name_instansi': ['Nama instansi', 'Name of the office'],
  'template.name_acara': ['Judul kegiatan', 'Title of the event'],
  'template.name_tanggal': ['Hari kegiatan', 'Days of the event'],
  'template.name_tempat': ['Tempat kegiatan', 'Place of the event'],
  'template.name_jawab_sampai': [
    'Batas menjawab, atau sampai kapan kursi ditahan',
    'Answer-by, or until when seats are held',
  ],
  'template.name_tautan': ['Tautan halaman LKS', 'Link to the institution’s page'],
  'template.name_perubahan': ['Apa yang berubah', 'What has changed'],
  'template.name_alasan': ['Mengapa kegiatan dibatalkan', 'Why the event is cancelled'],
  'template.unknown': [
    'Isian {{placeholder}} pada baris {{line}} tidak dikenal. Pakai yang ada di daftar “Isian otomatis”.',
    'The placeholder {{placeholder}} in line {{line}} is unknown. Use those listed under “Placeholders”.',
  ],
  'template.no_link': [
    'Tulis {tautan} di dalam teks: tanpa itu LKS tidak dapat membuka halamannya.',
    'Write {tautan} somewhere in the text: without it the institution cannot open its page.',
  ],
  'template.preview': ['Contoh untuk {{name}}', 'As {{name}} would read it'],
  'template.no_preview': [
    'Contoh tampil setelah ada LKS yang diundang.',
    'A preview appears once an institution is invited.',
  ],
  'template.show_preview': ['Lihat contoh', 'Preview'],
  'template.example_change': ['Tempat: dari … menjadi …', 'Place: from … to …'],
  'template.example_reason': ['(alasan pembatalan)', '(the reason for cancelling)'],
  'template.reset': ['Kembali ke teks bawaan', 'Back to the default'],
  'template.reset_hint': ['Teks instansi untuk tujuan ini dihapus.', 'The office’s own text is removed.'],
  'template.was_reset': ['Teks bawaan dipakai lagi.', 'The default is used again.'],
  'audit.office.template_changed': ['Templat pesan diubah', 'Message template changed'],
  'audit.office.template_reset': ['Templat pesan kembali ke bawaan', 'Message template back to the default'],
  'audit.field.text': ['teks', 'text'],
} as const satisfies TextTable;
