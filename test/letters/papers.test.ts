import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { create } from 'qrcode';
import sharp from 'sharp';
import { writeLetters } from '../../src/documents/letter-docx.js';
import type { LetterPaper } from '../../src/documents/letter-paper.js';
import { printLetter, printLetters } from '../../src/documents/letter-printing.js';
import type { LetterContent } from '../../src/features/letters/content.js';
import { confirmationPaper, letterPaper, numberInWords } from '../../src/features/letters/papers.js';
import { projectRoot } from '../../src/paths.js';
import { readPdf, type Picture } from '../support/pdf.js';
import { printing, recipient, sample, sampleToAll, way } from './sample.js';

const own = (content: LetterContent = sample) => letterPaper(content, printing, recipient, way);
const long = (paragraphs: number): LetterContent => ({
  ...sample,
  words: { ...sample.words, closing: Array(paragraphs).fill(sample.words.closing).join('\n') },
});
const pagesOf = async (paper: LetterPaper) => readPdf(await printLetter(paper));
const flat = (text: string) => text.replace(/\s+/g, ' ');

const references = join(projectRoot, 'test/letters/reference');
/** Enough to see a block move by two millimetres, and few enough kilobytes to keep. */
const dpi = 40;
/** Set to draw the references anew; look at them before they are committed. */
const draw = process.env.DRAW_REFERENCES === 'true';

/** Shares of the pixels that are clearly lighter or darker than in the reference. */
async function differs(name: string, picture: Picture): Promise<number> {
  const path = join(references, `${name}.png`);
  const { width, height, data } = picture;
  if (draw) {
    await mkdir(references, { recursive: true });
    const raw = { width, height, channels: 1 as const };
    await writeFile(
      path,
      await sharp(data, { raw }).png({ palette: true, colours: 8, effort: 10 }).toBuffer(),
    );
  }
  if (!existsSync(path)) throw new Error(`${path} is missing: DRAW_REFERENCES=true draws it`);
  const kept = await sharp(await readFile(path))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([kept.info.width, kept.info.height]).toEqual([width, height]);
  const off = data.filter((grey, at) => Math.abs(grey - (kept.data[at * kept.info.channels] ?? 0)) > 60);
  return off.length / data.length;
}

/** A block that moved by two millimetres changes ten times as much; another machine changes nothing. */
const tolerance = 0.001;

describe('reference pictures', () => {
  const papers: [name: string, paper: () => LetterPaper, page: number][] = [
    ['own', () => own(), 1],
    ['to-all', () => letterPaper(sampleToAll, printing), 1],
    ['annex', () => letterPaper(sampleToAll, printing), 2],
    ['long-1', () => own(long(9)), 1],
    ['long-2', () => own(long(9)), 2],
    ['sheet', () => confirmationPaper(sampleToAll, printing, recipient, way), 1],
  ];
  test.each(papers)('%s looks as it did when somebody last looked at it', async (name, paper, page) => {
    const read = (await pagesOf(paper()))[page - 1];
    if (!read) throw new Error(`${name} has no page ${page}`);
    expect(await differs(name, await read.draw(dpi))).toBeLessThan(tolerance);
  });

  test('a block that stands elsewhere, or a margin of two millimetres more, would be seen', async () => {
    const { layout } = sample;
    const order = layout.order.toReversed();
    const margins = { ...layout.margins, left: layout.margins.left + 2 };
    if (draw) return;
    for (const other of [{ order }, { margins }, { datePlace: 'signature' as const }]) {
      const [page] = await pagesOf(own({ ...sample, layout: { ...layout, ...other } }));
      const picture = await page?.draw(dpi);
      expect(picture && (await differs('own', picture))).toBeGreaterThan(tolerance * 10);
    }
  });
});

