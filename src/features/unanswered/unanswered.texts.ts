import type { TextTable } from '../../i18n/translate.js';

export const unansweredTexts = {
  'unanswered.title': ['Belum menjawab', 'Not answered yet'],
  'unanswered.lead': [
    '{{count}} LKS ditunggu jawabannya, menurut kabupaten/kota.',
    '{{count}} institution is awaited, by regency or city.',
    '{{count}} institutions are awaited, by regency or city.',
  ],
  'unanswered.lead_mine': [
    '{{count}} LKS dampingan Anda ditunggu jawabannya.',
    '{{count}} institution that you look after is awaited.',
    '{{count}} institutions that you look after are awaited.',
  ],
  'unanswered.all': ['Semua LKS', 'All institutions'],
  'unanswered.mine': ['Dampingan saya', 'Those I look after'],
  'unanswered.cut': [
    'Hanya {{count}} LKS pertama yang ditampilkan.',
    'Only the first {{count}} institutions are shown.',
  ],
  'unanswered.none': ['Tidak ada jawaban yang ditunggu', 'No answer is awaited'],
  'unanswered.none_text': [
    'Semua LKS yang diundang sudah menjawab.',
    'Everybody who is invited has answered.',
  ],
  'unanswered.none_mine': [
    'Tidak ada LKS dampingan Anda yang ditunggu jawabannya.',
    'None of those that you look after is awaited.',
  ],
  'unanswered.contact': ['Pengurus', 'Representative'],
  'unanswered.pendamping': ['Pendamping', 'Officer in charge'],
  'unanswered.no_pendamping': ['Belum ada pendamping', 'Nobody in charge'],
  'unanswered.last_contact': ['Kontak terakhir', 'Last contact'],
  'unanswered.last_contact_at': ['Waktu kontak terakhir', 'Time of the last contact'],
  'unanswered.no_contact': ['Belum pernah dihubungi', 'Never contacted'],
  'unanswered.way_whatsapp': ['WhatsApp terkirim', 'WhatsApp sent'],
  'unanswered.way_email': ['Surel terkirim', 'E-mail sent'],
  'unanswered.way_by_hand': ['Tautan diteruskan', 'Link passed on'],
  'unanswered.days_left': ['Sisa hari', 'Days left'],
  'unanswered.days': ['{{count}} hari lagi', '{{count}} day left', '{{count}} days left'],
  'unanswered.today': ['hari ini', 'today'],
  'unanswered.past': ['sudah lewat', 'past'],
  'unanswered.print': ['Cetak', 'Print'],
  'unanswered.export': ['Unduh Excel', 'Download Excel'],
  'unanswered.in_region': ['{{region}}: {{count}} LKS', '{{region}}: {{count}}', '{{region}}: {{count}}'],
  'home.awaited_mine': [
    '{{count}} LKS dampingan Anda belum menjawab: {{title}}',
    '{{count}} institution that you look after has not answered: {{title}}',
    '{{count}} institutions that you look after have not answered: {{title}}',
  ],
  'audit.invitations.unanswered_exported': [
    'Daftar belum menjawab diunduh',
    'List of missing answers downloaded',
  ],
} as const satisfies TextTable;
