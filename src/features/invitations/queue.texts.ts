import type { TextTable } from '../../i18n/translate.js';

export const queueTexts = {
  'queue.title': ['Daftar tunggu dan cadangan', 'Waiting list and reserves'],
  'queue.lead': [
    'Siapa yang mendapat kursi berikutnya, dan apa yang harus terjadi dahulu.',
    'Who gets the next seat, and what has to happen first.',
  ],
  'queue.waiting': ['Menunggu', 'Waiting'],
  'queue.offered': ['Sedang ditawari', 'With an offer'],
  'queue.reserves': ['Cadangan berikutnya', 'Next reserves'],
  'queue.further': [
    'dan {{count}} cadangan lagi',
    'and {{count}} more reserve',
    'and {{count}} more reserves',
  ],
  'queue.nobody': ['Tidak ada yang menunggu di kelompok ini.', 'Nobody is in line in this group.'],
  'queue.seats': ['{{count}} kursi', '{{count}} seat', '{{count}} seats'],
  'queue.all_at_once': ['{{count}} kursi sekaligus', '{{count}} seat at once', '{{count}} seats at once'],
  'queue.chosen': [
    '{{count}} LKS terpilih belum diundang; {{seats}} kursi disisihkan untuk mereka.',
    '{{count}} chosen institution is not invited yet; {{seats}} seats are kept for it.',
    '{{count}} chosen institutions are not invited yet; {{seats}} seats are kept for them.',
  ],
  'queue.see_chosen': ['Lihat', 'See them'],
  'turn.exactly': [
    'Giliran tiba bila {{count}} kursi lagi dikembalikan.',
    'The turn comes once {{count}} more seat is given back.',
    'The turn comes once {{count}} more seats are given back.',
  ],
  'turn.between': [
    'Giliran tiba paling cepat bila {{least}} kursi lagi dikembalikan, paling lambat bila {{most}}.',
    'The turn comes once {{least}} more seats are given back at the earliest, {{most}} at the latest.',
  ],
  'turn.at_once': [
    'Giliran tiba bila {{count}} kursi kosong sekaligus; yang meminta lebih sedikit dapat mendahului.',
    'The turn comes once {{count}} seat is free; smaller demands may pass.',
    'The turn comes once {{count}} seats are free together; smaller demands may pass.',
  ],
  'turn.full': [
    'Batas kursi untuk {{group}} sudah penuh: LKS lain dari sana perlu mengembalikan kursi dahulu.',
    'The seats for {{group}} are all given: another institution from there must give one back first.',
  ],
  'queue.until': ['menjawab sampai {{at}}', 'answers until {{at}}'],
  'queue.how': ['Bagaimana kursi diteruskan', 'How seats are passed on'],
  'queue.rule_first_come': [
    'Sebelum batas jawab, kursi yang kosong langsung milik yang menunggu paling depan di kelompoknya. Sesudahnya kursi ditawarkan selama {{hours}} jam.',
    'Before answer-by a free seat goes at once to the first in line of its group. Afterwards it is offered for {{hours}} hours.',
  ],
  'queue.rule_selection': [
    'Kursi yang kosong ditawarkan selama {{hours}} jam: dahulu kepada yang menunggu, lalu kepada cadangan berikutnya dari kelompok yang sama, paling lambat sampai batas jawab kegiatan.',
    'A free seat is offered for {{hours}} hours: first to those who wait, then to the next reserve of the same group, never beyond the event’s answer-by.',
  ],
  'queue.rule_moves': [
    'Kelompok tanpa penunggu dan cadangan memberikan kursinya kepada kelompok yang menurut pembagian mendapat kursi berikutnya, {{when}}.',
    'A group with nobody left gives its seats to the group that the shares would give the next seat, {{when}}.',
  ],
  'queue.moves_after': ['sesudah batas jawab', 'after answer-by'],
  'queue.moves_at_once': ['segera', 'at once'],
  'queue.paused': [
    'Dijeda: cadangan tidak diundang dan kursi tidak pindah kelompok dengan sendirinya.',
    'Paused: reserves are not invited and seats do not move by themselves.',
  ],
  'queue.pause': [
    'Jeda: undang cadangan dan pindahkan kursi hanya dengan tombol',
    'Pause: invite reserves and move seats only by the button',
  ],
  'queue.at_once': [
    'Kursi kelompok yang tidak punya penunggu dan cadangan langsung pindah ke kelompok lain',
    'Seats of a group with nobody left move on at once',
  ],
  'queue.fill': ['Isi kursi kosong sekarang', 'Fill the free seats now'],
  'queue.fill_hint': [
    'Menawarkan semua kursi kosong kepada yang menunggu dan cadangan, dan memindahkan kursi kelompok yang antreannya kosong, walaupun di kelompok itu masih ada undangan yang belum dijawab. Juga selama dijeda.',
    'Offers every free seat to those in line and to reserves, and moves seats of groups with nobody in line, even where invitations are still unanswered. Also while paused.',
  ],
  'queue.filled': [
    'Selesai. {{count}} kursi masih kosong: tidak ada lagi yang dapat ditawari.',
    'Done. {{count}} seat is still free: nobody is left to offer it to.',
    'Done. {{count}} seats are still free: nobody is left to offer them to.',
  ],
  'queue.filled_all': ['Selesai. Semua kursi sudah ada pemiliknya.', 'Done. Every seat is somebody’s.'],
  'queue.moves': ['Kursi yang pindah kelompok', 'Seats that moved'],
  'queue.move_line': [
    '{{count}} kursi dari {{from}} ke {{to}}',
    '{{count}} seat from {{from}} to {{to}}',
    '{{count}} seats from {{from}} to {{to}}',
  ],
  'audit.quota.waves': ['Penerusan kursi diatur', 'Passing on of seats set'],
  'audit.quota.seats_moved': ['Kursi pindah kelompok', 'Seats moved to another group'],
  'audit.field.wavesPaused': ['jeda', 'pause'],
  'audit.field.movesAtOnce': ['pindah segera', 'moves at once'],
} as const satisfies TextTable;