describe('a letter of its own', () => {
  test('fits on one page, in the order of offices, with NIP 8-6-1-3 and the whole signature', async () => {
    const pages = await pagesOf(own());
    expect(pages).toHaveLength(1);
    const text = flat(pages[0]?.text ?? '');
    const order = [
      ...['PEMERINTAH PROVINSI', 'DINAS SOSIAL', '005/123/Dinsos/VIII/2022', 'Undangan Bimbingan Teknis'],
      ...['Yth. Pimpinan LKSA Nurul Hikmah', 'Dengan hormat', '23 s.d. 25 Agustus 2022', 'Catatan:'],
      ...['Mohon membawa stempel', 'Makan siang', 'paling lambat Jumat, 12 Agustus 2022'],
      ...['a.n. Kepala Dinas Sosial', 'Sekretaris,', 'Drs. Contoh', 'Pembina', '19700101 199503 1 001'],
      ...['Tembusan:', 'Gubernur', 'rembuk.contoh.id/u', 'ABCDE-FGHJK'],
    ];
    const places = order.map((words) => text.indexOf(words));
    expect(places.filter((place) => place < 0)).toEqual([]);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text).toContain('Banjarmasin, 1 Agustus 2022');
  });

  test('bears the QR of exactly its own address', async () => {
    const [page] = await pagesOf(own());
    const [qr] = page?.pictures ?? [];
    const { modules } = create(way.url, { errorCorrectionLevel: 'M' });
    if (!qr) throw new Error('no picture on the page');
    const step = qr.width / (modules.size + 8);
    const channels = qr.data.length / (qr.width * qr.height);
    const isDark = (x: number, y: number) => {
      const [column, row] = [x, y].map((at) => Math.floor((at + 4.5) * step));
      return (qr.data[((row ?? 0) * qr.width + (column ?? 0)) * channels] ?? 255) < 128;
    };
    const seen: boolean[] = [];
    const wanted: boolean[] = [];
    for (let y = 0; y < modules.size; y += 1)
      for (let x = 0; x < modules.size; x += 1) {
        seen.push(isDark(x, y));
        wanted.push(modules.get(y, x) === 1);
      }
    expect(seen).toEqual(wanted);
  });

  test('of an LKKS has neither rank nor NIP, of a one-word name and without a logo it is whole all the same', async () => {
    const signature = { position: ['Ketua LKKS Kabupaten Klaten'], name: 'Suharto', below: [] };
    const [page] = await pagesOf(own({ ...sample, signature }));
    const text = flat(page?.text ?? '');
    expect(text).toContain('Ketua LKKS Kabupaten Klaten, Suharto');
    expect(text).not.toContain('NIP');
  });

  test('prints names with letters that others lose, and braces in a title as they are', async () => {
    const values = { ...sample.values, kegiatan: 'Temu Wicara {lks} & “N\u0303andu\u0301”' };
    const name = 'Panti Asuhan Šarić Þórr Nguyễn Thị Ðặng';
    const paper = letterPaper({ ...sample, values }, printing, { ...recipient, name }, way);
    const text = flat((await pagesOf(paper))[0]?.text ?? '');
    expect(text).toContain(name);
    // Typed letter by accent, printed as one: the fonts' tables of marks are not read.
    expect(text).toContain('Temu Wicara {lks} & “Ñandú”');
  });

  test('leaves out what no font draws, rather than print boxes', async () => {
    const name = 'LKSA 😀 Harapan 社会 Šarić 👨‍👩‍👧';
    const text = flat(
      (await pagesOf(letterPaper(sample, printing, { ...recipient, name }, way)))[0]?.text ?? '',
    );
    expect(text).toContain('Pimpinan LKSA Harapan Šarić Jalan Melati');
  });

  test('leaves the place of the date and of the number blank until they are given', async () => {
    const content = { ...sample, number: '005/\u00a0\u00a0\u00a0\u00a0/Dinsos/VIII/2022', date: null };
    const text = flat((await pagesOf(own(content)))[0]?.text ?? '');
    expect(text).toMatch(/005\/\s*\/Dinsos\/VIII\/2022/);
    expect(text).toContain('Banjarmasin, ……………');
  });

  test('is the same file, byte by byte, whenever it is printed', async () => {
    expect((await printLetter(own())).equals(await printLetter(own()))).toBe(true);
  });

  test('bears the mark of a specimen in the demo, on every page', async () => {
    const [plain, marked] = [false, true].map((isDemo) =>
      letterPaper(sample, { ...printing, isDemo }, recipient, way),
    ) as [LetterPaper, LetterPaper];
    expect(plain.specimen).toBeUndefined();
    const dark = async (paper: LetterPaper) =>
      (await (await pagesOf(paper))[0]?.draw(dpi))?.data.filter((grey) => grey < 250).length ?? 0;
    expect(await dark(marked)).toBeGreaterThan((await dark(plain)) * 1.5);
  });
});

