import sharp from 'sharp';
import { printPdf } from '../../documents/pdf.js';

/** A paper that is handed out: a heading, and points below it. */
export interface Paper {
  title: string;
  lead: string;
  points: readonly (readonly [heading: string, text: string])[];
}

/** After Permensos 22/2016; in words of our own. */
export const standards: Paper = {
  title: 'Enam standar akreditasi LKS',
  lead: 'Setiap standar dibuktikan dengan dokumen dan keadaan di lapangan. Siapkan berkasnya sebelum asesor datang.',
  points: [
    ['Program', 'Rencana kerja tahunan, sasaran layanan, dan cara menilainya tertulis dan dijalankan.'],
    [
      'Proses layanan',
      'Penerimaan, asesmen, rencana layanan, pelaksanaan, dan terminasi tercatat per penerima manfaat.',
    ],
    ['Manajemen', 'Akta, struktur, pembagian tugas, keuangan, dan arsip lembaga lengkap dan mutakhir.'],
    [
      'Sumber daya manusia',
      'Jumlah dan kecakapan pengurus sesuai layanan; ada pekerja sosial atau pendamping terlatih.',
    ],
    ['Sarana dan prasarana', 'Bangunan aman dan bersih, dengan ruang yang cukup bagi penerima manfaat.'],
    ['Hasil layanan', 'Perubahan pada penerima manfaat diukur, dan hasilnya dipakai memperbaiki layanan.'],
  ],
};

export const caseManagement: Paper = {
  title: 'Langkah manajemen kasus',
  lead: 'Dipakai di dalam dan di luar panti. Data anak dan kesehatan tidak ditulis di lembar ini.',
  points: [
    ['Asesmen', 'Kenali kebutuhan dan kekuatan bersama orang yang didampingi dan keluarganya.'],
    ['Rencana', 'Tulis tujuan, langkah, penanggung jawab, dan tanggalnya.'],
    ['Pelaksanaan', 'Hubungkan dengan layanan yang ada; catat tiap kunjungan.'],
    ['Evaluasi', 'Bandingkan dengan tujuan, lalu perbarui rencana atau akhiri pendampingan.'],
  ],
};

export const contentGuide: Paper = {
  title: 'Konten yang bercerita dan melindungi',
  lead: 'Panduan singkat bagi pengurus LKS yang mengelola media sosial lembaganya.',
  points: [
    ['Mulai dari cerita', 'Satu kegiatan, satu pesan, satu ajakan.'],
    ['Lindungi anak', 'Tanpa nama, wajah, dan sekolah anak; minta izin tertulis untuk orang dewasa.'],
    ['Gambar dan suara', 'Rekam mendatar, dekat dengan sumber suara, di tempat terang.'],
    ['Terbitkan dan catat', 'Simpan tautannya; kirim kepada panitia sebagai hasil pelatihan.'],
  ],
};

/** The paper as PDF, marked as a sample on every page. */
export function printPaper({ title, lead, points }: Paper, at: Date): Promise<Buffer> {
  const rows = points.map(([heading, text]) => ({
    stack: [
      { text: heading, bold: true },
      { text, margin: [0, 0, 0, 8] as [number, number, number, number] },
    ],
  }));
  return printPdf({
    title,
    at,
    specimen: 'CONTOH',
    footer: (page, pages) => `${title} · ${page}/${pages}`,
    content: [
      { text: title, bold: true, fontSize: 18, margin: [0, 0, 0, 6] },
      { text: lead, margin: [0, 0, 0, 14] },
      { ol: rows },
    ],
  });
}

/** A room with people in it, drawn in flat colours: nobody who could be known. */
export function drawPhoto(words: string, hue: number): Promise<Buffer> {
  const person = (at: number) =>
    `<circle cx="${at}" cy="520" r="46" fill="hsl(${(hue + at) % 360} 30% 45%)"/>
     <rect x="${at - 70}" y="575" width="140" height="190" rx="60" fill="hsl(${(hue + at) % 360} 35% 55%)"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="720" viewBox="0 0 1280 960">
    <rect width="1280" height="960" fill="hsl(${hue} 35% 88%)"/>
    <rect y="700" width="1280" height="260" fill="hsl(${hue} 25% 72%)"/>
    <rect x="340" y="120" width="600" height="260" rx="12" fill="#ffffff" stroke="hsl(${hue} 25% 55%)" stroke-width="8"/>
    <text x="640" y="235" font-family="sans-serif" font-size="56" text-anchor="middle" fill="#1c2430">Foto contoh</text>
    <text x="640" y="305" font-family="sans-serif" font-size="36" text-anchor="middle" fill="#505a68">${words}</text>
    ${[180, 400, 640, 880, 1100].map(person).join('')}
  </svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer();
}
