import type { TextTable } from '../../i18n/translate.js';

/** What institutions and their delegates are mailed, by purpose: the subject, one or two sentences, and the button. */
export const mailTexts = {
  'mail.subject.invitation': ['Undangan: {{title}}', 'Invitation: {{title}}'],
  'mail.text.invitation': [
    '{{office}} mengundang {{institution}} pada kegiatan {{title}}. Mohon kesediaannya menjawab, hadir atau berhalangan, lewat tombol di bawah. Tidak perlu akun.',
    '{{office}} invites {{institution}} to {{title}}. Please answer by the button below, whether you come or not. No account is needed.',
  ],
  'mail.button.invitation': ['Jawab undangan', 'Answer the invitation'],

  'mail.subject.offer': ['Ada kursi untuk Anda: {{title}}', 'A seat for you: {{title}}'],
  'mail.text.offer': [
    'Ada kursi untuk {{institution}} pada {{title}}. Kursi itu kami tahan untuk sementara waktu; mohon diterima atau dilepaskan.',
    'There is a seat for {{institution}} at {{title}}. It is held for a while; please take it or let it go.',
  ],
  'mail.button.offer': ['Terima atau lepaskan kursi', 'Take or release the seat'],

  'mail.subject.offer_ended': [
    'Waktu untuk kursi sudah habis: {{title}}',
    'The time for your seat has ended: {{title}}',
  ],
  'mail.text.offer_ended': [
    'Waktu untuk mengambil kursi pada {{title}} sudah habis, dan kursinya diteruskan kepada LKS lain. Pada halaman Anda tertulis apa yang masih dapat dilakukan.',
    'The time to take your seat at {{title}} has ended, and the seat has gone to another institution. Your page says what is still possible.',
  ],
  'mail.button.offer_ended': ['Buka halaman Anda', 'Open your page'],

  'mail.subject.promotion': ['Anda mendapat kursi: {{title}}', 'You have a seat: {{title}}'],
  'mail.text.promotion': [
    'Kabar baik: {{institution}} mendapat kursi pada {{title}}. Nomor kursi dan kode QR untuk hari kegiatan ada pada halaman Anda.',
    'Good news: {{institution}} has a seat at {{title}}. Your seat number and the QR code for the day are on your page.',
  ],
  'mail.button.promotion': ['Lihat nomor kursi', 'See the seat number'],

  'mail.subject.confirmation': ['Terdaftar: {{title}}', 'Registered: {{title}}'],
  'mail.text.confirmation': [
    'Anda tercatat sebagai peserta {{title}} dari {{institution}}. Kode QR untuk hari kegiatan ada pada halaman Anda; cukup ditunjukkan di layar HP.',
    'You are registered for {{title}} from {{institution}}. Your QR code for the day is on your page; showing it on your phone is enough.',
  ],
  'mail.button.confirmation': ['Buka kode QR', 'Open the QR code'],

  'mail.subject.day_changed': ['Tanggal berubah: {{title}}', 'The day has changed: {{title}}'],
  'mail.text.day_changed': [
    'Tanggal {{title}} berubah. Kursi {{institution}} tetap kami tahan; mohon konfirmasi ulang apakah dapat hadir pada tanggal yang baru.',
    '{{title}} has moved to another day. The seats of {{institution}} are kept; please confirm whether you can come on the new day.',
  ],
  'mail.button.day_changed': ['Konfirmasi ulang', 'Confirm again'],

  'mail.subject.changed': ['Perubahan: {{title}}', 'A change: {{title}}'],
  'mail.text.changed': [
    'Ada perubahan pada {{title}}. Yang lain tetap seperti semula.',
    'Something has changed about {{title}}. All else stays as it was.',
  ],
  'mail.button.changed': ['Lihat selengkapnya', 'See the details'],

  'mail.subject.revocation': ['Undangan ditarik: {{title}}', 'Invitation revoked: {{title}}'],
  'mail.text.revocation': [
    'Undangan {{institution}} untuk {{title}} kami tarik. Mohon maaf atas ketidaknyamanannya.',
    'The invitation of {{institution}} to {{title}} has been revoked. We are sorry for the inconvenience.',
  ],
  'mail.button.revocation': ['Lihat keterangannya', 'See the details'],

  'mail.subject.released': ['Tidak lagi terdaftar: {{title}}', 'No longer registered: {{title}}'],
  'mail.text.released': [
    'Anda tidak lagi tercatat sebagai peserta {{title}} dari {{institution}}. Mohon hapus kegiatan ini dari kalender Anda.',
    'You are no longer registered for {{title}} from {{institution}}. Please take the event off your calendar.',
  ],
  'mail.button.released': ['Lihat keterangannya', 'See the details'],

  'mail.subject.cancellation': ['Dibatalkan: {{title}}', 'Cancelled: {{title}}'],
  'mail.text.cancellation': [
    '{{title}} dibatalkan. Mohon maaf atas ketidaknyamanannya.',
    '{{title}} is cancelled. We are sorry for the inconvenience.',
  ],
  'mail.button.cancellation': ['Lihat keterangannya', 'See the details'],

  'mail.subject.reminder_answer': ['Mohon jawaban: {{title}}', 'Please answer: {{title}}'],
  'mail.text.reminder_answer': [
    'Kami menunggu jawaban {{institution}} atas undangan {{title}}, hadir atau berhalangan.',
    'We are waiting for the answer of {{institution}} to the invitation to {{title}}, whether you come or not.',
  ],
  'mail.button.reminder_answer': ['Jawab sekarang', 'Answer now'],

  'mail.subject.reminder_day': ['Pengingat: {{title}}', 'A reminder: {{title}}'],
  'mail.text.reminder_day': [
    'Kami mengingatkan {{title}}. Kode QR dan petunjuk tempat ada pada halaman Anda. Sampai jumpa.',
    'This is a reminder of {{title}}. Your QR code and directions are on your page. See you there.',
  ],
  'mail.button.reminder_day': ['Buka kode QR', 'Open the QR code'],

  'mail.subject.materials': ['Materi tersedia: {{title}}', 'The materials are ready: {{title}}'],
  'mail.text.materials': [
    'Materi {{title}} sudah tersedia pada halaman {{institution}}.',
    'The materials of {{title}} are ready on the page of {{institution}}.',
  ],
  'mail.button.materials': ['Buka materi', 'Open the materials'],

  'mail.subject.thanks': ['Terima kasih: {{title}}', 'Thank you: {{title}}'],
  'mail.text.thanks': [
    'Terima kasih atas kehadiran {{institution}} pada {{title}}.',
    'Thank you for coming to {{title}}, {{institution}}.',
  ],
  'mail.button.thanks': ['Buka halaman Anda', 'Open your page'],

  'mail.subject.follow_up': ['Tindak lanjut: {{title}}', 'Following up: {{title}}'],
  'mail.text.follow_up': [
    'Menindaklanjuti {{title}}, kami menunggu kabar tentang hal-hal yang disepakati.',
    'After {{title}}, we are waiting to hear from you about what was agreed.',
  ],
  'mail.button.follow_up': ['Lihat yang disepakati', 'See what was agreed'],

  'mail.to_institution': ['Yth. Pengurus {{institution}},', 'To {{institution}},'],
  'mail.to_person': ['Yth. {{name}},', 'Dear {{name}},'],
  'mail.reason': ['Keterangan: {{reason}}', 'Reason: {{reason}}'],
  'mail.notes': ['Catatan: {{notes}}', 'Please note: {{notes}}'],
  'mail.day': ['Hari, tanggal', 'Day'],
  'mail.hours': ['Pukul', 'Hours'],
  'mail.place': ['Tempat', 'Place'],
  'mail.online': ['Daring', 'Online'],
  'mail.answer_until': ['Jawab sampai', 'Answer until'],
  'mail.held_until': ['Ditahan sampai', 'Held until'],
  'mail.code': [
    'Kode jawaban, bila tombol tidak dapat ditekan:',
    'Answer code, where the button does not work:',
  ],
  'mail.contact': ['Ada pertanyaan? Hubungi {{contact}}.', 'Any questions? Ask {{contact}}.'],
  'mail.contact_office': ['panitia', 'the committee'],
  'mail.footer_institution': [
    'Surel ini dikirim {{office}} lewat Rembuk. Tautan di dalamnya khusus untuk {{institution}}; siapa pun yang memegangnya dapat menjawab.',
    '{{office}} sent this e-mail through Rembuk. Its link is for {{institution}} alone; whoever holds it can answer.',
  ],
  'mail.footer_delegate': [
    'Surel ini dikirim {{office}} lewat Rembuk. Tautan di dalamnya khusus untuk Anda.',
    '{{office}} sent this e-mail through Rembuk. Its link is for you alone.',
  ],
} as const satisfies TextTable;