describe('a long letter', () => {
  test.each([2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'with %d times the text never leaves the signature alone on a page, nor a paragraph torn',
    async (times) => {
      const pages = await pagesOf(own(long(times)));
      const signed = pages.find(({ text }) => text.includes('a.n. Kepala Dinas Sosial'));
      expect(flat(signed?.text ?? '')).toMatch(
        /ucapkan terima kasih\..*a\.n\. Kepala Dinas Sosial.*NIP 1970/,
      );
      for (const { text } of pages.slice(1))
        expect(flat(text).trim()).toMatch(/^(Mengingat|Demikian|Tembusan|Jawab)/);
    },
  );

  test('numbers its pages from the second on', async () => {
    const [first, second] = await pagesOf(own(long(9)));
    expect(first?.text).not.toMatch(/– \d –/);
    expect(second?.text).toContain('– 2 –');
  });

  test('in a file with others begins on a page of its own, with its own numbers', async () => {
    const pages = await readPdf(await printLetters([own(long(9)), own(long(9)), own()]));
    expect(pages.map(({ text }) => /– (\d) –/.exec(text)?.[1] ?? '-')).toEqual(['-', '2', '-', '2', '-']);
  });
});

describe('with margins as odd as the settings allow', () => {
  const within = (mm: number, content: LetterContent = sample): LetterContent => ({
    ...content,
    layout: { ...content.layout, margins: { top: mm, right: mm, bottom: mm, left: mm } },
  });

  test('the number of a page is on the page', async () => {
    const [, second] = await pagesOf(own(within(10, long(12))));
    const { width, height, data } = (await second?.draw(72)) ?? { width: 0, height: 0, data: [] };
    // Nothing else stands in the lowest centimetre.
    const inked = data.slice(width * (height - 28)).filter((grey) => grey < 200);
    expect(inked.length).toBeGreaterThan(5);
  });

  test('a code stays in one piece', async () => {
    const pages = await pagesOf(confirmationPaper(within(50, sampleToAll), printing, recipient, way));
    expect(pages.map(({ text }) => text).join()).toContain('ABCDE-FGHJK');
  });
});

describe('one letter for all', () => {
  test('names nobody and bears no code; its annex lists all 135, with its head on every page', async () => {
    const pages = await pagesOf(letterPaper(sampleToAll, printing));
    expect(pages[0]?.text).toContain('(daftar terlampir)');
    expect(pages.flatMap(({ pictures }) => pictures)).toEqual([]);
    expect(pages.map(({ text }) => text).join()).not.toContain('ABCDE');
    const annex = pages.slice(1);
    expect(annex.length).toBeGreaterThan(2);
    for (const { text } of annex) expect(flat(text)).toContain('LKS Alamat');
    const listed = annex.flatMap(({ text }) =>
      [...text.matchAll(/Harapan Ke-(\d+)/g)].map((m) => Number(m[1])),
    );
    expect(listed).toEqual(Array.from({ length: 135 }, (_, at) => at + 1));
  });

  test('goes with a sheet that names the letter and bears the institution’s own code', async () => {
    const [page] = await pagesOf(confirmationPaper(sampleToAll, printing, recipient, way));
    const text = flat(page?.text ?? '');
    for (const words of [
      'LEMBAR KONFIRMASI',
      '005/123/Dinsos/VIII/2022',
      'LKSA Nurul Hikmah',
      'ABCDE-FGHJK',
      '2 (dua) orang',
    ])
      expect(text).toContain(words);
    expect(page?.pictures).toHaveLength(1);
  });
});

describe('as DOCX', () => {
  const wordsOf = (docx: Buffer) => {
    const file = unzipSync(docx)['word/document.xml'];
    return new TextDecoder()
      .decode(file)
      .replace(/<\/w:p>/g, '\n')
      .replace(/<[^>]+>/g, '');
  };

  test('holds the same words as the PDF, with the QR as a picture', async () => {
    const docx = await writeLetters([own()]);
    const words = wordsOf(docx);
    for (const part of [
      '005/123/Dinsos/VIII/2022',
      'Yth. Pimpinan LKSA Nurul Hikmah',
      'a.n. Kepala Dinas Sosial',
      'ABCDE-FGHJK',
    ])
      expect(words).toContain(part);
    expect(Object.keys(unzipSync(docx)).filter((name) => name.startsWith('word/media/'))).toHaveLength(1);
  });

  test('is right after the same letter was printed, too', async () => {
    const paper = own();
    await printLetter(paper);
    expect(wordsOf(await writeLetters([paper]))).not.toContain('[object');
  });

  test('lists all in the annex', async () => {
    expect(wordsOf(await writeLetters([letterPaper(sampleToAll, printing)]))).toContain('Harapan Ke-135');
  });
});

test('numbers stand in words beside their figure', () => {
  const words = [1, 10, 11, 17, 20, 25, 99, 100].map(numberInWords);
  expect(words.slice(0, 4)).toEqual(['1 (satu)', '10 (sepuluh)', '11 (sebelas)', '17 (tujuh belas)']);
  expect(words.slice(4)).toEqual([
    '20 (dua puluh)',
    '25 (dua puluh lima)',
    '99 (sembilan puluh sembilan)',
    '100',
  ]);
});
