import type { TextTable } from '../../i18n/translate.js';

/** What happened to an invitation, line by line, and how a phone call is noted. */
export const timelineTexts = {
  'timeline.title': ['Yang sudah terjadi', 'What happened'],
  'timeline.sent_whatsapp': ['Dikirim lewat WhatsApp: {{what}}', 'Sent by WhatsApp: {{what}}'],
  'timeline.sent_email': ['Dikirim lewat surel: {{what}}', 'Sent by e-mail: {{what}}'],
  'timeline.written_whatsapp': ['Ditulis untuk WhatsApp: {{what}}', 'Written for WhatsApp: {{what}}'],
  'timeline.written_email': ['Ditulis untuk surel: {{what}}', 'Written for e-mail: {{what}}'],
  'timeline.refused_whatsapp': ['Ditolak WhatsApp: {{what}}', 'Refused by WhatsApp: {{what}}'],
  'timeline.refused_email': ['Surel ditolak: {{what}}', 'E-mail refused: {{what}}'],
  'timeline.not_sent_yet': ['belum dikirim', 'not sent yet'],
  'timeline.written_at': ['ditulis {{at}}', 'written {{at}}'],
  'timeline.visited_first': ['Tautan pertama kali dibuka', 'Link opened for the first time'],
  'timeline.visited_last': [
    'Tautan terakhir dibuka, {{count}} kali seluruhnya',
    'Link last opened, {{count}} time in all',
    'Link last opened, {{count}} times in all',
  ],
  'timeline.estimate': ['perkiraan', 'estimate'],
  'timeline.replaced': [
    'Delegasi diganti: {{earlier}} → {{later}}',
    'Delegate replaced: {{earlier}} → {{later}}',
  ],
  'timeline.called_will_answer': ['Ditelepon: akan menjawab', 'Called: will answer'],
  'timeline.called_no_answer': ['Ditelepon: tidak diangkat', 'Called: no answer'],
  'timeline.called_wrong_number': ['Ditelepon: nomor salah', 'Called: wrong number'],
  'timeline.called_other': ['Ditelepon', 'Called'],

  'call.heading': ['Telepon', 'Phone'],
  'call.no_number': ['Nomor LKS ini belum ada.', 'There is no number of this institution yet.'],
  'call.title': ['Catat telepon', 'Note a phone call'],
  'call.outcome': ['Hasil', 'Outcome'],
  'call.outcome_will_answer': ['Akan menjawab', 'Will answer'],
  'call.outcome_no_answer': ['Tidak diangkat', 'No answer'],
  'call.outcome_wrong_number': ['Nomor salah', 'Wrong number'],
  'call.outcome_other': ['Lainnya', 'Other'],
  'call.text': ['Catatan', 'Note'],
  'call.text_hint': [
    'Tampil pada riwayat undangan ini dan tidak dapat diubah lagi.',
    'Shown with what happened to this invitation; it cannot be changed afterwards.',
  ],
  'call.noted': ['Telepon dicatat.', 'Call noted.'],
  'audit.invitation.called': ['Telepon dicatat', 'Phone call noted'],
} as const satisfies TextTable;
