import type { TextTable } from '../../i18n/translate.js';

export const homeTexts = {
  'home.next': ['Kegiatan berikutnya', 'Next event'],
  'home.running': ['Sedang berlangsung', 'Under way'],
  'home.attention': ['Perlu perhatian', 'Waiting for attention'],
  'home.attention_none': [
    'Tidak ada tindak lanjut yang lewat waktu, dan tidak ada yang menunggu Anda.',
    'Nothing is overdue, and nothing waits for you.',
  ],
  'home.letter_waiting': [
    'Surat undangan menunggu persetujuan Anda: {{title}}',
    'An invitation letter waits for your approval: {{title}}',
  ],
  'home.minutes_returned': [
    'Notula dikembalikan untuk diperbaiki: {{title}}',
    'Minutes were returned to be mended: {{title}}',
  ],
  'home.minutes_approved': [
    'Notula disetujui, tinggal diterbitkan: {{title}}',
    'Minutes are approved and can be published: {{title}}',
  ],
  'home.minutes_submitted': [
    'Notula menunggu persetujuan Anda: {{title}}',
    'Minutes wait for your approval: {{title}}',
  ],
  'home.actions_overdue': [
    '{{count}} tindak lanjut lewat waktu',
    '{{count}} follow-up is overdue',
    '{{count}} follow-ups are overdue',
  ],
  'home.actions_handed_in': [
    '{{count}} tindak lanjut diserahkan, menunggu diperiksa',
    '{{count}} follow-up is handed in and waits to be checked',
    '{{count}} follow-ups are handed in and wait to be checked',
  ],
  'home.actions_own': [
    '{{count}} tindak lanjut menjadi tanggung jawab Anda',
    '{{count}} follow-up is yours to do',
    '{{count}} follow-ups are yours to do',
  ],
  'home.proposals': [
    '{{count}} usulan perubahan data LKS menunggu keputusan',
    '{{count}} proposed change of a record waits for a decision',
    '{{count}} proposed changes of records wait for a decision',
  ],
  'home.later': ['Setelah itu', 'After that'],
  'home.drafts': ['Konsep yang perlu dilengkapi', 'Drafts to finish'],
  'home.draft_missing': ['Masih perlu: {{missing}}', 'Still needed: {{missing}}'],
  'home.draft_ready': ['Lengkap, siap diterbitkan', 'Complete, ready to be published'],
  'home.no_next': ['Belum ada kegiatan yang akan datang', 'No event ahead'],
  'home.no_next_hint': [
    'Terbitkan konsep, atau rencanakan kegiatan baru.',
    'Publish a draft, or plan a new event.',
  ],
  'home.no_next_reader_hint': [
    'Yang sudah lalu ada di daftar kegiatan.',
    'Those of the past are in the list of events.',
  ],
  'home.answer_by': ['Batas jawaban {{at}}', 'Answer by {{at}}'],
  'home.answers_closed': ['Batas jawaban sudah lewat', 'The answer-by date has passed'],
  'home.not_invited': ['Belum ada LKS yang diundang', 'No institution invited yet'],
  'home.awaited': [
    '{{count}} LKS belum menjawab',
    '{{count}} institution has not answered',
    '{{count}} institutions have not answered',
  ],
  'home.none_awaited': ['Tidak ada lagi jawaban yang ditunggu', 'No more answers are awaited'],
  'home.all_answered': ['Semua LKS sudah menjawab', 'All institutions have answered'],
  'home.awaited_more': ['dan {{count}} lainnya', 'and {{count}} more'],
  'home.to_invitations': ['Buka daftar undangan', 'Open the invitations'],
  'home.open_event': ['Buka kegiatan', 'Open the event'],
  'home.begin': ['Mulai dari sini', 'Start here'],
  'home.begin_lead': ['Tiga langkah sampai undangan pertama.', 'Three steps to the first invitation.'],
  'home.begin_institutions': ['Masukkan daftar LKS', 'Bring in your list of institutions'],
  'home.begin_institutions_hint': [
    'Impor dari berkas Excel atau CSV yang sudah ada di instansi.',
    'Import the Excel or CSV file your office already has.',
  ],
  'home.begin_event': ['Rencanakan kegiatan', 'Plan an event'],
  'home.begin_event_hint': ['Jenis, judul, hari, dan tempat dahulu.', 'Kind, title, days and place first.'],
  'home.begin_invite': ['Undang LKS', 'Invite institutions'],
  'home.begin_invite_hint': [
    'Tentukan kuota, pilih LKS, lalu terbitkan kegiatannya.',
    'Set the quota, choose institutions, then publish the event.',
  ],
  'home.done': ['sudah', 'done'],
  'home.no_office': ['Anda belum menjadi anggota instansi', 'You do not belong to an office yet'],
  'home.no_office_hint': [
    'Mintalah administrator instansi Anda menambahkan surel {{email}} sebagai rekan kerja. Setelah itu, halaman ini menampilkan kegiatan instansi.',
    'Ask your office’s administrator to add {{email}} as a colleague. This page will then show the office’s events.',
  ],
  'home.no_office_installation': [
    'Sebagai pengelola instalasi, Anda dapat membuat instansi dan mengundang administratornya.',
    'As installation admin you can create offices and invite their administrators.',
  ],
} as const satisfies TextTable;
