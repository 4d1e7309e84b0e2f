import type { TextTable } from '../../i18n/translate.js';

export const accountTexts = {
  'account.sign_in': ['Masuk', 'Sign in'],
  'account.sign_in_lead': [
    'Untuk petugas Dinas Sosial dan LKKS. LKS yang diundang tidak perlu akun: cukup buka tautan undangannya.',
    'For staff of social service offices. An invited institution needs no account: its link is enough.',
  ],
  'account.password': ['Kata sandi', 'Password'],
  'account.form_unsaved': [
    'Sesi Anda berakhir: isian terakhir belum tersimpan. Masuk, lalu isi sekali lagi.',
    'Your session has ended: what you sent last is not saved. Sign in and fill it in again.',
  ],
  'account.sign_in_wrong': [
    'Surel atau kata sandi tidak cocok.',
    'The e-mail and the password do not belong together.',
  ],
  'account.forgotten': ['Lupa kata sandi?', 'Forgotten your password?'],
  'account.forgotten_lead': [
    'Tulis surel yang Anda pakai untuk masuk. Kami mengirim tautan untuk membuat kata sandi baru.',
    'Write the address you sign in with. We will send a link to set a new password.',
  ],
  'account.forgotten_send': ['Kirim tautan', 'Send the link'],
  'account.forgotten_sent': [
    'Bila surel itu terdaftar, tautannya sudah dalam perjalanan. Periksa kotak masuk dan folder spam.',
    'If that address is registered, the link is on its way. Look into your inbox and the spam folder.',
  ],
  'account.forgotten_otherwise': ['Tidak ada surel yang datang?', 'No e-mail comes?'],
  'account.language': ['Bahasa surel untuk saya', 'Language of e-mail to me'],
  'account.language_id': ['Bahasa Indonesia', 'Indonesian'],
  'account.language_en': ['Bahasa Inggris', 'English'],

  'mail.subject.welcome': ['Akun Anda di Rembuk: {{office}}', 'Your account in Rembuk: {{office}}'],
  'mail.text.welcome': [
    'Anda terdaftar sebagai petugas {{office}} di Rembuk. Buat kata sandi Anda lewat tombol di bawah; masuk nanti dengan surel {{email}}.',
    'You are now a member of {{office}} in Rembuk. Set your password by the button below; you will sign in with {{email}}.',
  ],
  'mail.button.welcome': ['Buat kata sandi', 'Set your password'],
  'mail.closing.welcome': [
    'Tautan ini berlaku 7 hari dan hanya untuk satu kali pakai.',
    'The link is good for 7 days and works once.',
  ],
  'mail.subject.reset': ['Kata sandi baru untuk Rembuk', 'A new password for Rembuk'],
  'mail.text.reset': [
    'Ada permintaan kata sandi baru untuk akun {{email}}. Kata sandi lama tetap berlaku sampai yang baru dibuat.',
    'A new password was requested for the account {{email}}. The old one works until a new one is set.',
  ],
  'mail.button.reset': ['Buat kata sandi baru', 'Set a new password'],
  'mail.closing.reset': [
    'Tautan ini berlaku 24 jam dan hanya untuk satu kali pakai. Bila bukan Anda yang meminta, abaikan surel ini.',
    'The link is good for 24 hours and works once. If you did not ask for it, ignore this e-mail.',
  ],
  'mail.footer_account': [
    'Surel ini dikirim Rembuk. Jangan teruskan: siapa pun yang memegang tautannya dapat membuat kata sandi Anda.',
    'Rembuk sent this e-mail. Do not pass it on: whoever holds its link can set your password.',
  ],
  'access.also_mailed': [
    'Tautan yang sama juga dikirim ke {{email}}.',
    'The same link is also mailed to {{email}}.',
  ],

  'account.forgotten_text': [
    'Hubungi administrator di instansi Anda. Ia dapat membuatkan tautan untuk kata sandi baru, lalu menyerahkannya langsung atau lewat WhatsApp.',
    'Ask the administrator of your office: they can make a link for a new password and hand it to you in person or by WhatsApp.',
  ],
  'account.forgotten_link': [
    'Tautan itu berlaku 24 jam dan hanya untuk satu kali pakai.',
    'The link is good for 24 hours and works once.',
  ],
  'account.back_to_sign_in': ['Kembali ke halaman masuk', 'Back to sign-in'],
  'account.new_password': ['Kata sandi baru', 'New password'],
  'account.password_again': ['Ulangi kata sandi', 'The password once more'],
  'account.password_hint': [
    'Paling sedikit 10 huruf. Beberapa kata yang hanya Anda ingat lebih kuat daripada kata pendek dengan angka.',
    'At least 10 letters. A few words that only you remember are stronger than a short one with digits.',
  ],
  'error.password_short': ['Paling sedikit {{minimum}} huruf.', 'At least {{minimum}} letters.'],
  'error.password_common': [
    'Kata sandi ini mudah ditebak. Pilih yang lain.',
    'This password is easy to guess. Choose another.',
  ],
  'error.password_differs': ['Kedua kata sandi tidak sama.', 'The two passwords differ.'],

  'setup.title': ['Mulai memakai Rembuk', 'Start with Rembuk'],
  'setup.lead': [
    'Isi satu kali: instansi pertama dan administratornya. Kode tertulis di konsol server tempat Rembuk dijalankan.',
    'To be filled in once: the first office and its administrator. The code stands on the console of the server that runs Rembuk.',
  ],
  'setup.code': ['Kode pemasangan', 'Setup code'],
  'setup.code_wrong': [
    'Kode ini tidak cocok. Lihat kode terakhir di konsol server.',
    'This is not the code. Look for the latest one on the server’s console.',
  ],
  'setup.office': ['Instansi', 'Office'],
  'setup.administrator': ['Administrator pertama', 'First administrator'],
  'setup.submit': ['Buat instansi dan masuk', 'Create the office and sign in'],
  'setup.done': ['Instansi sudah dibuat. Selamat datang.', 'The office is created. Welcome.'],

  'access.title': ['Buat kata sandi', 'Set your password'],
  'access.for': [
    'Untuk {{name}}; masuk nanti dengan surel {{email}}.',
    'For {{name}}; you will sign in with {{email}}.',
  ],
  'access.submit': ['Simpan dan masuk', 'Save and sign in'],
  'access.done': [
    'Kata sandi tersimpan. Perangkat lain sudah dikeluarkan.',
    'Your password is saved. Other devices are signed out.',
  ],
  'access.ended': ['Tautan ini tidak berlaku lagi', 'This link is no longer good'],
  'access.ended_text': [
    'Tautan hanya untuk satu kali pakai dan punya batas waktu. Mintalah tautan baru kepada administrator instansi Anda.',
    'A link works once and for a limited time. Ask your office’s administrator for a new one.',
  ],
  'access.link_title': ['Serahkan tautan ini', 'Hand over this link'],
  'access.link_welcome': [
    'Dengan tautan ini {{name}} membuat kata sandi. Berlaku 7 hari, satu kali pakai, dan hanya terlihat sekarang.',
    '{{name}} sets a password with this link. It is good for 7 days, works once, and is shown only now.',
  ],
  'access.link_reset': [
    'Dengan tautan ini {{name}} membuat kata sandi baru. Berlaku 24 jam, satu kali pakai, dan hanya terlihat sekarang.',
    '{{name}} sets a new password with this link. It is good for 24 hours, works once, and is shown only now.',
  ],
  'access.link': ['Tautan', 'Link'],
  'access.copy': ['Salin tautan', 'Copy the link'],
  'access.whatsapp': ['Kirim lewat WhatsApp', 'Send by WhatsApp'],
  'access.message_welcome': [
    'Yth. {{name}}, Anda terdaftar sebagai petugas {{office}} di Rembuk. Buat kata sandi Anda lewat tautan ini (berlaku 7 hari): {{link}}',
    'Dear {{name}}, you are now a member of {{office}} in Rembuk. Set your password with this link (good for 7 days): {{link}}',
  ],
  'access.message_reset': [
    'Yth. {{name}}, buat kata sandi baru Anda untuk Rembuk ({{office}}) lewat tautan ini (berlaku 24 jam): {{link}}',
    'Dear {{name}}, set your new password for Rembuk ({{office}}) with this link (good for 24 hours): {{link}}',
  ],

  'account.profile': ['Nama dan surel', 'Name and e-mail'],
  'account.email_hint': ['Dengan surel ini Anda masuk.', 'You sign in with this address.'],
  'account.email_taken': ['Surel ini sudah dipakai orang lain.', 'Somebody else uses this address.'],
  'account.change_password': ['Ganti kata sandi', 'Change the password'],
  'account.current_password': ['Kata sandi sekarang', 'Current password'],
  'account.current_wrong': ['Kata sandi sekarang tidak cocok.', 'This is not your current password.'],
  'account.password_changed': [
    'Kata sandi sudah diganti. Perangkat lain sudah dikeluarkan.',
    'The password is changed. Other devices are signed out.',
  ],
  'account.devices': ['Perangkat', 'Devices'],
  'account.devices_text': [
    'Pernah masuk di komputer atau HP orang lain? Keluarkan semuanya sekaligus, termasuk perangkat ini.',
    'Did you sign in on somebody else’s computer or phone? Sign all of them out at once, this one too.',
  ],
  'account.sign_out_everywhere': ['Keluar dari semua perangkat', 'Sign out everywhere'],
  'account.offices': ['Instansi saya', 'My offices'],
  'account.no_office': [
    'Anda belum menjadi petugas di instansi mana pun. Mintalah administrator instansi menambahkan surel Anda.',
    'You do not belong to an office yet. Ask its administrator to add your address.',
  ],
  'account.acting_here': ['Sedang dipakai', 'In use now'],
  'account.use_office': ['Pakai instansi ini', 'Use this office'],

  'account.role_administrator': ['Administrator', 'Administrator'],
  'account.role_organizer': ['Penyelenggara', 'Organizer'],
  'account.role_secretary': ['Sekretaris', 'Secretary'],
  'account.role_leader': ['Pimpinan', 'Leader'],
  'account.role_administrator_hint': [
    'Mengatur instansi, rekan, dan semua yang dapat dilakukan penyelenggara.',
    'Manages the office and its people, and everything an organizer may do.',
  ],
  'account.role_organizer_hint': [
    'Mengelola data LKS, kegiatan, kuota, dan undangan.',
    'Manages the registry, events, seats and invitations.',
  ],
  'account.role_secretary_hint': [
    'Mencatat jawaban, kehadiran, notula, dan tindak lanjut.',
    'Records answers, attendance, minutes and follow-ups.',
  ],
  'account.role_leader_hint': [
    'Melihat semuanya dan catatan perubahan; menyetujui notula.',
    'Reads everything and the audit log; approves minutes.',
  ],

  'colleague.title': ['Rekan', 'Colleagues'],
  'colleague.lead': [
    'Siapa yang bekerja dengan Rembuk di instansi ini, dan apa perannya.',
    'Who works with Rembuk in this office, and in which role.',
  ],
  'colleague.roles': ['Peran', 'Roles'],
  'colleague.last_seen': ['Terakhir masuk', 'Last signed in'],
  'colleague.not_yet': ['Belum pernah masuk', 'Never signed in'],
  'colleague.you': ['Anda', 'You'],
  'colleague.invite': ['Tambah rekan', 'Add a colleague'],
  'colleague.invite_hint': [
    'Orang baru mendapat tautan untuk membuat kata sandi; Anda yang menyerahkannya. Yang sudah punya akun langsung dapat masuk.',
    'A new person gets a link to set a password, which you hand over. Who has an account can work at once.',
  ],
  'colleague.invite_submit': ['Tambahkan', 'Add'],
  'colleague.added': [
    'Rekan ditambahkan. Ia masuk dengan akun yang sudah dimilikinya.',
    'The colleague is added and signs in with the account they have.',
  ],
  'colleague.already_here': [
    'Orang ini sudah menjadi rekan di instansi ini.',
    'This person belongs to the office already.',
  ],
  'colleague.save_roles': ['Simpan peran', 'Save the roles'],
  'colleague.link': ['Tautan kata sandi', 'Password link'],
  'colleague.link_hint_welcome': [
    'Belum pernah membuat kata sandi. Buat tautan baru bila yang lama hilang; yang lama langsung tidak berlaku.',
    'Has not set a password yet. Make a new link if the old one is lost; the old one ends at once.',
  ],
  'colleague.link_hint_reset': [
    'Bila lupa kata sandi: buat tautan, lalu serahkan. Kata sandi lama tetap berlaku sampai tautannya dipakai.',
    'For a lost password: make a link and hand it over. The old password works until the link is used.',
  ],
  'colleague.link_elsewhere': [
    'Orang ini juga punya wewenang di luar instansi ini. Tautan kata sandinya hanya dapat dibuat administrator instalasi.',
    'This person may do things beyond this office. Only the installation’s administrator can make their link.',
  ],
  'colleague.make_link': ['Buat tautan', 'Make a link'],
  'colleague.remove': ['Keluarkan dari instansi', 'Remove from the office'],
  'colleague.remove_text': [
    '{{name}} tidak dapat lagi membuka data instansi ini. Catatan pekerjaannya tetap ada, dan ia dapat ditambahkan lagi.',
    '{{name}} can no longer open this office’s records. What they did stays on record, and they can be added again.',
  ],
  'colleague.removed': ['Rekan sudah dikeluarkan.', 'The colleague is removed.'],
  'colleague.last_administrator': [
    'Ini administrator terakhir. Jadikan orang lain administrator lebih dulu.',
    'This is the last administrator. Make somebody else administrator first.',
  ],
  'error.roles_needed': ['Pilih paling sedikit satu peran.', 'Choose at least one role.'],
} as const satisfies TextTable;
