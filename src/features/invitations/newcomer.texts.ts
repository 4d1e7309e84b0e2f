import type { TextTable } from '../../i18n/translate.js';

/** To invite an LKS that is in no list yet. */
export const newcomerTexts = {
  'newcomer.title': ['LKS belum ada di daftar', 'The institution is not in the list'],
  'newcomer.lead': [
    'Isi yang sudah diketahui. LKS dicatat sementara dan langsung masuk daftar undangan; datanya dilengkapi kemudian.',
    'Give what you know. The institution is recorded provisionally and put on the list; complete it later.',
  ],
  'newcomer.contact': ['Narahubung', 'Contact person'],
  'newcomer.add': ['Catat dan masukkan daftar', 'Record it and put it on the list'],
  'newcomer.added': [
    '{{name}} dicatat sementara dan masuk daftar undangan.',
    '{{name}} is recorded provisionally and on the list.',
  ],
  'newcomer.alike': ['Mungkin LKS ini sudah ada di daftar.', 'This institution may be in the list already.'],
  'newcomer.alike_title': ['Apakah ini salah satunya?', 'Is it one of these?'],
  'newcomer.invite_this': ['Undang yang ini', 'Invite this one'],
  'newcomer.is_another': ['Bukan, ini LKS lain', 'No, it is another institution'],
} as const satisfies TextTable;
