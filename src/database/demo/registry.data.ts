/** How many LKS of which main service lie in which kabupaten/kota. */
export interface Population {
  office: string;
  region: string;
  counts: Partial<Record<Service, number>>;
  /** LKS with a valid accreditation, where the source says how many. */
  accredited?: number;
}

export type Service = 'anak' | 'lanjut_usia' | 'disabilitas' | 'napza' | 'gepeng' | 'lainnya';

/** Kalsel 2022: 120 anak, 3 lanjut usia, 9 disabilitas, 3 napza, over all 13 kabupaten/kota. */
const kalsel: Population[] = [
  { office: 'kalsel', region: '63.01', counts: { anak: 9 } },
  { office: 'kalsel', region: '63.02', counts: { anak: 7 } },
  { office: 'kalsel', region: '63.03', counts: { anak: 21, lanjut_usia: 1, disabilitas: 1 } },
  { office: 'kalsel', region: '63.04', counts: { anak: 6 } },
  { office: 'kalsel', region: '63.05', counts: { anak: 6 } },
  { office: 'kalsel', region: '63.06', counts: { anak: 9, disabilitas: 1 } },
  { office: 'kalsel', region: '63.07', counts: { anak: 10 } },
  { office: 'kalsel', region: '63.08', counts: { anak: 8, disabilitas: 1 } },
  { office: 'kalsel', region: '63.09', counts: { anak: 7, napza: 1 } },
  { office: 'kalsel', region: '63.10', counts: { anak: 6, disabilitas: 1 } },
  { office: 'kalsel', region: '63.11', counts: { anak: 3 } },
  { office: 'kalsel', region: '63.71', counts: { anak: 18, lanjut_usia: 1, disabilitas: 3, napza: 1 } },
  { office: 'kalsel', region: '63.72', counts: { anak: 10, lanjut_usia: 1, disabilitas: 2, napza: 1 } },
];

export const populations: Population[] = [
  ...kalsel,
  {
    office: 'malang',
    region: '35.73',
    counts: { anak: 40, napza: 3, disabilitas: 7, lanjut_usia: 6, lainnya: 5, gepeng: 2 },
  },
  { office: 'batang', region: '33.25', counts: { anak: 8, disabilitas: 2, lanjut_usia: 1 } },
  { office: 'magelang', region: '33.71', counts: { anak: 7, disabilitas: 2, lanjut_usia: 1 } },
  { office: 'klaten', region: '33.10', counts: { anak: 14 }, accredited: 8 },
];

/** LKS that the sources name. */
export const named = [
  { office: 'batang', region: '33.25', district: 'Limpung', name: 'LKSA Bahagia Darul Hikmah' },
  {
    office: 'magelang',
    region: '33.71',
    district: 'Magelang Selatan',
    name: 'Panti Asuhan Mayu Dharma Putra',
  },
] as const;

export const districts: Record<string, [string, ...string[]]> = {
  '33.10': ['Klaten Tengah', 'Klaten Selatan', 'Klaten Utara', 'Delanggu', 'Pedan', 'Jogonalan', 'Prambanan'],
  '33.25': ['Batang', 'Limpung', 'Bandar', 'Gringsing', 'Subah', 'Warungasem', 'Tersono'],
  '33.71': ['Magelang Selatan', 'Magelang Utara', 'Magelang Tengah'],
  '35.73': ['Blimbing', 'Klojen', 'Kedungkandang', 'Sukun', 'Lowokwaru'],
  '63.01': ['Pelaihari', 'Bati Bati', 'Kurau', 'Takisung', 'Jorong'],
  '63.02': ['Pulau Laut Timur', 'Pulau Laut Tengah', 'Kelumpang Hilir', 'Pamukan Utara'],
  '63.03': [
    'Martapura',
    'Martapura Timur',
    'Gambut',
    'Kertak Hanyar',
    'Sungai Tabuk',
    'Astambul',
    'Simpang Empat',
  ],
  '63.04': ['Marabahan', 'Alalak', 'Tamban', 'Anjir Muara', 'Mandastana'],
  '63.05': ['Tapin Utara', 'Binuang', 'Tapin Selatan', 'Bungur'],
  '63.06': ['Kandangan', 'Sungai Raya', 'Daha Selatan', 'Angkinang', 'Simpur'],
  '63.07': ['Barabai', 'Batu Benawa', 'Pandawan', 'Labuan Amas Selatan', 'Haruyan'],
  '63.08': ['Amuntai Tengah', 'Amuntai Selatan', 'Banjang', 'Sungai Pandan', 'Danau Panggang'],
  '63.09': ['Tanjung', 'Murung Pudak', 'Kelua', 'Muara Uya', 'Tanta'],
  '63.10': ['Batu Licin', 'Simpang Empat', 'Kusan Hilir', 'Satui', 'Sungai Loban'],
  '63.11': ['Paringin', 'Lampihong', 'Batu Mandi', 'Halong'],
  '63.71': [
    'Banjarmasin Selatan',
    'Banjarmasin Timur',
    'Banjarmasin Barat',
    'Banjarmasin Utara',
    'Banjarmasin Tengah',
  ],
  '63.72': ['Landasan Ulin', 'Cempaka', 'Banjarbaru Utara', 'Banjarbaru Selatan', 'Liang Anggang'],
};

