import type { TextTable } from '../../i18n/translate.js';

/** The page of an owner without an account: plain words for an old phone. */
export const ownerLinkTexts = {
  'action.link_title': ['Tindak lanjut Anda', 'Your follow-ups'],
  'action.link_for': ['Untuk {{name}}', 'For {{name}}'],
  'action.link_lead': [
    'Ini yang disepakati bersama {{office}}. Kirim kabar bila ada kemajuan, dan tekan “Sudah selesai” bila pekerjaannya selesai.',
    'This is what was agreed with {{office}}. Send news when there is some, and tap “It is done” when the work is finished.',
  ],
  'action.link_none': ['Tidak ada tindak lanjut', 'No follow-ups'],
  'action.link_none_text': [
    'Saat ini tidak ada yang perlu Anda kerjakan.',
    'There is nothing for you to do at the moment.',
  ],
  'action.link_open': ['{{count}} perlu dikerjakan', '{{count}} to work on'],
  'action.link_closed': ['Sudah selesai', 'Finished'],
  'action.link_older': [
    'dan {{count}} lagi yang lebih lama',
    'and {{count}} older one',
    'and {{count}} older ones',
  ],
  'action.link_report': ['Kirim kabar', 'Send news'],
  'action.link_note': ['Apa kabarnya?', 'What is the news?'],
  'action.link_do_note': ['Kirim kabar saja', 'Send news only'],
  'action.link_do_start': ['Kami mulai mengerjakan', 'We have begun'],
  'action.link_do_hand_in': ['Sudah selesai', 'It is done'],
  'action.link_done_note': ['Kabar Anda sudah diterima. Terima kasih.', 'Your news has arrived. Thank you.'],
  'action.link_done_start': ['Dicatat: sedang dikerjakan. Terima kasih.', 'Noted: under way. Thank you.'],
  'action.link_done_hand_in': [
    'Terima kasih. Instansi akan memeriksanya; hasilnya tampil di halaman ini.',
    'Thank you. The office will check it; the result appears on this page.',
  ],
  'action.link_waiting': [
    'Anda sudah menyerahkannya. Instansi sedang memeriksa; Anda tidak perlu berbuat apa-apa.',
    'You have handed it in. The office is checking it; there is nothing to do for you.',
  ],
  'action.link_returned': ['Perlu dilengkapi:', 'Something is missing:'],
  'action.link_by_office': ['Instansi', 'The office'],
  'action.link_by_you': ['Anda', 'You'],
  'action.link_past': ['Yang sudah dilaporkan', 'What was reported'],
  'action.link_contact': ['Ada pertanyaan? Hubungi', 'Any questions? Contact'],
  'action.link_privacy': ['Siapa yang melihat halaman ini?', 'Who sees this page?'],
  'action.link_privacy_text': [
    'Siapa pun yang memiliki tautan ini. Jangan teruskan kepada orang lain. Kabar dan foto dilihat oleh instansi; jangan mengirim foto wajah anak atau data kesehatan.',
    'Whoever has this link. Do not pass it on. News and photos are seen by the office; send no photos of children’s faces and no health data.',
  ],
  'action.link_from_answer': ['Lihat tindak lanjut yang disepakati', 'See what was agreed'],
  'action.link_from_answer_open': [
    '{{count}} tindak lanjut menunggu dikerjakan.',
    '{{count}} follow-up is waiting to be done.',
    '{{count}} follow-ups are waiting to be done.',
  ],
} as const satisfies TextTable;
