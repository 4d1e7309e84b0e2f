import type { TextTable } from '../../i18n/translate.js';

/** Calendars to subscribe to. */
export const feedTexts = {
  'feed.title': ['Langganan kalender', 'Calendar subscription'],
  'feed.settings_lead': [
    'Kegiatan instansi di kalender ponsel atau komputer Anda.',
    'The events of your office in the calendar of your phone or computer.',
  ],
  'feed.office_lead': [
    'Tambahkan alamat ini ke program kalender Anda (Google Kalender: Dari URL; Outlook: Berlangganan dari web; iPhone: Akun kalender langganan). Kegiatan yang sudah diterbitkan muncul di sana dan ikut berubah.',
    'Add this address to your calendar program (Google Calendar: From URL; Outlook: Subscribe from web; iPhone: subscribed calendar). Announced events appear there and change along.',
  ],
  'feed.secret': [
    'Siapa yang memegang alamat ini dapat membaca judul, waktu dan tempat kegiatan, tetapi tidak melihat nama orang atau nomor telepon.',
    'Whoever holds this address can read titles, times and places of events, but sees no names of people and no phones.',
  ],
  'feed.open': ['Buka di kalender', 'Open in the calendar'],
  'feed.renew': ['Ganti alamat', 'Change the address'],
  'feed.renew_text': [
    'Alamat lama tidak berlaku lagi; semua yang memakainya harus memasang yang baru.',
    'The old address stops working; everybody who uses it must add the new one.',
  ],
  'feed.renewed': ['Alamat kalender sudah diganti.', 'The address of the calendar was changed.'],
  'feed.institution_lead': [
    'Undangan untuk LKS ini sebagai kalender langganan. Berikan hanya kepada pengurusnya.',
    'The invitations of this institution as a subscribed calendar. Give it to its own people only.',
  ],
  'feed.answer_title': ['Semua undangan di kalender Anda', 'All invitations in your calendar'],
  'feed.answer_lead': [
    'Pasang alamat ini sekali di kalender ponsel Anda. Undangan berikutnya muncul sendiri, dan perubahan ikut terlihat.',
    'Add this address to the calendar of your phone once. Further invitations appear by themselves, and changes show.',
  ],
  'answer.done_calendar_renewed': [
    'Alamat kalender lembaga Anda sudah diganti.',
    'The address of your calendar was changed.',
  ],
  'audit.office.feed_renewed': [
    'Alamat kalender instansi diganti',
    'Address of the calendar of the office changed',
  ],
  'audit.institution.feed_renewed': [
    'Alamat kalender LKS diganti',
    'Address of the calendar of an institution changed',
  ],
} as const satisfies TextTable;
