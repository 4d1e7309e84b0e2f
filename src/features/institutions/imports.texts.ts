import type { TextTable } from '../../i18n/translate.js';

export const importTexts = {
  'import.title': ['Impor daftar LKS', 'Import institutions'],
  'import.lead': [
    'Pakai daftar yang sudah ada di kantor Anda: judul, urutan kolom, dan cara penulisan boleh apa saja. Sebelum ada yang tersimpan, Anda melihat dulu baris demi baris apa yang akan terjadi.',
    'Take the list your office has: any titles, any order of columns, any wording. Before anything is stored you see line by line what will happen.',
  ],
  'import.file': ['Berkas Excel (.xlsx) atau CSV', 'Excel (.xlsx) or CSV file'],
  'import.file_hint': ['Paling besar 10 MB dan 20.000 baris.', 'At most 10 MB and 20,000 lines.'],
  'import.read': ['Baca berkas', 'Read the file'],
  'import.what': ['Yang perlu diketahui', 'Good to know'],
  'import.what_name': [
    'Nama LKS dan kabupaten/kota harus ada; kolom lain boleh kosong.',
    'Name and regency/city are needed; all other columns may be empty.',
  ],
  'import.what_match': [
    'LKS yang sudah tercatat dikenali dari nomor tanda daftar, atau dari nama di kabupaten/kota yang sama.',
    'An institution is known by its registration number, or by its name in the same region.',
  ],
  'import.what_twice': [
    'Berkas yang sama boleh diimpor lagi: yang tidak berubah dibiarkan, sel kosong tidak menghapus data.',
    'The same file may be imported again: what did not change is left alone, and empty cells erase nothing.',
  ],
  'import.file.missing': ['Pilih berkas dahulu.', 'Choose a file first.'],
  'import.file.not_a_table': [
    'Berkas ini bukan lembar Excel (.xlsx) atau CSV.',
    'This file is no Excel sheet (.xlsx) and no CSV.',
  ],
  'import.file.stray_quote': [
    'Tanda kutip (") di baris {{line}} tidak berpasangan. Hapus atau lengkapi tanda itu, lalu coba lagi.',
    'The quotation mark (") in line {{line}} has no partner. Remove or complete it, then try again.',
  ],
  'import.file.old_excel': [
    'Berkas Excel lama (.xls) atau yang bersandi tidak dapat dibaca. Simpan sebagai .xlsx tanpa sandi.',
    'Old Excel files (.xls) and those with a password cannot be read. Save as .xlsx without a password.',
  ],
  'import.file.broken': [
    'Berkas ini rusak atau tidak lengkap. Simpan ulang dari Excel, lalu coba lagi.',
    'This file is damaged or incomplete. Save it from Excel once more and try again.',
  ],
  'import.file.too_large': [
    'Isi berkas ini terlalu besar untuk dibaca. Hapus gambar dan lembar lain, atau bagi menjadi beberapa berkas.',
    'The content of this file is too large. Remove pictures and other sheets, or split it.',
  ],
  'import.file.too_many_rows': [
    'Paling banyak 20.000 baris; bagilah berkasnya.',
    'At most 20,000 lines; split the file.',
  ],
  'import.file.too_many_columns': [
    'Kolomnya terlalu banyak, paling banyak 100.',
    'Too many columns, at most 100.',
  ],
  'import.file.empty': ['Berkas ini kosong.', 'This file is empty.'],
  'import.file.no_lines': [
    'Di bawah judul kolom tidak ada baris data.',
    'There are no lines below the header.',
  ],

  'import.preview_title': ['Pratinjau impor', 'Preview of the import'],
  'import.preview_lead': ['{{file}}. Belum ada yang tersimpan.', '{{file}}. Nothing is stored yet.'],
  'import.outcome.new': ['Baru', 'New'],
  'import.outcome.change': ['Berubah', 'Changed'],
  'import.outcome.same': ['Tidak berubah', 'Same'],
  'import.outcome.likely': ['Mirip', 'Likely match'],
  'import.outcome.problem': ['Bermasalah', 'Problem'],
  'import.outcome.elsewhere': ['Dikelola instansi lain', 'Managed elsewhere'],
  'import.outcome.skipped': ['Bukan data LKS', 'No institution'],
  'import.skipped': [
    '{{count}} baris judul, jumlah, atau tanda tangan dilewati.',
    '{{count}} line with headings, totals or signatures is passed over.',
    '{{count}} lines with headings, totals or signatures are passed over.',
  ],
  'import.show': ['Tampilkan baris', 'Show lines'],
  'import.columns': ['Arti tiap kolom', 'What each column holds'],
  'import.columns_hint': [
    'Periksa kolom yang dikenali. Bila diubah, berkas dibaca ulang dan pilihan per baris dimulai lagi.',
    'Check what was recognised. A change reads the file anew, and choices for lines begin again.',
  ],
  'import.column': ['Kolom {{number}}', 'Column {{number}}'],
  'import.column_ignored': ['Tidak diimpor', 'Not imported'],
  'import.default_region': ['Kabupaten/kota untuk baris yang kosong', 'Regency/city for lines without one'],
  'import.read_again': ['Baca ulang dengan kolom ini', 'Read again with these columns'],
  'import.name_missing': [
    'Kolom nama LKS belum dikenali. Tentukan kolomnya di bawah.',
    'The column with names was not recognised. Choose it below.',
  ],
  'import.all_data': ['Berkas ini tanpa judul kolom', 'This file has no header'],
  'import.all_data_hint': [
    'Baris {{line}} dianggap judul kolom, dan tidak diimpor. Centang bila baris pertama sudah berisi LKS.',
    'Line {{line}} is taken for the header and not imported. Tick this if the first line is an institution already.',
  ],
  'import.lines': ['Baris berkas', 'Lines of the file'],
  'import.line': ['Baris', 'Line'],
  'import.result': ['Hasil', 'Result'],
  'import.changes': ['Yang berubah', 'What changes'],
  'import.notes': ['Catatan', 'Remarks'],
  'import.decision': ['Yang dilakukan', 'What to do'],
  'import.decision_for': ['Pilihan untuk baris {{number}}', 'Choice for line {{number}}'],
  'import.old_new': ['{{before}} menjadi {{after}}', '{{before}} becomes {{after}}'],
  'import.choose.create': ['Tambahkan', 'Add'],
  'import.choose.create_other': ['Tambahkan sebagai LKS lain', 'Add as another institution'],
  'import.choose.update': ['Perbarui', 'Update'],
  'import.choose.propose': ['Usulkan', 'Propose'],
  'import.choose.leave': ['Lewati', 'Leave out'],
  'import.choose.match': ['Ini {{name}}', 'It is {{name}}'],
  'import.choose.undecided': ['Belum diputuskan', 'Not decided'],
  'import.keep_choices': ['Simpan pilihan', 'Keep choices'],
  'import.apply': ['Simpan ke daftar LKS', 'Store in the registry'],
  'import.apply_text': [
    '{{added}} LKS baru ditambahkan dan {{changed}} diperbarui. Baris lain dilewati.',
    '{{added}} will be added and {{changed}} updated. All other lines are left out.',
  ],
  'import.apply_choices': [
    'Pilihan yang Anda ubah di tabel ikut dipakai.',
    'Choices that you change in the table count too.',
  ],
  'import.apply_proposals': [
    '{{count}} usulan ke {{office}}',
    '{{count}} proposal to {{office}}',
    '{{count}} proposals to {{office}}',
  ],
  'import.proposed_text': [
    'Perubahan pada LKS yang dikelola instansi lain tidak langsung disimpan, tetapi diusulkan untuk disetujui:',
    'Changes to institutions that other offices manage are not stored at once but proposed for approval:',
  ],
  'import.proposed_to': ['Usulan ke {{office}}', 'Proposed to {{office}}'],
  'import.apply_nothing': [
    'Tidak ada yang perlu disimpan: semua baris sudah sama, dilewati, atau bermasalah.',
    'There is nothing to store: all lines are the same, left out, or have problems.',
  ],
  'import.undecided': [
    '{{count}} baris mirip dengan LKS yang sudah ada. Tentukan mana yang dimaksud; yang belum diputuskan dilewati.',
    '{{count}} line is like an institution that exists. Decide which is meant; undecided lines are left out.',
    '{{count}} lines are like institutions that exist. Decide which are meant; undecided lines are left out.',
  ],
  'import.discard': ['Batalkan impor', 'Discard'],
  'import.nothing_here': ['Tidak ada baris di sini.', 'No lines here.'],
  'import.next_lines': ['Baris berikutnya', 'Next lines'],
  'import.first_lines': ['Ke baris pertama', 'To the first lines'],

  'import.note.unreadable': [
    '{{field}} tidak terbaca, sel dilewati',
    '{{field}} not understood, cell left out',
  ],
  'import.note.formula': ['{{field}} berisi rumus, sel dilewati', '{{field}} holds a formula, cell left out'],
  'import.note.no_name': ['Nama LKS kosong', 'No name'],
  'import.note.no_grade': [
    'Peringkat akreditasi (A, B, atau C) kosong: nomor dan tanggal akreditasi tidak disimpan',
    'No accreditation grade (A, B or C): number and dates of the accreditation are not stored',
  ],
  'import.note.no_leader': [
    'Nama ketua kosong: nomor telepon ketua tidak disimpan',
    'No name of the leader: the leader’s phone number is not stored',
  ],
  'import.note.not_proposed': [
    'Data ketua dan akreditasi tidak ikut diusulkan',
    'Leader and accreditation are not part of the proposal',
  ],
  'import.note.proposed_already': [
    'Sudah pernah diusulkan; tidak diusulkan lagi',
    'Proposed before; not proposed again',
  ],
  'import.note.no_region': ['Kabupaten/kota kosong', 'No regency/city'],
  'import.note.region_unknown': [
    'Kabupaten/kota tidak dikenal di wilayah Anda',
    'Regency/city not known in your region',
  ],
  'import.note.region_ambiguous': [
    'Tulis Kabupaten atau Kota di depannya',
    'Write Kabupaten or Kota in front',
  ],
  'import.note.twice': [
    'LKS yang sama sudah ada di baris {{line}}',
    'The same institution is in line {{line}}',
  ],
  'import.note.number_elsewhere': [
    'Nomor tanda daftar dipakai LKS di luar wilayah Anda',
    'The registration number belongs to an institution outside your region',
  ],

  'import.done.created': ['Ditambahkan', 'Added'],
  'import.done.updated': ['Diperbarui', 'Updated'],
  'import.left.new': ['Dilewati', 'Left out'],
  'import.left.change': ['Dilewati', 'Left out'],
  'import.left.likely': ['Dilewati: mirip LKS lain', 'Left out: like another institution'],
  'import.left.problem': ['Dilewati: bermasalah', 'Left out: problem'],
  'import.left.elsewhere': ['Dilewati: dikelola instansi lain', 'Left out: managed elsewhere'],
  'import.applying_title': ['Impor sedang disimpan', 'Import is being stored'],
  'import.applying_text': [
    '{{file}} sedang disimpan ke daftar LKS. Halaman ini boleh ditutup: pekerjaan tetap berjalan sampai selesai.',
    '{{file}} is being stored in the registry. You may leave this page: the work goes on until it is done.',
  ],
  'import.progress': ['Kemajuan impor', 'Progress of the import'],
  'import.progress_text': ['Langkah {{done}} dari {{total}}', 'Step {{done}} of {{total}}'],
  'import.reload': ['Muat ulang', 'Reload'],
  'import.failure.stale': [
    'Daftar LKS berubah sejak pratinjau. Belum ada yang tersimpan; periksa pratinjau yang baru, lalu simpan lagi.',
    'The registry changed since the preview. Nothing is stored; look at the new preview, then store again.',
  ],
  'import.failure.number_taken': [
    'Belum ada yang tersimpan: salah satu nomor tanda daftar sudah dipakai LKS lain.',
    'Nothing is stored: another institution has one of the registration numbers.',
  ],
  'import.failure.unexpected': [
    'Belum ada yang tersimpan: penyimpanan berhenti beberapa kali karena gangguan. Coba lagi, atau hubungi pengelola aplikasi.',
    'Nothing is stored: the work was interrupted several times. Try again, or call whoever runs this installation.',
  ],
  'import.done_title': ['Impor selesai', 'Import finished'],
  'import.done_text': [
    '{{added}} LKS ditambahkan, {{changed}} diperbarui dari {{file}}.',
    '{{added}} added and {{changed}} updated from {{file}}.',
  ],
  'import.report': ['Laporan impor', 'Import report'],
  'import.report_file': ['Laporan impor {{number}}', 'Import report {{number}}'],
  'import.report_text': [
    'Laporan berisi hasil setiap baris, termasuk yang dilewati dan sebabnya.',
    'The report has the result of each line, with the reason where one was left out.',
  ],
  'import.to_list': ['Ke daftar LKS', 'To the institutions'],
  'import.another': ['Impor berkas lain', 'Import another file'],

  'import.flash.columns': ['Berkas dibaca ulang.', 'The file was read again.'],
  'import.flash.choices': ['Pilihan tersimpan.', 'Choices kept.'],
  'import.flash.discarded': [
    'Impor dibatalkan; tidak ada yang tersimpan.',
    'Import discarded; nothing was stored.',
  ],
  'import.error.applying': ['Impor ini sedang disimpan', 'This import is being stored'],
  'import.error.applied_already': ['Impor ini sudah disimpan', 'This import was stored already'],
  'import.error.column_twice': [
    'Satu data hanya boleh diambil dari satu kolom.',
    'Two columns were chosen for the same fact.',
  ],
  'import.error.target_twice': [
    'Dua baris menunjuk LKS yang sama; lewati salah satunya',
    'Two lines mean the same institution; leave one of them out',
  ],
} as const satisfies TextTable;
