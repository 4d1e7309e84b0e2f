import type { TextTable } from '../../i18n/translate.js';

export const accountTexts = {
  'account.sign_in': ['Masuk', 'Sign in'],
  'account.sign_in_lead': [
    'Untuk petugas Dinas Sosial dan LKKS. LKS yang diundang tidak perlu akun: cukup buka tautan undangannya.',
    'For staff of social service offices. An invited institution needs no account: its link is enough.',
  ],
  'account.password': ['Kata sandi', 'Password'],
  'account.sign_in_wrong': [
    'Surel atau kata sandi tidak cocok.',
    'The e-mail and the password do not belong together.',
  ],
  'account.forgotten': ['Lupa kata sandi?', 'Forgotten your password?'],
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
} as const satisfies TextTable;