export const streets = [
  ...['Melati', 'Kenanga', 'Mawar', 'Cempaka', 'Anggrek', 'Teratai', 'Flamboyan', 'Merpati', 'Cendrawasih'],
  ...[
    'Masjid Raya',
    'Pendidikan',
    'Keramat',
    'Pasar Lama',
    'Veteran',
    'Pahlawan',
    'Sejahtera',
    'Karya Bakti',
  ],
] as [string, ...string[]];

export const prefixes: Record<Service, readonly string[]> = {
  anak: ['LKSA', 'Panti Asuhan', 'Rumah Yatim'],
  lanjut_usia: ['Griya Lansia', 'LKS Lanjut Usia'],
  disabilitas: ['LKS Disabilitas', 'Rumah Difabel'],
  napza: ['IPWL', 'Rumah Pulih'],
  gepeng: ['Rumah Singgah'],
  lainnya: ['LKS', 'Yayasan Sosial'],
};

/** Common words of such names, combined at random: nobody is meant. */
export const stems = [
  ...['Nurul Hikmah', 'Al-Hidayah', 'Darussalam', 'Baitul Amin', 'Ar-Rahmah', 'Budi Mulia', 'Harapan Bunda'],
  ...['Kasih Ibu', 'Bina Insani', 'Tunas Harapan', 'Al-Ikhlas', 'Nurul Iman', 'Miftahul Khair', 'An-Nur'],
  ...[
    'Sinar Kasih',
    'Mutiara Hati',
    'Cahaya Umat',
    'Al-Falah',
    'Hidayatullah',
    'Raudhatul Jannah',
    'Al-Amanah',
  ],
  ...[
    'Permata Bangsa',
    'Putra Harapan',
    'Setia Bakti',
    'Pelita Hati',
    'Budi Luhur',
    'Karya Insan',
    'As-Salam',
  ],
  ...['Anugerah', 'Bhakti Kasih', 'Darul Aitam', 'Al-Muhajirin', 'Sumber Kasih', 'Ulul Albab', 'Nurul Falah'],
  ...[
    'Siti Khadijah',
    'Al-Mubarak',
    'Insan Mandiri',
    'Bunga Bangsa',
    'Sabilal Muhtadin',
    'Riyadhus Shalihin',
  ],
  ...['Al-Barokah', 'Taman Kasih', 'Fajar Harapan', 'Darul Ilmi', 'Wisma Kasih', 'Nurul Yaqin', 'Al-Kautsar'],
  ...['Bina Umat', 'Amanah Umat', 'Karunia', 'Griya Yatim', 'Uswatun Hasanah', 'Baiturrahman', 'Ibnu Sabil'],
  ...[
    'Nur Ilahi',
    'Al-Munawwarah',
    'Mekar Sari',
    'Insan Kamil',
    'Hasanul Bina',
    'Dharma Bakti',
    'Kasih Bangsa',
  ],
  ...['Mandiri Sejahtera', 'Pancaran Kasih'],
];
