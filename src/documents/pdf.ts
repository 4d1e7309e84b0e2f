import { join } from 'node:path';
import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { drawable, fontsFolder } from './glyphs.js';

const fontFiles = (family: 'tinos' | 'arimo', name: string) => {
  const file = (cut: string) => join(fontsFolder, family, cut, `${name}_${cut}.ttf`);
  return {
    normal: file('400Regular'),
    bold: file('700Bold'),
    italics: file('400Regular_Italic'),
    bolditalics: file('700Bold_Italic'),
  };
};

/** `Tinos` has the measures of Times New Roman, `Arimo` those of Arial: both OFL, and both hold every Latin letter. */
pdfmake.setFonts({ Tinos: fontFiles('tinos', 'Tinos'), Arimo: fontFiles('arimo', 'Arimo') });
// Text comes from people: nothing in it may make the program read a file or an address.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path.startsWith(fontsFolder));

export interface PdfPaper {
  /** Shown by the reader as the document's name. */
  title: string;
  content: Content[];
  /** Lists read better without serifs; letters and minutes are set in the other. */
  font?: 'Tinos' | 'Arimo';
  /** In points; follows the font unless told otherwise. */
  fontSize?: number;
  /** Left, top, right, bottom in points; those of the house unless told otherwise. */
  margins?: [number, number, number, number];
  landscape?: boolean;
  /** Written across every page: demo papers must not pass for real ones (rules.md, personal data). */
  specimen?: string;
  /** What stands at the foot of each page. */
  footer: (page: number, pages: number) => string;
  /** When it was made; the same content at the same time is the same file, byte by byte. */
  at: Date;
}

/** Widths of A4 in points, and the margins of a letter: 2.5 cm left, 2 cm elsewhere. */
const margins: [number, number, number, number] = [71, 57, 57, 62];

/** Reading the font's tables of marks anew for every paper took half of its time; `composed` makes them needless. */
const features = { mark: false, mkmk: false };

/** Every text with its accents in their letters (NFC), and without what no font of ours draws; a copy, since pdfmake writes into what it is given. */
function composed<T>(part: T): T {
  if (typeof part === 'string') return drawable(part.normalize('NFC')) as T;
  if (Array.isArray(part)) return part.map((one: unknown) => composed(one)) as T;
  if (typeof part !== 'object' || part === null || Object.getPrototypeOf(part) !== Object.prototype)
    return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, composed<unknown>(value)])) as T;
}

/** So far below the text; nearer where the margin is so small that it would fall off the page. */
const footerGap = ([, , , bottom]: [number, number, number, number]) => Math.min(24, bottom - 14);

const footerOf = (text: string, { margins: own = margins }: Pick<PdfPaper, 'margins'>): Content => ({
  text: drawable(text),
  alignment: 'center',
  fontSize: 8.5,
  color: '#5a6472',
  margin: [0, footerGap(own), 0, 0],
});

function definitionOf(paper: Omit<PdfPaper, 'content' | 'footer'>): Omit<TDocumentDefinitions, 'content'> {
  return {
    info: { title: paper.title, creator: 'Rembuk', producer: 'Rembuk', creationDate: paper.at },
    pageSize: 'A4',
    pageOrientation: paper.landscape ? 'landscape' : 'portrait',
    pageMargins: paper.margins ?? margins,
    defaultStyle: {
      font: paper.font ?? 'Tinos',
      fontSize: paper.fontSize ?? (paper.font === 'Arimo' ? 9.5 : 11.5),
      lineHeight: 1.2,
      // Pdfkit's own form beside the list that its types know.
      fontFeatures: features as unknown as [],
    },
    ...(paper.specimen && {
      watermark: { text: paper.specimen, color: '#1c2430', opacity: 0.08, bold: true },
    }),
  };
}

const bytesOf = (definition: TDocumentDefinitions): Promise<Buffer> =>
  pdfmake.createPdf(definition).getBuffer();

/**
 * Prints a paper of the house on A4.
 * @returns the bytes of the PDF
 */
export async function printPdf(paper: PdfPaper): Promise<Buffer> {
  return bytesOf({
    ...definitionOf(paper),
    footer: (page, pages) => footerOf(paper.footer(page, pages), paper),
    content: composed(paper.content),
  });
}

/**
 * Prints several papers into one file, each beginning on a page of its own. The fonts are in it once, so that a hundred
 * letters take a second.
 * @param footer for a page by its number within its own paper
 */
export async function printTogether(
  paper: Omit<PdfPaper, 'content' | 'footer'> & { footer: (page: number) => string },
  contents: Content[][],
): Promise<Buffer> {
  const sections = contents.map((section) => {
    let first: number | undefined;
    return {
      section: composed(section),
      // Called page by page from the first on, with numbers that count through the whole file.
      footer: (page: number) => footerOf(paper.footer(page - (first ??= page) + 1), paper),
    };
  });
  return bytesOf({ ...definitionOf(paper), content: sections });
}
