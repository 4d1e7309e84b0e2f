import type { TextTable } from '../../i18n/translate.js';

/** What stands on letters and sheets. They are printed in Indonesian; English is for whoever reads the table. */
export const invitationPaperTexts = {
  'surat.paper.number': ['Nomor', 'Number'],
  'surat.paper.classification': ['Sifat', 'Class'],
  'surat.paper.attachment': ['Lampiran', 'Attachment'],
  'surat.paper.subject': ['Hal', 'Subject'],
  'surat.paper.date': ['Tanggal', 'Date'],
  'surat.paper.day': ['Hari/tanggal', 'Day'],
  'surat.paper.time': ['Pukul', 'Time'],
  'surat.paper.place': ['Tempat', 'Place'],
  'surat.paper.agenda': ['Acara', 'Agenda'],
  'surat.paper.event': ['Kegiatan', 'Event'],
  'surat.paper.for': ['Untuk', 'For'],
  'surat.paper.seats': ['Jumlah wakil', 'Representatives'],
  'surat.paper.seats_of': ['paling banyak {{count}} orang', 'at most {{count}}'],
  'surat.paper.notes': ['Catatan:', 'Notes:'],
  'surat.paper.copies': ['Tembusan:', 'Copies to:'],
  'surat.paper.annex': ['Lampiran surat', 'Annex to the letter'],
  'surat.paper.annex_number': ['No.', 'No.'],
  'surat.paper.annex_name': ['LKS', 'LKS'],
  'surat.paper.annex_address': ['Alamat', 'Address'],
  'surat.paper.annex_seats': ['Jumlah wakil', 'Repre\u00adsenta\u00adtives'],
  'surat.paper.online': ['Daring: {{address}}', 'Online: {{address}}'],
  'surat.paper.committee': ['panitia', 'the committee'],
  'surat.paper.one_annex': ['1 (satu) berkas', '1 (one)'],
  'surat.paper.addressee_each': ['Yth. Pimpinan {lks}\n{alamat_lks}', 'To the leader of {lks}\n{alamat_lks}'],
  'surat.paper.addressee_list': [
    'Yth. Pimpinan LKS\n(daftar terlampir)\ndi tempat',
    'To the leaders of the LKS\n(list attached)',
  ],
  'surat.paper.answer': ['Jawab paling lambat {{at}}', 'Answer by {{at}}'],
  'surat.paper.answer_how': [
    'Pindai kode QR dengan kamera ponsel, atau buka {{address}} lalu ketik kode ini. Tanpa akun.',
    'Scan the QR code with a phone, or open {{address}} and type this code. No account is needed.',
  ],
  'surat.paper.confirmation': ['Lembar konfirmasi', 'Confirmation sheet'],
  'surat.paper.confirmation_of': [
    'Lembar ini menyertai surat Nomor {{number}} tanggal {{date}} hal {{subject}}, dan hanya berlaku bagi lembaga di bawah ini.',
    'This sheet goes with letter {{number}} of {{date}} about {{subject}}, and is good for this institution only.',
  ],
  'surat.paper.specimen': ['CONTOH', 'SPECIMEN'],
  'surat.paper.letter_file': ['Undangan {{name}}', 'Invitation {{name}}'],
  'surat.paper.sheet_file': ['Lembar konfirmasi {{name}}', 'Confirmation sheet {{name}}'],

  'surat.sample.title': [
    'Bimbingan Teknis Manajemen Kasus bagi Lembaga Kesejahteraan Sosial',
    'Training in case management for welfare institutions',
  ],
  'surat.sample.subject': [
    'Manajemen kasus dan persiapan akreditasi',
    'Case management and how to prepare for accreditation',
  ],
  'surat.sample.place': ['Aula Dinas Sosial, Jalan Contoh Nomor 1', 'Hall of the office, 1 Contoh Street'],
  'surat.sample.notes': ['Mohon membawa stempel lembaga.', 'Please bring the stamp of your institution.'],
  'surat.sample.institution': ['LKSA Contoh Harapan', 'LKSA Contoh Harapan'],
  'surat.sample.address': ['Jalan Melati Nomor 5', '5 Melati Street'],
} as const satisfies TextTable;
