import type { TextTable } from '../../i18n/translate.js';

export const mailServerTexts = {
  'mail_server.title': ['Server surel', 'Mail server'],
  'mail_server.lead': [
    'Lewat server ini semua instansi di instalasi ini mengirim surel.',
    'All offices of this installation send their e-mail through it.',
  ],
  'mail_server.state_ready': ['Surel dikirim', 'E-mail is sent'],
  'mail_server.state_ready_text': [
    'Server sudah diatur. Kirim surel uji untuk memastikannya.',
    'The server is set. Send a test mail to be sure.',
  ],
  'mail_server.state_no_server': ['Belum diatur', 'Not set'],
  'mail_server.state_no_server_text': [
    'Surel disimpan di Kotak keluar dan belum dikirim sampai server diatur.',
    'Mail is kept in the outbox and not sent until a server is set.',
  ],
  'mail_server.state_no_address': ['Alamat publik belum diatur', 'No public address'],
  'mail_server.state_no_address_text': [
    'Surel memuat tautan, maka setelan BASE_URL (alamat https server ini) harus ada. Sampai saat itu surel disimpan.',
    'Mail carries links, so the setting BASE_URL (the https address of this server) is needed. Until then it is kept.',
  ],
  'mail_server.state_no_password': ['Kata sandi tidak dapat dibaca', 'The password cannot be read'],
  'mail_server.state_no_password_text': [
    'Kunci induk server ini bukan yang dipakai saat kata sandi disimpan. Isi kata sandi sekali lagi.',
    'The master key is not the one under which the password was kept. Type the password again.',
  ],
  'mail_server.state_trouble': ['Server tidak menerima kiriman', 'The server takes nothing'],
  'mail_server.state_trouble_text': [
    'Surel menunggu dan tidak hilang. Kata server:',
    'Mail waits and is not lost. The server’s words:',
  ],
  'mail_server.trouble_times': [
    'Sejak {{since}}; dicoba lagi {{retry}}.',
    'Since {{since}}; tried again {{retry}}.',
  ],
  'mail_server.host': ['Server', 'Server'],
  'mail_server.host_hint': ['Misalnya: smtp.contoh.go.id', 'Such as: smtp.example.org'],
  'error.host': [
    'Tulis nama server saja, seperti smtp.contoh.go.id.',
    'Write the server’s name alone, such as smtp.example.org.',
  ],
  'mail_server.port': ['Port', 'Port'],
  'mail_server.port_hint': [
    'Biasanya 587 (STARTTLS) atau 465 (TLS).',
    'Usually 587 (STARTTLS) or 465 (TLS).',
  ],
  'mail_server.security': ['Pengamanan sambungan', 'Security of the connection'],
  'mail_server.security_tls': ['TLS sejak awal (465)', 'TLS from the start (465)'],
  'mail_server.security_starttls': ['STARTTLS, wajib (587)', 'STARTTLS, required (587)'],
  'mail_server.security_none': [
    'Tanpa pengamanan (hanya untuk server di jaringan sendiri)',
    'None (only for a server within your own network)',
  ],
  'mail_server.username': ['Nama pengguna', 'User name'],
  'mail_server.username_hint': ['Kosong: server tidak memintanya.', 'Empty: the server does not ask.'],
  'mail_server.password': ['Kata sandi server', 'Password of the server'],
  'mail_server.password_hint': [
    'Disimpan tersandi dan tidak pernah ditampilkan lagi.',
    'Kept encrypted and never shown again.',
  ],
  'mail_server.password_kept': ['Sudah tersimpan. Kosong: tidak berubah.', 'It is kept. Empty: it stays.'],
  'mail_server.password_again': [
    'Server atau nama pengguna berubah: isi kata sandinya sekali lagi.',
    'The server or the user name changed: type the password again.',
  ],
  'mail_server.from': ['Alamat pengirim', 'Sender address'],
  'mail_server.from_hint': [
    'Semua surel datang dari alamat ini; setiap instansi menambahkan namanya sendiri.',
    'All mail comes from this address; each office adds its own name.',
  ],
  'mail_server.connections': ['Sambungan sekaligus', 'Connections at a time'],
  'mail_server.connections_hint': [
    'Berapa surel dikirim bersamaan. Turunkan bila server mengeluh.',
    'How many mails are sent at the same time. Lower it if the server complains.',
  ],
  'mail_server.saved': [
    'Tersimpan. Kirim surel uji untuk memastikannya.',
    'Saved. Send a test mail to be sure.',
  ],
  'mail_server.test': ['Surel uji', 'Test mail'],
  'mail_server.test_text': [
    'Dikirim ke alamat Anda sendiri ({{to}}), langsung, dan jawaban server ditampilkan.',
    'Goes to your own address ({{to}}) at once, and what the server says is shown.',
  ],
  'mail_server.test_send': ['Kirim surel uji', 'Send a test mail'],
  'mail_server.test_sent': [
    'Server menerima surel uji untuk {{to}}. Katanya: {{words}}',
    'The server took the test mail for {{to}}. It says: {{words}}',
  ],
  'mail_server.test_refused': [
    'Surel uji untuk {{to}} tidak terkirim. Kata server: {{words}}',
    'The test mail for {{to}} was not sent. The server says: {{words}}',
  ],
  'mail_server.remove': ['Lepaskan server', 'Remove the server'],
  'mail_server.remove_text': [
    'Surel tidak dikirim lagi dan menunggu di Kotak keluar. Kata sandi server dihapus.',
    'No mail is sent any more; it waits in the outbox. The server’s password is deleted.',
  ],
  'mail_server.removed': ['Server dilepaskan.', 'The server is removed.'],
  'mail.trial_subject': ['Surel uji dari Rembuk', 'A test mail from Rembuk'],
  'mail.trial_text': [
    'Bila Anda membaca ini, server surel sudah diatur dengan benar.',
    'If you read this, the mail server is set up well.',
  ],

  'audit.mail.changed': ['Mengatur server surel', 'Set the mail server'],
  'audit.mail.removed': ['Melepaskan server surel', 'Removed the mail server'],
  'audit.mail.tried': ['Mengirim surel uji', 'Sent a test mail'],
  'audit.account.password_asked': ['Meminta kata sandi baru', 'Asked for a new password'],
  'audit.subject.installation': ['Instalasi', 'Installation'],
  'audit.field.host': ['server', 'server'],
  'audit.field.port': ['port', 'port'],
  'audit.field.security': ['pengamanan', 'security'],
  'audit.field.username': ['nama pengguna', 'user name'],
  'audit.field.passwordSealed': ['kata sandi server', 'password of the server'],
  'audit.field.fromAddress': ['alamat pengirim', 'sender address'],
  'audit.field.connections': ['sambungan', 'connections'],
  'audit.field.mailSender': ['nama pengirim surel', 'sender of e-mail'],
  'audit.field.mailReplyTo': ['alamat balasan', 'reply-to address'],
  'audit.field.language': ['bahasa surel', 'language of e-mail'],
} as const satisfies TextTable;
