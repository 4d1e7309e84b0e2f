import type { TextTable } from '../../i18n/translate.js';

/** What the log says of attendance. */
export const attendanceAuditTexts = {
  'audit.attendance.in': ['Mencatat hadir', 'Checked somebody in'],
  'audit.attendance.out': ['Mencatat pulang', 'Recorded leaving'],
  'audit.attendance.excused': ['Mencatat izin', 'Recorded an excuse'],
  'audit.attendance.corrected': ['Memperbaiki catatan kehadiran', 'Corrected attendance'],
  'audit.attendance.exported': ['Mengunduh daftar hadir', 'Downloaded an attendance list'],
  'audit.guest.changed': ['Memperbaiki data tamu', 'Mended a guest’s details'],
  'audit.field.origin': ['asal', 'from'],
  'audit.invitation.walk_in': ['Datang tanpa diundang atau sebagai tambahan', 'Came as a walk-in'],
  'audit.scan_link.created': ['Membuat tautan pembantu', 'Made a helper’s link'],
  'audit.scan_link.revoked': ['Mencabut tautan pembantu', 'Revoked a helper’s link'],
  'audit.subject.guest': ['Tamu', 'Guest'],
  'audit.subject.scan_link': ['Tautan pembantu', 'Helper’s link'],
  'audit.field.late_after_minutes': ['batas terlambat', 'late after'],
  'audit.field.lateAfterMinutes': ['batas terlambat', 'late after'],
} as const satisfies TextTable;
