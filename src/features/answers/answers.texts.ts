import type { TextTable } from '../../i18n/translate.js';

export const answerTexts = {
  'answer.invites': ['Undangan untuk {{institution}}', 'Invitation for {{institution}}'],
  'answer.when': ['Waktu', 'When'],
  'answer.where': ['Tempat', 'Where'],
  'answer.map': ['Lihat peta', 'See the map'],
  'answer.online': ['Daring', 'Online'],
  'answer.online_link': ['Ikut secara daring', 'Join online'],
  'answer.until': ['Batas jawab', 'Answer by'],
  'answer.answer_until': ['Jawab sampai', 'Answer until'],
  'answer.how_many': ['Berapa orang yang hadir?', 'How many people come?'],
  'answer.prefilled': [
    'Nama {{name}} kami isikan; dapat diganti sesudahnya.',
    'We fill in {{name}}; you can change it afterwards.',
  ],
  'answer.yes': ['Kami hadir', 'We are coming'],
  'answer.no': ['Berhalangan', 'We cannot come'],
  'answer.join_waiting': ['Masuk daftar tunggu', 'Join the waiting list'],
  'answer.full': [
    'Kursi untuk kelompok LKS Anda sudah penuh. Anda dapat masuk daftar tunggu.',
    'The seats of your group are full. You can join the waiting list.',
  ],
  'answer.take': ['Terima kursi', 'Take the seats'],
  'answer.release': ['Lepaskan', 'Release'],
  'answer.still_coming': ['Tetap hadir', 'We are still coming'],
  'answer.withdraw': ['Batal hadir', 'We cannot come after all'],
  'answer.withdraw_hint': [
    'Kursi Anda diberikan kepada LKS berikutnya. Bila berubah pikiran, Anda masuk dari urutan terakhir.',
    'Your seats go to the next institution. If you change your mind you join at the end of the line.',
  ],
  'answer.stop_waiting_hint': [
    'Tempat Anda di daftar tunggu berakhir. Bila berubah pikiran, Anda masuk dari urutan terakhir.',
    'Your place in the waiting list ends. If you change your mind, you join at its end.',
  ],
  'answer.withdraw_sure': ['Ya, kami berhalangan', 'Yes, we cannot come'],
  'answer.stop_waiting': ['Berhenti menunggu', 'Stop waiting'],
  'answer.give_back': ['Kembalikan kursi ini', 'Give this seat back'],

  'answer.short': ['Tinggal {{count}} kursi.', 'Only {{count}} seat left.', 'Only {{count}} seats left.'],
  'answer.short_title': ['Tinggal {{count}} kursi', 'Only {{count}} seat left', 'Only {{count}} seats left'],
  'answer.short_text': [
    'Anda meminta {{wanted}} kursi, yang masih ada {{free}}. Pilih salah satu:',
    'You asked for {{wanted}} seats, {{free}} are left. Choose:',
  ],
  'answer.short_take': [
    'Ambil {{free}} kursi, tunggu {{rest}} lagi',
    'Take {{free}} now, wait for {{rest}} more',
  ],
  'answer.short_wait': ['Tunggu sampai cukup {{wanted}} kursi', 'Wait until there are {{wanted}} seats'],
  'answer.short_hint': [
    'Bila menunggu sampai cukup, LKS yang meminta lebih sedikit dapat mendahului.',
    'If you wait for all, institutions that ask for fewer may pass you.',
  ],

  'answer.accepted_title': [
    'Anda tercatat akan hadir: {{count}} orang',
    'You are coming: {{count}} person',
    'You are coming: {{count}} people',
  ],
  'answer.accepted_text': [
    'Tunjukkan kode QR di bawah saat datang. Simpan tautan ini.',
    'Show the QR code below when you arrive. Keep this link.',
  ],
  'answer.accepted_text_many': [
    'Setiap delegasi menunjukkan kode QR-nya sendiri saat datang. Simpan tautan ini.',
    'Each delegate shows their own QR code on arrival. Keep this link.',
  ],
  'answer.rest_waiting': [
    'Masih menunggu {{count}} kursi.',
    'Still waiting for {{count}} seat.',
    'Still waiting for {{count}} seats.',
  ],
  'answer.place': ['Urutan tunggu: {{count}}.', 'Place in line: {{count}}.', 'Place in line: {{count}}.'],
  'answer.more_title': [
    'Ada {{count}} kursi lagi untuk Anda',
    '{{count}} more seat for you',
    '{{count}} more seats for you',
  ],
  'answer.held_until': ['Kursi ditahan sampai {{at}}', 'Held for you until {{at}}'],
  'answer.waiting_title': [
    'Daftar tunggu, urutan {{count}}',
    'Waiting list, place {{count}}',
    'Waiting list, place {{count}}',
  ],
  'answer.waiting_all': [
    'Anda menunggu sampai {{count}} kursi sekaligus tersedia.',
    'You wait until {{count}} seat is free.',
    'You wait until {{count}} seats are free together.',
  ],
  'answer.waiting_any': [
    'Anda menunggu {{count}} kursi.',
    'You wait for {{count}} seat.',
    'You wait for {{count}} seats.',
  ],
  'answer.waiting_in': [
    '{{count}} LKS ada di daftar tunggu.',
    '{{count}} institution is waiting.',
    '{{count}} institutions are waiting.',
  ],
  'answer.waiting_in_stratum': [
    '{{count}} LKS menunggu di kelompok {{stratum}}.',
    '{{count}} institution is waiting in the group {{stratum}}.',
    '{{count}} institutions are waiting in the group {{stratum}}.',
  ],
  'answer.waiting_at_once': [
    'Sampai batas jawab, kursi itu langsung menjadi milik Anda; sesudahnya ditawarkan dan ditahan {{count}} jam. Anda kami kabari.',
    'Until answer-by that seat is yours at once; afterwards it is offered and held for {{count}} hour. We tell you.',
    'Until answer-by that seat is yours at once; afterwards it is offered and held for {{count}} hours. We tell you.',
  ],
  'answer.waiting_offer': [
    'Kursi itu ditawarkan kepada Anda dan ditahan {{count}} jam. Anda kami kabari.',
    'That seat is offered to you and held for {{count}} hour. We tell you.',
    'That seat is offered to you and held for {{count}} hours. We tell you.',
  ],
  'answer.waiting_ends': [
    'Daftar tunggu berakhir saat kegiatan dimulai. Halaman ini selalu menunjukkan keadaan terakhir.',
    'The waiting list ends when the event begins. This page always shows how things stand.',
  ],
  'answer.offered_title': [
    '{{count}} kursi ditawarkan',
    '{{count}} seat is offered to you',
    '{{count}} seats are offered to you',
  ],
  'answer.reconfirm_title': [
    'Tanggalnya berubah: apakah Anda tetap hadir?',
    'The day has changed: are you still coming?',
  ],
  'answer.declined_title': ['Anda menjawab: berhalangan', 'You answered: not coming'],
  'answer.declined_text': [
    'Terima kasih atas kabarnya. Selama batas jawab belum lewat, Anda masih dapat berubah pikiran.',
    'Thank you for telling us. Until the answer-by date you can still change your mind.',
  ],
  'answer.lapsed_title': ['Batas waktunya sudah lewat', 'The time has passed'],
  'answer.lapsed_text': [
    'Kursi diteruskan kepada LKS lain. Hubungi panitia bila Anda tetap ingin hadir.',
    'The seats went on to other institutions. Contact the committee if you would still like to come.',
  ],
  'answer.revoked_title': ['Undangan ini ditarik', 'This invitation was revoked'],
  'answer.revoked_text': [
    'Hubungi panitia bila ada pertanyaan.',
    'Please contact the committee if you have questions.',
  ],
  'answer.cancelled_title': ['Kegiatan ini dibatalkan', 'This event is cancelled'],
  'answer.cancelled_text': ['Mohon maaf. Anda tidak perlu datang.', 'We are sorry. You need not come.'],
  'answer.finished_title': ['Kegiatan ini sudah selesai', 'This event is over'],
  'answer.finished_text': ['Terima kasih atas perhatian Anda.', 'Thank you for your interest.'],
  'answer.not_open_title': ['Undangan ini belum dibuka', 'This invitation is not open yet'],
  'answer.not_open_text': [
    'Panitia masih menyiapkannya. Coba lagi nanti.',
    'The committee is still preparing it. Please try again later.',
  ],
  'answer.because': ['Alasan: {{reason}}', 'Reason: {{reason}}'],

  'answer.done_accepted': ['Jawaban Anda tersimpan: hadir.', 'Your answer is saved: coming.'],
  'answer.done_waiting': ['Anda masuk daftar tunggu.', 'You are on the waiting list.'],
  'answer.done_declined': ['Jawaban Anda tersimpan: berhalangan.', 'Your answer is saved: not coming.'],
  'answer.done_confirmed': [
    'Terima kasih, Anda tetap tercatat akan hadir.',
    'Thank you, you are still coming.',
  ],
  'answer.done_released': [
    'Tawaran dilepas; kursi yang ada tetap milik Anda.',
    'Released; the seats you have stay yours.',
  ],
  'answer.done_stopped': ['Anda tidak lagi menunggu kursi tambahan.', 'You no longer wait for more seats.'],
  'answer.done_named': ['Nama tersimpan.', 'The name is saved.'],
  'answer.done_replaced': [
    'Pengganti tersimpan. Kode QR yang lama tidak berlaku lagi.',
    'The replacement is saved. The earlier QR code no longer works.',
  ],
  'answer.done_returned': ['Kursi dikembalikan.', 'The seat was given back.'],

  'answer.delegates': ['Delegasi Anda', 'Your delegates'],
  'answer.qr': ['Kode QR untuk {{name}}', 'QR code for {{name}}'],
  'answer.qr_hint': ['Kode QR ini dipindai di pintu masuk.', 'This QR code is scanned at the entrance.'],
  'answer.each_own_page': [
    'Ketuk nama untuk membuka halaman dan kode QR-nya; halaman itu dapat diteruskan kepada yang bersangkutan.',
    'Tap a name for that person’s page and QR code; you can pass the page on to them.',
  ],
  'answer.change': ['Ubah atau ganti', 'Change or replace'],
  'answer.own_page': ['Halaman untuk delegasi ini', 'This delegate’s own page'],
  'answer.name_person': ['Isi nama', 'Give the name'],
  'answer.own_data': ['Data Anda di sini', 'Your data here'],
  'answer.replaced_title': ['Anda sudah digantikan', 'Somebody else comes in your place'],
  'answer.replaced_text': [
    'Lembaga Anda menugaskan orang lain. Kode QR ini tidak berlaku lagi.',
    'Your institution sends another person. This QR code no longer works.',
  ],
  'answer.released_title': ['Kursi ini sudah dikembalikan', 'This seat was given back'],
  'answer.released_text': [
    'Kode QR ini tidak berlaku lagi. Hubungi lembaga Anda atau panitia.',
    'This QR code no longer works. Contact your institution or the committee.',
  ],
  'answer.calendar': ['Tambah ke kalender', 'Add to calendar'],
  'answer.notes': ['Catatan', 'Notes'],
  'answer.contact': ['Ada pertanyaan? Hubungi', 'Questions? Contact'],
  'answer.privacy': ['Apa yang halaman ini ketahui tentang Anda', 'What this page knows about you'],
  'answer.privacy_text': [
    'Nama, jabatan, dan nomor HP delegasi hanya dilihat instansi penyelenggara. Nomor HP dan surel dihapus {{count}} bulan sesudah kegiatan; nama dan jabatan tetap dalam catatan kegiatan.',
    'Only the organizing office sees names, positions and numbers of delegates. Numbers and e-mail addresses are erased {{count}} month after the event; name and position stay in its record.',
    'Only the organizing office sees names, positions and numbers of delegates. Numbers and e-mail addresses are erased {{count}} months after the event; name and position stay in its record.',
  ],

  'answer.code_title': ['Jawab dengan kode', 'Answer with a code'],
  'answer.code_text': [
    'Ketik 10 huruf dan angka yang tercetak pada undangan Anda.',
    'Type the 10 letters and digits printed on your invitation.',
  ],
  'answer.code_go': ['Buka undangan', 'Open the invitation'],
  'answer.code_shape': [
    'Kode terdiri dari 10 huruf dan angka. Periksa sekali lagi.',
    'A code has 10 letters and digits. Please check.',
  ],
  'answer.code_unknown': [
    'Kode ini tidak dikenal atau sudah diganti. Periksa sekali lagi atau hubungi panitia.',
    'This code is unknown or was renewed. Check it, or contact the committee.',
  ],
  'answer.unknown_link': ['Tautan ini tidak berlaku (lagi)', 'This link does not work (any more)'],
  'answer.problem_link': [
    'Mungkin tautannya terpotong atau sudah diganti. Buka lagi dari pesan terakhir, ketik kode pada undangan, atau hubungi instansi yang mengundang.',
    'The link may be cut off, or was renewed. Open it again from the latest message, type the code on your invitation, or contact the office that invited you.',
  ],
  'answer.problem_limit': [
    'Tautan undangan yang benar tetap dapat dibuka.',
    'A right invitation link still opens.',
  ],
  'answer.problem_other': [
    'Coba lagi sebentar lagi. Jawaban terakhir mungkin belum tersimpan; halaman undangan menunjukkan keadaan terakhir.',
    'Try again in a moment. Your last answer may not be saved; the invitation page shows how things stand.',
  ],
  'answer.already': [
    'Anda sudah menjawab. Keadaan terakhir ada di bawah.',
    'You have answered already. See below.',
  ],
  'answer.offer_gone': ['Tawaran ini sudah lewat.', 'This offer has passed.'],
  'answer.delegate_gone': [
    'Orang ini sudah diganti atau tidak jadi hadir.',
    'This person was replaced or withdrew.',
  ],
  'answer.names_closed': [
    'Batas mengganti nama sudah lewat. Hubungi panitia.',
    'The time to change names has passed. Contact the committee.',
  ],
  'answer.closed_deadline': ['Batas jawab sudah lewat.', 'The answer-by date has passed.'],
  'answer.closed_cancelled': ['Kegiatan ini dibatalkan.', 'This event is cancelled.'],
  'answer.closed_past': ['Kegiatan ini sudah dimulai atau selesai.', 'This event has begun or is over.'],
} as const satisfies TextTable;
