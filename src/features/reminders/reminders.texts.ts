import type { TextTable } from '../../i18n/translate.js';

/** Reminders of an event, and what changes are told. */
export const reminderTexts = {
  'reminder.title': ['Pengingat', 'Reminders'],
  'reminder.lead': [
    'Rembuk menulis pengingat sendiri pada waktunya. Siapa yang sudah menjawab tidak diingatkan lagi.',
    'Rembuk writes reminders by itself when their time comes. Who has answered is not reminded any more.',
  ],
  'reminder.quiet': [
    'Tidak ada pengingat antara pukul {{from}} dan {{until}} {{zone}}; yang jatuh pada jam itu menunggu sampai pukul {{until}}.',
    'Nobody is reminded between {{from}} and {{until}} {{zone}}; what falls into those hours waits until {{until}}.',
  ],
  'reminder.quiet_none': [
    'Pengingat boleh ditulis pada jam berapa pun.',
    'Reminders may be written at any hour.',
  ],
  'reminder.rules': ['Kapan mengingatkan', 'When to remind'],
  'reminder.slot.answer_first': ['Belum menjawab, pertama', 'Not answered, first time'],
  'reminder.slot.answer_last': ['Belum menjawab, terakhir', 'Not answered, last time'],
  'reminder.slot.day': ['Hari kegiatan', 'The day itself'],
  'reminder.slot.materials': ['Materi', 'Materials'],
  'reminder.who.answer_first': [
    'Kepada LKS yang belum menjawab, sebelum batas jawabannya.',
    'To institutions that have not answered, before their answer-by.',
  ],
  'reminder.who.answer_last': [
    'Sekali lagi kepada yang tetap belum menjawab.',
    'Once more to those who still have not answered.',
  ],
  'reminder.who.day': [
    'Kepada LKS yang hadir, sebelum hari pertama.',
    'To institutions that come, before the first day.',
  ],
  'reminder.who.materials': [
    'Kepada LKS yang hadir, sesudah kegiatan, begitu ada materi untuk mereka. Hanya sekali.',
    'To institutions that came, after the event, as soon as there are materials for them. Only once.',
  ],
  'reminder.active': ['Ingatkan', 'Remind'],
  'reminder.days_before': ['Hari sebelumnya', 'Days before'],
  'reminder.days_after': ['Hari sesudahnya', 'Days after'],
  'reminder.hour': ['Pukul', 'Hour'],
  'reminder.off': ['tidak diingatkan', 'no reminder'],
  'reminder.when_before': [
    '{{count}} hari sebelumnya, pukul {{hour}}',
    '{{count}} day before, at {{hour}}',
    '{{count}} days before, at {{hour}}',
  ],
  'reminder.when_after': [
    '{{count}} hari sesudahnya, pukul {{hour}}',
    '{{count}} day after, at {{hour}}',
    '{{count}} days after, at {{hour}}',
  ],
  'reminder.planned': ['Yang akan diingatkan', 'Who will be reminded'],
  'reminder.planned_lead': [
    'Seperti keadaannya sekarang; siapa yang menjawab sebelum waktunya keluar dari daftar ini.',
    'As things stand now; who answers before the time comes drops out of this list.',
  ],
  'reminder.none_planned': ['Tidak ada pengingat yang menunggu', 'No reminder is due'],
  'reminder.none_planned_text': [
    'Pengingat muncul di sini bila ada LKS yang belum menjawab, atau yang akan hadir.',
    'Reminders appear here when institutions have not answered, or are going to come.',
  ],
  'reminder.sum': ['{{count}} LKS', '{{count}} institution', '{{count}} institutions'],
  'reminder.by_email': ['{{count}} lewat surel', '{{count}} by e-mail'],
  'reminder.by_whatsapp': ['{{count}} lewat WhatsApp', '{{count}} by WhatsApp'],
  'reminder.column.when': ['Waktu', 'When'],
  'reminder.column.what': ['Pengingat', 'Reminder'],
  'reminder.column.who': ['LKS', 'Institution'],
  'reminder.column.way': ['Lewat', 'By'],
  'reminder.way.email': ['surel', 'e-mail'],
  'reminder.way.whatsapp': ['WhatsApp', 'WhatsApp'],
  'reminder.untold': ['undangannya belum dikirim', 'invitation not sent yet'],
  'reminder.is_stopped': ['dihentikan', 'stopped'],
  'reminder.written': ['Sudah ditulis', 'Written so far'],
  'reminder.written_line': [
    '{{what}}: {{sent}} LKS sudah dikirimi, {{waiting}} menunggu dikirim',
    '{{what}}: sent to {{sent}}, waiting to be sent to {{waiting}}',
  ],
  'reminder.stop_all': ['Hentikan semua pengingat', 'Stop all reminders'],
  'reminder.stop_all_text': [
    'Tidak ada lagi yang diingatkan tentang kegiatan ini. Pengingat yang belum terkirim ditahan.',
    'Nobody is reminded of this event any more. Reminders that are not sent yet are held back.',
  ],
  'reminder.resume_all': ['Lanjutkan pengingat', 'Let reminders go on'],
  'reminder.all_stopped': [
    'Semua pengingat kegiatan ini dihentikan sejak {{at}}.',
    'All reminders of this event have been stopped since {{at}}.',
  ],
  'reminder.stop_one': ['Jangan ingatkan', 'Do not remind'],
  'reminder.resume_one': ['Ingatkan lagi', 'Remind again'],
  'reminder.one_stopped': ['LKS ini tidak diingatkan.', 'This institution is not reminded.'],
  'reminder.one_goes_on': [
    'LKS ini diingatkan menurut aturan kegiatan.',
    'This institution is reminded by the rules of the event.',
  ],
  'reminder.stopped_all': ['Pengingat dihentikan.', 'Reminders were stopped.'],
  'reminder.resumed_all': ['Pengingat dilanjutkan.', 'Reminders go on.'],
  'reminder.stopped_one': [
    'LKS ini tidak akan diingatkan lagi.',
    'This institution will not be reminded any more.',
  ],
  'reminder.resumed_one': ['LKS ini akan diingatkan lagi.', 'This institution will be reminded again.'],

  'office.quiet': ['Jam tenang', 'Quiet hours'],
  'office.quiet_hint': [
    'Pada jam ini tidak ada yang diingatkan. Jam yang sama dua kali: tanpa jam tenang.',
    'Nobody is reminded in these hours. The same hour twice: no quiet hours.',
  ],
  'office.quiet_from': ['Mulai pukul', 'From'],
  'office.quiet_until': ['Sampai pukul', 'Until'],

  'change.days': ['Tanggal: {{before}} → {{after}}', 'Date: {{before}} → {{after}}'],
  'change.hours': ['Waktu: {{before}} → {{after}}', 'Time: {{before}} → {{after}}'],
  'change.place': ['Tempat: {{before}} → {{after}}', 'Place: {{before}} → {{after}}'],
  'change.place_added': ['Tempat: {{after}}', 'Place: {{after}}'],
  'change.place_removed': ['Tempat: tidak lagi di {{before}}', 'Place: no longer at {{before}}'],
  'change.online': ['Tautan daring: {{before}} → {{after}}', 'Online link: {{before}} → {{after}}'],
  'change.online_added': ['Tautan daring: {{after}}', 'Online link: {{after}}'],
  'change.online_removed': [
    'Tautan daring {{before}} tidak dipakai lagi',
    'The online link {{before}} is not used any more',
  ],
  'change.will_be_told': [
    '{{count}} LKS akan diberi tahu bila waktu, tempat atau tautan daring berubah.',
    '{{count}} institution will be told when time, place or online link change.',
    '{{count}} institutions will be told when time, place or online link change.',
  ],
  'change.nobody_told': [
    'Belum ada LKS yang tahu tentang kegiatan ini: tidak ada yang perlu diberi tahu.',
    'No institution knows of this event yet: nobody needs to be told.',
  ],

  'audit.event.reminded': ['Pengingat ditulis', 'Reminders written'],
  'audit.invitation.reminders_stopped': ['Pengingat LKS dihentikan', 'Reminders of an institution stopped'],
  'audit.invitation.reminders_resumed': ['Pengingat LKS dilanjutkan', 'Reminders of an institution resumed'],
  'audit.field.reminders': ['aturan pengingat', 'rules of reminders'],
  'audit.field.remindersStoppedAt': ['pengingat', 'reminders'],
  'audit.field.quietFrom': ['jam tenang mulai', 'quiet hours from'],
  'audit.field.quietUntil': ['jam tenang sampai', 'quiet hours until'],
} as const satisfies TextTable;
