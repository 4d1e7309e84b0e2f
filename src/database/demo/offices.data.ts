import type { Role } from '../../features/accounts/permissions.js';

export interface DemoUser {
  /** Before the @. */
  key: string;
  nameBefore?: string;
  name: string;
  nameAfter?: string;
  roles: Role[];
}

export interface DemoOffice {
  key: string;
  name: string;
  shortName: string;
  regionCode: string;
  /** Readable on white: the settings check it as they would for anybody. */
  accent: string;
  /** The lines of the kop above the address. */
  letterhead: [string, string];
  city: string;
  numberCode: string;
  numberUnit: string;
  head: string;
  users: [DemoUser, ...DemoUser[]];
}

const everyRoleButLeader: Role[] = ['administrator', 'organizer', 'secretary'];

/** The offices of the five real events; whoever works there is invented. */
export const demoOffices: DemoOffice[] = [
  {
    key: 'kalsel',
    name: 'Dinas Sosial Provinsi Kalimantan Selatan',
    shortName: 'Dinsos Kalsel',
    regionCode: '63',
    accent: '#0f5c63',
    letterhead: ['PEMERINTAH PROVINSI KALIMANTAN SELATAN', 'DINAS SOSIAL'],
    city: 'Banjarmasin',
    numberCode: '005',
    numberUnit: 'Dinsos',
    head: 'Kepala Dinas Sosial Provinsi Kalimantan Selatan',
    users: [
      { key: 'admin', name: 'Ratna Wulandari', nameAfter: 'S.Kom.', roles: ['administrator'] },
      { key: 'penyelenggara', name: 'Muhammad Rifani', nameAfter: 'S.Sos.', roles: ['organizer'] },
      { key: 'notulis', name: 'Siti Rahmah', nameAfter: 'A.Md.', roles: ['secretary'] },
      { key: 'pimpinan', nameBefore: 'Drs. H.', name: 'Gusti Anwar', nameAfter: 'M.Si.', roles: ['leader'] },
    ],
  },
  {
    key: 'malang',
    name: 'Dinas Sosial P3AP2KB Kota Malang',
    shortName: 'Dinsos Kota Malang',
    regionCode: '35.73',
    accent: '#1d4f91',
    letterhead: ['PEMERINTAH KOTA MALANG', 'DINAS SOSIAL P3AP2KB'],
    city: 'Malang',
    numberCode: '005',
    numberUnit: '35.73.403',
    head: 'Kepala Dinas Sosial P3AP2KB Kota Malang',
    users: [
      { key: 'petugas', name: 'Yuliana Puspita', nameAfter: 'S.ST.', roles: everyRoleButLeader },
      { key: 'pimpinan', nameBefore: 'Dra.', name: 'Penny Astuti', nameAfter: 'M.M.', roles: ['leader'] },
    ],
  },
  {
    key: 'batang',
    name: 'Dinas Sosial Kabupaten Batang',
    shortName: 'Dinsos Batang',
    regionCode: '33.25',
    accent: '#8a3b12',
    letterhead: ['PEMERINTAH KABUPATEN BATANG', 'DINAS SOSIAL'],
    city: 'Batang',
    numberCode: '005',
    numberUnit: 'Dinsos',
    head: 'Kepala Dinas Sosial Kabupaten Batang',
    users: [
      { key: 'petugas', name: 'Slamet Purnomo', nameAfter: 'S.Sos.', roles: everyRoleButLeader },
      { key: 'pimpinan', nameBefore: 'Drs.', name: 'Joko Prasetyo', nameAfter: 'M.Si.', roles: ['leader'] },
    ],
  },
  {
    key: 'magelang',
    name: 'Dinas Sosial Kota Magelang',
    shortName: 'Dinsos Kota Magelang',
    regionCode: '33.71',
    accent: '#6b2c6f',
    letterhead: ['PEMERINTAH KOTA MAGELANG', 'DINAS SOSIAL'],
    city: 'Magelang',
    numberCode: '005',
    numberUnit: '230',
    head: 'Kepala Dinas Sosial Kota Magelang',
    users: [
      { key: 'petugas', name: 'Endang Lestari', nameAfter: 'S.Sos.', roles: everyRoleButLeader },
      { key: 'pimpinan', nameBefore: 'Dra.', name: 'Wulan Kusumawati', roles: ['leader'] },
    ],
  },
  {
    key: 'klaten',
    name: 'LKKS Kabupaten Klaten',
    shortName: 'LKKS Klaten',
    regionCode: '33.10',
    accent: '#9b1c31',
    letterhead: ['LEMBAGA KOORDINASI KESEJAHTERAAN SOSIAL (LKKS)', 'KABUPATEN KLATEN'],
    city: 'Klaten',
    numberCode: '005',
    numberUnit: 'LKKS-KLT',
    head: 'Ketua LKKS Kabupaten Klaten',
    users: [
      { key: 'petugas', nameBefore: 'Hj.', name: 'Sri Hartini', roles: everyRoleButLeader },
      { key: 'pimpinan', nameBefore: 'H.', name: 'Bambang Nugroho', roles: ['leader'] },
    ],
  },
];

/** Works for two offices and switches between them. */
export const guest = {
  email: 'dua.instansi@jateng.example',
  name: 'Dewi Kusuma',
  roles: ['organizer'] satisfies Role[],
  offices: ['magelang', 'klaten'],
};

/** Opens offices, and sees the records of none. */
export const installer = { email: 'instalasi@rembuk.example', name: 'Arif Wibowo' };

/** Of everybody in the demo, and printed wherever the demo starts: it protects nothing. */
export const demoPassword = 'contoh-rembuk';
