import type { TextTable } from '../../i18n/translate.js';

/** The attendance list as a paper and as a sheet. */
export const sheetTexts = {
  'attendance.sheets': ['Daftar hadir', 'Attendance list'],
  'attendance.sheets_text': [
    'Kosong untuk ditandatangani, atau terisi sesuai catatan. Pengunduhan dicatat.',
    'Blank to be signed, or filled from the records. Downloads are recorded.',
  ],
  'attendance.sheet_of': ['Untuk', 'For'],
  'attendance.sheet_day': ['{{date}}, sehari', '{{date}}, whole day'],
  'attendance.sheet_form': ['Bentuk', 'Form'],
  'attendance.sheet_blank': ['Kosong, untuk tanda tangan', 'Blank, to be signed'],
  'attendance.sheet_filled': ['Terisi, sesuai catatan', 'Filled, from the records'],
  'attendance.sheet_rows': ['Baris kosong', 'Empty rows'],
  'attendance.sheet_pdf': ['Unduh PDF', 'Download PDF'],
  'attendance.sheet_xlsx': ['Unduh Excel', 'Download Excel'],

  'attendance.paper_title': ['DAFTAR HADIR', 'ATTENDANCE LIST'],
  'attendance.paper_day': ['Hari/tanggal', 'Day/date'],
  'attendance.paper_time': ['Waktu', 'Time'],
  'attendance.paper_place': ['Tempat', 'Place'],
  'attendance.paper_session': ['Sesi', 'Session'],
  'attendance.paper_number': ['No', 'No'],
  'attendance.paper_name': ['Nama', 'Name'],
  'attendance.paper_sex': ['L/P', 'Sex'],
  'attendance.paper_position': ['Jabatan', 'Position'],
  'attendance.paper_origin': ['Asal LKS', 'Institution'],
  'attendance.paper_phone': ['No. HP', 'Mobile'],
  'attendance.paper_signature': ['Tanda tangan', 'Signature'],
  'attendance.paper_arrived': ['Jam datang', 'Came at'],
  'attendance.paper_hours': ['Datang – pulang', 'Came – left'],
  'attendance.paper_left': ['Jam pulang', 'Left at'],
  'attendance.paper_note': ['Keterangan', 'Note'],
  'attendance.paper_late': ['terlambat', 'late'],
  'attendance.paper_early': ['pulang awal', 'left early'],
  'attendance.paper_excused': ['izin', 'excused'],
  'attendance.paper_total': [
    'Hadir {{people}} orang, dari {{institutions}} LKS.',
    '{{people}} people came, from {{institutions}} institutions.',
  ],
  'attendance.paper_known': ['Mengetahui,', 'Acknowledged,'],
  'attendance.paper_page': [
    '{{title}} · halaman {{page}} dari {{pages}}',
    '{{title}} · page {{page}} of {{pages}}',
  ],
  'attendance.paper_specimen': ['CONTOH', 'SPECIMEN'],
} as const satisfies TextTable;
