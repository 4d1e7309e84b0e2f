import type { TextTable } from '../../i18n/translate.js';

/** What the audit log and the history of a record say of institutions. */
export const institutionAuditTexts = {
  'audit.institution.added': ['Ditambahkan', 'Added'],
  'audit.institution.changed': ['Data diubah', 'Changed'],
  'audit.institution.archived': ['Diarsipkan', 'Archived'],
  'audit.institution.restored': ['Dipulihkan', 'Restored'],
  'audit.institution.pendamping_chosen': ['Pendamping ditentukan', 'Officer chosen'],
  'audit.institution.representative_added': ['Pengurus ditambahkan', 'Representative added'],
  'audit.institution.representative_changed': ['Pengurus diubah', 'Representative changed'],
  'audit.institution.representative_ended': ['Pengurus tidak lagi menjabat', 'Representative left office'],
  'audit.institution.accreditation_added': ['Akreditasi ditambahkan', 'Accreditation added'],
  'audit.institution.accreditation_changed': ['Akreditasi diubah', 'Accreditation changed'],
  'audit.institution.accreditation_removed': ['Akreditasi dihapus', 'Accreditation removed'],
  'audit.institution.change_proposed': ['Perubahan diusulkan', 'Change proposed'],
  'audit.institution.handover_proposed': ['Alih kelola diusulkan', 'Handover proposed'],
  'audit.institution.change_accepted': ['Usulan perubahan diterima', 'Proposed change accepted'],
  'audit.institution.change_refused': ['Usulan perubahan ditolak', 'Proposed change refused'],
  'audit.institution.handover_accepted': ['Alih kelola disetujui', 'Handover accepted'],
  'audit.institution.handover_refused': ['Alih kelola ditolak', 'Handover refused'],
  'audit.institution.imported': ['Ditambahkan lewat impor', 'Added by import'],
  'audit.institution.import_changed': ['Diubah lewat impor', 'Changed by import'],
  'audit.institutions.import_dropped': ['Pratinjau impor dihapus', 'Import preview dropped'],
  'audit.institutions.imported': ['Daftar LKS diimpor', 'Institutions imported'],
  'audit.institutions.exported': ['Daftar LKS diunduh', 'Institutions exported'],
  'audit.institutions.report_downloaded': ['Laporan impor diunduh', 'Import report downloaded'],
} as const satisfies TextTable;
