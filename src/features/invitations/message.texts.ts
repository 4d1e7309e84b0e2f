import type { TextTable } from '../../i18n/translate.js';

/** What institutions are told, by purpose: short on lists, and whole as it is sent where the office wrote nothing else. */
export const messageTexts = {
  'invitation.purpose_invitation': ['undangan', 'invitation'],
  'invitation.purpose_offer': ['tawaran kursi', 'an offered seat'],
  'invitation.purpose_offer_ended': ['waktunya habis', 'time ran out'],
  'invitation.purpose_promotion': ['mendapat kursi', 'got a seat'],
  'invitation.purpose_day_changed': ['tanggal berubah', 'the day changed'],
  'invitation.purpose_revocation': ['undangan ditarik', 'invitation revoked'],
  'invitation.purpose_released': ['tidak lagi terdaftar', 'no longer registered'],
  'invitation.purpose_cancellation': ['kegiatan batal', 'event cancelled'],
  'invitation.purpose_confirmation': ['konfirmasi', 'confirmation'],
  'invitation.purpose_changed': ['perubahan', 'a change'],
  'invitation.purpose_reminder_answer': ['pengingat menjawab', 'reminder to answer'],
  'invitation.purpose_reminder_day': ['pengingat hari kegiatan', 'reminder of the day'],
  'invitation.purpose_materials': ['materi tersedia', 'materials are there'],
  'invitation.purpose_thanks': ['terima kasih', 'thanks'],
  'invitation.purpose_follow_up': ['tindak lanjut', 'follow-up'],

  'invitation.message.invitation': [
    'Yth. Pengurus {{institution}},\n\n{{office}} mengundang {{institution}} pada kegiatan *{{title}}*, {{dates}}.\n\nMohon dijawab sampai {{until}} lewat tautan ini (tanpa akun):\n{{link}}\n\nTerima kasih.',
    'To {{institution}},\n\n{{office}} invites you to *{{title}}*, {{dates}}.\n\nPlease answer until {{until}} (no account needed):\n{{link}}\n\nThank you.',
  ],
  'invitation.message.offer': [
    'Yth. Pengurus {{institution}},\n\nAda kursi untuk {{institution}} pada *{{title}}*, {{dates}}. Kursi ditahan sampai {{until}}.\n\nTerima atau lepaskan lewat tautan ini:\n{{link}}',
    'To {{institution}},\n\nThere is a seat for you at *{{title}}*, {{dates}}. It is held until {{until}}.\n\nTake or release it here:\n{{link}}',
  ],
  'invitation.message.offer_ended': [
    'Yth. Pengurus {{institution}},\n\nWaktu untuk kursi pada *{{title}}* sudah habis dan kursinya diteruskan kepada LKS lain. Keterangannya ada di sini:\n{{link}}',
    'To {{institution}},\n\nThe time for your seat at *{{title}}* has ended and it went on to another institution. Details:\n{{link}}',
  ],
  'invitation.message.promotion': [
    'Yth. Pengurus {{institution}},\n\nKabar baik: {{institution}} mendapat kursi pada *{{title}}*, {{dates}}. Nomor kursi dan kode QR ada di sini:\n{{link}}',
    'To {{institution}},\n\nGood news: you have a seat at *{{title}}*, {{dates}}. Seat number and QR code:\n{{link}}',
  ],
  'invitation.message.day_changed': [
    'Yth. Pengurus {{institution}},\n\nTanggal *{{title}}* berubah menjadi {{dates}}.\n{{changes}}\n\nKursi Anda tetap ditahan; mohon konfirmasi ulang sampai {{until}}:\n{{link}}',
    'To {{institution}},\n\n*{{title}}* has moved to {{dates}}.\n{{changes}}\n\nYour seats are kept; please confirm again until {{until}}:\n{{link}}',
  ],
  'invitation.message.revocation': [
    'Yth. Pengurus {{institution}},\n\nUndangan untuk *{{title}}* kami tarik. Keterangannya ada di sini:\n{{link}}',
    'To {{institution}},\n\nThe invitation to *{{title}}* has been revoked. Details:\n{{link}}',
  ],
  'invitation.message.cancellation': [
    'Yth. Pengurus {{institution}},\n\n*{{title}}*, {{dates}}, dibatalkan. Alasannya: {{reason}}\n\nKeterangannya ada di sini:\n{{link}}',
    'To {{institution}},\n\n*{{title}}*, {{dates}}, is cancelled. The reason: {{reason}}\n\nDetails:\n{{link}}',
  ],
  'invitation.message.confirmation': [
    'Yth. {{delegate}},\n\nAnda tercatat sebagai peserta *{{title}}*, {{dates}}, dari {{institution}}. Kode QR untuk hari kegiatan ada di sini:\n{{link}}',
    'To {{delegate}},\n\nYou are registered for *{{title}}*, {{dates}}, from {{institution}}. Your QR code for the day:\n{{link}}',
  ],
  'invitation.message.released': [
    'Yth. {{delegate}},\n\nAnda tidak lagi tercatat sebagai peserta *{{title}}*, {{dates}}, dari {{institution}}. Bila ini keliru, hubungi lembaga Anda atau {{office}}.',
    'To {{delegate}},\n\nYou are no longer registered for *{{title}}*, {{dates}}, from {{institution}}. If this is a mistake, please ask your institution or {{office}}.',
  ],
  'invitation.message.changed': [
    'Yth. Pengurus {{institution}},\n\nAda perubahan pada *{{title}}*, {{dates}}:\n{{changes}}\n\nSelengkapnya:\n{{link}}',
    'To {{institution}},\n\nSomething has changed about *{{title}}*, {{dates}}:\n{{changes}}\n\nDetails:\n{{link}}',
  ],
  'invitation.message.reminder_answer': [
    'Yth. Pengurus {{institution}},\n\nKami menunggu jawaban {{institution}} atas undangan *{{title}}*, {{dates}}. Mohon dijawab sampai {{until}}, hadir atau berhalangan:\n{{link}}\n\nTerima kasih.',
    'To {{institution}},\n\nWe are waiting for your answer to the invitation to *{{title}}*, {{dates}}. Please answer until {{until}}, whether you come or not:\n{{link}}\n\nThank you.',
  ],
  'invitation.message.reminder_day': [
    'Yth. Pengurus {{institution}},\n\nKami mengingatkan *{{title}}*, {{dates}}, di {{place}}. Kode QR dan petunjuk tempat ada di sini:\n{{link}}\n\nSampai jumpa.',
    'To {{institution}},\n\nA reminder of *{{title}}*, {{dates}}, at {{place}}. QR code and directions:\n{{link}}\n\nSee you there.',
  ],
  'invitation.message.materials': [
    'Yth. Pengurus {{institution}},\n\nMateri *{{title}}* sudah tersedia pada halaman Anda:\n{{link}}',
    'To {{institution}},\n\nThe materials of *{{title}}* are on your page:\n{{link}}',
  ],
  'invitation.message.thanks': [
    'Yth. Pengurus {{institution}},\n\nTerima kasih atas kehadiran {{institution}} pada *{{title}}*, {{dates}}.\n{{link}}',
    'To {{institution}},\n\nThank you for coming to *{{title}}*, {{dates}}.\n{{link}}',
  ],
  'invitation.message.follow_up': [
    'Yth. Pengurus {{institution}},\n\nMenindaklanjuti *{{title}}*, {{dates}}, kami menunggu kabar tentang hal-hal yang disepakati:\n{{link}}',
    'To {{institution}},\n\nFollowing *{{title}}*, {{dates}}, we are waiting to hear about what was agreed:\n{{link}}',
  ],
} as const satisfies TextTable;
