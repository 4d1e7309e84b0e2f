import type { TextTable } from '../../i18n/translate.js';

export const officeTexts = {
  'office.mail': ['Surel keluar', 'Outgoing e-mail'],
  'office.mail_lead': [
    'Server surel diatur administrator instalasi; di sini nama instansi Anda pada surel.',
    'The mail server is set by the installation’s administrator; here is what your office is called in e-mail.',
  ],
  'office.mail_sender': ['Nama pengirim', 'Name of the sender'],
  'office.mail_sender_hint': ['Kosong: nama instansi.', 'Empty: the name of the office.'],
  'office.mail_reply_to': ['Alamat balasan', 'Reply-to address'],
  'office.mail_reply_to_hint': [
    'Ke mana balasan dikirim. Kosong: surel instansi.',
    'Where replies go. Empty: the address of the office.',
  ],
  'office.personal_data': ['Data pribadi', 'Personal data'],
  'office.retention': ['Lama penyimpanan (bulan)', 'Kept for (months)'],
  'office.retention_hint': [
    'Telepon, surel, dan jenis kelamin peserta dihapus setelah sekian bulan sejak kegiatan berakhir; begitu pula milik pengurus LKS sejak ia berhenti atau LKS diarsipkan. Bila dipersingkat, data yang sudah lewat dihapus dalam satu jam dan tidak dapat dikembalikan.',
    'Phone, e-mail and sex of participants are erased this many months after the event has ended; those of representatives after they stepped down or their institution was archived. If you shorten it, what is past it is erased within an hour, for good.',
  ],
  'office.name': ['Nama instansi', 'Name of the office'],
  'office.name_hint': [
    'Misalnya: Dinas Sosial Provinsi Kalimantan Selatan',
    'Such as: Dinas Sosial Provinsi Kalimantan Selatan',
  ],
  'office.short_name': ['Nama singkat', 'Short name'],
  'office.short_name_hint': ['Misalnya: Dinsos Kalsel', 'Such as: Dinsos Kalsel'],
  'office.region': ['Wilayah', 'Region'],
  'office.region_hint': [
    'Provinsi, atau kabupaten/kota. LKS di wilayah ini terlihat oleh instansi; zona waktu mengikuti wilayah.',
    'A province, or a regency/city. The office sees the institutions within it; the time zone follows from it.',
  ],
  'office.whole_province': ['Provinsi {{name}}', 'Province of {{name}}'],

  'settings.lead': ['Hal yang berlaku untuk seluruh instansi.', 'What holds for the whole office.'],
  'settings.office_lead': [
    'Nama, alamat, narahubung, zona waktu, warna.',
    'Name, address, contact, time zone, colour.',
  ],
  'settings.letterhead_lead': ['Baris kop dan logo.', 'Lines of the letterhead, and the logo.'],
  'settings.signatories_lead': ['Pejabat yang menandatangani surat.', 'Who signs the letters.'],
  'settings.numbering_lead': ['Pola nomor surat.', 'The pattern of letter numbers.'],
  'settings.colleagues_lead': ['Petugas instansi dan perannya.', 'The people of the office and their roles.'],
  'settings.outbox_lead': [
    'Surel dan pesan: terkirim, menunggu, ditolak.',
    'E-mail and messages: sent, waiting, refused.',
  ],
  'settings.audit_lead': ['Siapa mengubah apa, dan kapan.', 'Who changed what, and when.'],

  'office.title': ['Instansi', 'Office'],
  'office.phone': ['Telepon', 'Telephone'],
  'office.zone': ['Zona waktu', 'Time zone'],
  'office.zone_hint': [
    'Untuk jam tenang dan tahun penomoran. Kegiatan punya zona waktunya sendiri.',
    'For quiet hours and the numbering year. An event has a zone of its own.',
  ],
  'office.accent': ['Warna instansi', 'Colour of the office'],
  'office.accent_hint': [
    'Untuk tombol dan tautan. Harus cukup gelap agar terbaca di atas putih.',
    'For buttons and links. It must be dark enough to be read on white.',
  ],
  'office.contact': ['Narahubung', 'Contact person'],
  'office.contact_lead': [
    'Tempat bertanya bagi LKS, bila kegiatan tidak menyebut orang lain.',
    'Whom institutions ask, unless the event names somebody else.',
  ],
  'office.contact_name': ['Nama narahubung', 'Name of the contact'],
  'office.contact_phone': ['Nomor HP narahubung', 'Mobile number of the contact'],
  'error.colour': ['Pilih warna, misalnya #0f5c63.', 'Choose a colour such as #0f5c63.'],
  'error.colour_too_light': [
    'Warna ini terlalu terang: tulisan putih di atasnya sukar dibaca. Pilih yang lebih gelap.',
    'This colour is too light: white text on it is hard to read. Choose a darker one.',
  ],

  'letterhead.title': ['Kop surat', 'Letterhead'],
  'letterhead.lead': [
    'Begini kop tampak di atas surat undangan, daftar hadir, dan notula.',
    'This is how it stands on top of invitations, attendance sheets and minutes.',
  ],
  'letterhead.preview': ['Tampilan kop', 'How it looks'],
  'letterhead.no_lines': ['Belum ada baris kop.', 'There are no lines yet.'],
  'letterhead.lines': ['Baris kop', 'Lines'],
  'letterhead.lines_hint': [
    'Satu baris per baris, paling banyak 6. Baris terakhir untuk alamat.',
    'One line each, at most 6. The last one is for the address.',
  ],
  'letterhead.logo': ['Logo', 'Logo'],
  'letterhead.logo_hint': ['PNG atau JPEG, paling besar 2 MB.', 'PNG or JPEG, at most 2 MB.'],
  'letterhead.logo_alt': ['Logo {{name}}', 'Logo of {{name}}'],
  'letterhead.remove_logo': ['Hapus logo', 'Remove the logo'],
  'office.logo_kind': ['Berkas ini bukan gambar PNG atau JPEG.', 'This file is no PNG or JPEG picture.'],
  'office.logo_unreadable': [
    'Gambar ini tidak dapat dibaca. Simpan ulang sebagai PNG, lalu coba lagi.',
    'This picture cannot be read. Save it again as PNG and try once more.',
  ],
  'error.too_many_lines': ['Paling banyak 6 baris.', 'At most 6 lines.'],

  'numbering.title': ['Penomoran surat', 'Letter numbers'],
  'numbering.lead': [
    'Nomor diisi saat surat didaftarkan; polanya ditentukan di sini.',
    'A letter gets its number when it is registered; the pattern is set here.',
  ],
  'numbering.pattern': ['Pola', 'Pattern'],
  'numbering.pattern_hint': [
    'Tulis tanda baca apa adanya; kata dalam kurung kurawal diganti.',
    'Punctuation stands as it is; words in braces are replaced.',
  ],
  'numbering.code': ['Kode klasifikasi', 'Classification code'],
  'numbering.code_hint': [
    'Untuk undangan, misalnya 005 atau 400.9.',
    'For invitations, such as 005 or 400.9.',
  ],
  'numbering.unit': ['Unit', 'Unit'],
  'numbering.unit_hint': ['Misalnya: Dinsos', 'Such as: Dinsos'],
  'numbering.preview': ['Contoh nomor', 'Sample number'],
  'numbering.show_preview': ['Lihat contoh', 'Show a sample'],
  'numbering.placeholders': ['Kata pengganti', 'Placeholders'],
  'numbering.kode': ['kode klasifikasi', 'classification code'],
  'numbering.urut': ['nomor urut (wajib ada)', 'serial number (needed)'],
  'numbering.unit_meaning': ['unit', 'unit'],
  'numbering.bulan': ['bulan dengan angka, seperti 03', 'month in digits, such as 03'],
  'numbering.bulan_romawi': [
    'bulan dengan angka Romawi, seperti III',
    'month in Roman numerals, such as III',
  ],
  'numbering.tahun': ['tahun', 'year'],
  'numbering.unknown': [
    '{{placeholder}} tidak dikenal. Pakai kata pengganti dari daftar.',
    '{{placeholder}} is not known. Use placeholders of the list.',
  ],
  'numbering.no_serial': [
    'Pola harus memuat {urut}; tanpa itu semua nomor sama.',
    'The pattern needs {urut}; without it all numbers are equal.',
  ],

  'signatory.title': ['Penanda tangan', 'Signatories'],
  'signatory.lead': [
    'Pejabat yang dapat dipilih di surat. Yang pertama diusulkan lebih dulu.',
    'Who can be chosen in a letter. The first one is proposed.',
  ],
  'signatory.add': ['Tambah penanda tangan', 'Add a signatory'],
  'signatory.none': ['Belum ada penanda tangan', 'No signatory yet'],
  'signatory.none_text': [
    'Surat undangan memerlukan pejabat yang menandatanganinya.',
    'An invitation letter needs somebody to sign it.',
  ],
  'signatory.authority': ['Atas wewenang', 'By which authority'],
  'signatory.authority_hint': [
    'a.n. dan u.b.: menandatangani untuk orang lain. Plt. dan Plh.: menggantikan.',
    'a.n. and u.b.: signs for somebody. Plt. and Plh.: stands in.',
  ],
  'signatory.authority_own': ['Jabatan sendiri', 'In their own right'],
  'signatory.position_hint': [
    'a.n. dan u.b.: tulis jabatan yang diwakili dahulu, satu jabatan tiap baris.',
    'a.n. and u.b.: the office that is stood for first, one to a line.',
  ],
  'signatory.rank': ['Pangkat', 'Rank'],
  'signatory.rank_hint': ['Misalnya: Pembina Tingkat I', 'Such as: Pembina Tingkat I'],
  'signatory.nip': ['NIP', 'NIP'],
  'signatory.nip_hint': [
    '18 angka; spasi boleh. Kosongkan bila tidak punya.',
    '18 digits, with or without spaces; empty if there is none.',
  ],
  'signatory.sort': ['Urutan', 'Place in the list'],
  'signatory.remove': ['Hapus penanda tangan', 'Remove the signatory'],
  'signatory.remove_text': [
    'Surat yang sudah dibuat tidak berubah. Di surat baru {{name}} tidak dapat dipilih lagi.',
    'Letters made before stay as they are. {{name}} can no longer be chosen in new ones.',
  ],
  'signatory.removed': ['Penanda tangan sudah dihapus.', 'The signatory is removed.'],
  'error.nip': ['NIP terdiri atas 18 angka.', 'A NIP has 18 digits.'],

  'installation.lead': [
    'Instansi yang memakai server ini. Data mereka tidak terlihat dari sini.',
    'The offices on this server. Their records are not seen from here.',
  ],
  'installation.offices': ['Instansi', 'Offices'],
  'installation.people': ['Orang', 'People'],
  'installation.since': ['Sejak', 'Since'],
  'installation.new_office': ['Tambah instansi', 'Add an office'],
  'installation.new_office_lead': [
    'Administrator pertama mendapat tautan untuk membuat kata sandi; Anda yang menyerahkannya.',
    'The first administrator gets a link to set a password, which you hand over.',
  ],
  'installation.create': ['Buat instansi', 'Create the office'],
  'installation.opened': [
    'Instansi dibuat. Administratornya masuk dengan akun yang sudah dimilikinya.',
    'The office is created. Its administrator signs in with the account they have.',
  ],
  'installation.links': ['Tautan kata sandi', 'Password link'],
  'installation.links_text': [
    'Untuk orang yang lupa kata sandi dan bekerja di lebih dari satu instansi.',
    'For somebody who lost their password and works in more than one office.',
  ],
  'installation.unknown_address': [
    'Tidak ada akun dengan surel ini.',
    'There is no account with this address.',
  ],
  'installation.system': ['Sistem', 'System'],
  'installation.version': ['Versi Rembuk', 'Version of Rembuk'],
  'installation.postgres': ['Versi PostgreSQL', 'Version of PostgreSQL'],
  'installation.database_size': ['Ukuran pangkalan data', 'Size of the database'],
} as const satisfies TextTable;
