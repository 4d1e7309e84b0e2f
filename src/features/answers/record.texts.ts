import type { TextTable } from '../../i18n/translate.js';

/** The institution's look at its own record, on its page and on the record's own. */
export const recordTexts = {
  'record.title': ['Periksa data lembaga Anda', 'Check the record of your institution'],
  'record.title_told': ['Data lembaga Anda', 'The record of your institution'],
  'record.lead': [
    'Luangkan dua menit: apakah data yang kami simpan masih benar?',
    'Take two minutes: is what we have on record still right?',
  ],
  'record.go': ['Periksa data lembaga', 'Check the record'],
  'record.see': ['Lihat data lembaga', 'See the record'],
  'record.page_lead': [
    'Ini data yang disimpan {{office}}. Bila semuanya benar, cukup tekan satu tombol. Bila ada yang keliru, kirim perbaikannya; instansi akan memeriksanya.',
    'This is what {{office}} has on record. If all of it is right, one button is enough. If something is wrong, send the correction; the office will check it.',
  ],
  'record.is_right': ['Data sudah benar', 'The record is right'],
  'record.mend': ['Ada yang perlu diperbaiki', 'Something should be corrected'],
  'record.mend_again': ['Ubah usulan Anda', 'Change your proposal'],
  'record.mend_hint': [
    'Ubah isian yang perlu saja. Data baru berlaku setelah instansi menerimanya.',
    'Change only what is needed. It counts once the office has accepted it.',
  ],
  'record.leader_hint': [
    'Tulis lengkap dengan gelar, misalnya H. Ahmad Fauzi, S.Sos.',
    'Write it with titles, such as H. Ahmad Fauzi, S.Sos.',
  ],
  'record.new_leader': ['Pimpinannya orang baru', 'The leader is somebody new'],
  'record.note': ['Catatan untuk instansi', 'Remark for the office'],
  'record.note_hint': [
    'Misalnya tentang akreditasi. Jangan menulis nama anak atau klien.',
    'About the accreditation, for example. Write no names of children or clients.',
  ],
  'record.send': ['Kirim perbaikan', 'Send the correction'],
  'record.confirmed_at': [
    'Anda menyatakan data ini benar pada {{at}}.',
    'You said on {{at}} that this record is right.',
  ],
  'record.waiting': ['Usulan Anda sedang diperiksa instansi.', 'The office is checking your proposal.'],
  'record.waiting_hint': [
    'Data di bawah belum berubah. Bila Anda mengirim usulan lagi, usulan ini diganti.',
    'The record below has not changed yet. If you send another proposal, it takes the place of this one.',
  ],
  'record.outcome_accepted': ['Usulan Anda diterima.', 'Your proposal was accepted.'],
  'record.outcome_partly': ['Sebagian usulan Anda diterima.', 'Part of your proposal was accepted.'],
  'record.outcome_refused': ['Usulan Anda belum dapat diterima.', 'Your proposal was not accepted.'],
  'record.decision_note': ['Catatan instansi: {{note}}', 'Remark of the office: {{note}}'],
  'record.sent_at': ['Dikirim {{at}}', 'Sent {{at}}'],
  'record.back': ['Kembali ke undangan', 'Back to the invitation'],
  'record.changed_meanwhile': [
    'Instansi baru saja mengubah data ini. Periksa lalu kirim sekali lagi.',
    'The office has just changed this record. Check it and send once more.',
  ],
  'record.nothing_proposed': ['Belum ada isian yang berubah.', 'Nothing was changed.'],
  'record.still_open': [
    'Usulan Anda masih diperiksa instansi. Kirim usulan baru bila ada yang berubah.',
    'The office is still checking your proposal. Send a new one if something has changed.',
  ],
  'record.closed': [
    'Pemeriksaan data untuk kegiatan ini sudah ditutup.',
    'Records are no longer checked here.',
  ],
  'record.privacy': [
    'Data ini dilihat instansi yang mengelola daftar LKS. Jangan menulis nama anak atau klien di sini.',
    'The office that manages the registry sees this. Write no names of children or clients here.',
  ],
  'answer.done_letter_sent': [
    'Surat tugas sudah kami terima. Terima kasih.',
    'We have your letter. Thank you.',
  ],
  'answer.done_letter_removed': ['Surat tugas dihapus.', 'The letter was deleted.'],
  'answer.done_record_confirmed': [
    'Terima kasih. Kami catat bahwa data lembaga Anda sudah benar.',
    'Thank you. We noted that your record is right.',
  ],
  'answer.done_record_proposed': [
    'Terima kasih. Instansi akan memeriksa perbaikan Anda; hasilnya tampil di halaman ini.',
    'Thank you. The office will check your correction; the result appears on this page.',
  ],
  'answer.same_phone': [
    'Nomor HP ini juga dipakai delegasi lain pada kegiatan ini. Periksa sekali lagi; bila memang sama, biarkan saja.',
    'Another delegate of this event has this number, too. Please check; if that is right, leave it.',
  ],
  'answer.same_phone_as': [
    'Nomor HP ini sama dengan nomor {{name}}. Periksa sekali lagi; bila memang sama, biarkan saja.',
    'This number is the same as that of {{name}}. Please check; if that is right, leave it.',
  ],
  'audit.invitation.record_confirmed': ['Data LKS dinyatakan benar', 'Record confirmed as right'],
} as const satisfies TextTable;
