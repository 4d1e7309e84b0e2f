import type { Content, ContentTable, TableCell } from 'pdfmake/interfaces.js';
import { isIndented, type LabelledRow, type LetterAnnex, type LetterBlock } from './letter-paper.js';
import type { LetterPaper } from './letter-paper.js';
import { letterhead } from './letterhead.js';
import { printPdf, printTogether, type PdfPaper } from './pdf.js';
import { qrPng } from './qr.js';

const pointsPerMm = 72 / 25.4;
const pageWidth = 595.28;
/** Of the first line of a paragraph, and of the block of day, time and place. */
const indent = 36;
/** A paragraph of so many letters stays whole: no line of it is left alone on a page. */
const keptWhole = 1_000;
/** So long may be what stays with the signature; a longer last paragraph would leave half a page empty. */
const keptWithSignature = 1_800;
const qrSizes = { small: 68, large: 150 };
const sizes = { Tinos: 11.5, Arimo: 10.5 };

type Gap = [number, number, number, number];
const below = (space: number): Gap => [0, 0, 0, space];

const plain = { hLineWidth: () => 0, vLineWidth: () => 0, paddingTop: () => 0, paddingBottom: () => 0 };

function rowsTable(rows: LabelledRow[], labelWidth: number): ContentTable {
  return {
    layout: { ...plain, paddingLeft: () => 0, paddingRight: () => 5 },
    table: {
      dontBreakRows: true,
      widths: [labelWidth, 3, '*'],
      body: rows.map(([label, value]): TableCell[] => [
        { text: label },
        ':',
        // A number that is yet to be written keeps its place: spaces are not folded.
        { text: value, preserveLeadingSpaces: true },
      ]),
    },
  };
}

const paragraph = (text: string): Content => ({
  text,
  // Justified, pdfmake also opens gaps after each slash of a number or an address.
  alignment: text.includes('/') ? 'left' : 'justify',
  margin: below(6),
  unbreakable: text.length <= keptWhole,
  ...(isIndented(text) && { leadingIndent: indent }),
});

// Copied: pdfmake puts objects of its own into the lists that it is given.
const lined = (lines: string[]): Content =>
  lines.length > 1 ? { ol: [...lines] } : { text: lines[0] ?? '' };

function signature({ date, position, name, below: under }: LetterBlock & { kind: 'signature' }): Content {
  const stack: Content[] = [
    ...(date ? [{ text: date, margin: below(2) }] : []),
    ...position.map((text, at) => (at === position.length - 1 ? `${text},` : text)),
    { text: name || '………………………………', bold: true, margin: [0, 44, 0, 0] },
    ...under,
  ];
  return {
    unbreakable: true,
    margin: [0, 8, 0, 6],
    columns: [
      { width: '*', text: '' },
      { width: 245, stack },
    ],
  };
}

/** Beside a large QR a code of full size needs so much, or breaks at its hyphen. */
const roomForLargeCode = 190;

async function answer(block: LetterBlock & { kind: 'answer' }, width: number): Promise<Content> {
  const { title, lines, code, address, size } = block;
  const side = qrSizes[size];
  const picture: Content = address
    ? { image: `data:image/png;base64,${(await qrPng(address)).toString('base64')}`, width: side }
    : { canvas: [{ type: 'rect', x: 4, y: 4, w: side - 8, h: side - 8, lineColor: '#9aa1ab' }] };
  const isLarge = size === 'large';
  const codeSize = isLarge ? (width - side < roomForLargeCode ? 15 : 20) : 13;
  const words: Content = {
    margin: [6, isLarge ? 22 : 6, 4, 2],
    stack: [
      { text: title, bold: true, fontSize: isLarge ? 13 : 10, margin: below(2) },
      ...lines.map((text): Content => ({ text, fontSize: isLarge ? 11.5 : 9 })),
      { text: code, bold: true, fontSize: codeSize, characterSpacing: 1, margin: [0, 3, 0, 0] },
    ],
  };
  return {
    unbreakable: true,
    margin: [0, 6, 0, 0],
    layout: { hLineWidth: () => 0.7, vLineWidth: () => 0.7, hLineColor: '#5a6472', vLineColor: '#5a6472' },
    table: { widths: [side + 2, '*'], body: [[picture, words].map(bordered)] },
  };
}

/** One frame around both cells, and none between. */
const bordered = (cell: Content, at: number): TableCell => ({
  stack: [cell],
  border: at === 0 ? [true, true, false, true] : [false, true, true, true],
});

async function contentOf(block: LetterBlock, width: number): Promise<Content[]> {
  switch (block.kind) {
    case 'facts':
      return [
        {
          margin: below(9),
          columnGap: 16,
          columns: [
            { ...rowsTable(block.rows, 54), width: '*' },
            { text: block.date, width: block.date ? 'auto' : 0 },
          ],
        },
      ];
    case 'title':
      return [{ text: block.text, bold: true, fontSize: 13.5, alignment: 'center', margin: [0, 4, 0, 14] }];
    case 'addressee':
      return [{ stack: [...block.lines], margin: below(9), unbreakable: true }];
    case 'text':
      return block.paragraphs.map(paragraph);
    case 'details':
      return [{ stack: [rowsTable(block.rows, 84)], margin: [indent, 2, 0, 8], unbreakable: true }];
    case 'notes':
      return [
        {
          stack: [{ text: block.title, bold: true }, lined(block.lines)],
          margin: below(8),
          unbreakable: block.lines.join().length <= keptWhole,
        },
      ];
    case 'signature':
      return [signature(block)];
    case 'copies':
      return [
        { stack: [block.title, lined(block.lines)], fontSize: 10, margin: below(6), unbreakable: true },
      ];
    case 'answer':
      return [await answer(block, width)];
  }
}

/** All blocks one below the other; a signature takes along what stands above it, so that nobody signs an empty page. */
async function body(blocks: LetterBlock[], width: number): Promise<Content[]> {
  const content: Content[] = [];
  for (const block of blocks) {
    const parts = await contentOf(block, width);
    const above = block.kind === 'signature' ? content.at(-1) : undefined;
    if (above && JSON.stringify(above).length <= keptWithSignature) {
      content.pop();
      content.push({ stack: [above, ...parts], unbreakable: true });
    } else content.push(...parts);
  }
  return content;
}

const hair = { hLineWidth: () => 0.5, vLineWidth: () => 0.5 };

function annexOf({ title, rows, head, list }: LetterAnnex): Content[] {
  const heads = head.map((text): TableCell => ({
    text,
    bold: true,
    alignment: 'center',
    fillColor: '#eeece6',
    margin: [0, 2, 0, 2],
  }));
  return [
    {
      pageBreak: 'before',
      margin: below(10),
      columns: [
        { width: '*', text: '' },
        { width: 245, stack: [{ text: title, margin: below(1) }, rowsTable(rows, 50)] },
      ],
    },
    {
      fontSize: 10,
      layout: hair,
      table: {
        headerRows: 1,
        keepWithHeaderRows: 1,
        dontBreakRows: true,
        widths: [24, '*', '*', 46],
        body: [
          heads,
          ...list.map(({ name, address, seats }, at): TableCell[] => [
            { text: String(at + 1), alignment: 'right' },
            name,
            address,
            { text: String(seats), alignment: 'center' },
          ]),
        ],
      },
    },
  ];
}

const leftOf = ({ margins }: LetterPaper) => margins.left * pointsPerMm;

async function wholeOf(paper: LetterPaper): Promise<Content[]> {
  const width = pageWidth - leftOf(paper) - paper.margins.right * pointsPerMm;
  return [
    ...letterhead(paper.head, width),
    ...(await body(paper.blocks, width)),
    ...(paper.annex ? annexOf(paper.annex) : []),
  ];
}

/** First pages bear no number: letters do not. */
const footer = (page: number): string => (page > 1 ? `– ${page} –` : '');

function lookOf(paper: LetterPaper): Omit<PdfPaper, 'content' | 'footer'> {
  const { title, font, at, margins, specimen } = paper;
  const [top, right, bottom] = [margins.top, margins.right, margins.bottom].map((mm) => mm * pointsPerMm);
  return {
    title,
    font,
    fontSize: sizes[font],
    at,
    margins: [leftOf(paper), top ?? 0, right ?? 0, bottom ?? 0],
    ...(specimen && { specimen }),
  };
}

/**
 * Letters on A4 with their annexes, in one file, each with pages of its own. Some 60 ms and much garbage each: printed
 * by a thread (letter-printing.ts).
 * @param papers of one look: fonts, margins and title are those of the first
 */
export async function lettersPdf([first, ...others]: [LetterPaper, ...LetterPaper[]]): Promise<Buffer> {
  if (others.length === 0) return printPdf({ ...lookOf(first), footer, content: await wholeOf(first) });
  return printTogether({ ...lookOf(first), footer }, await Promise.all([first, ...others].map(wholeOf)));
}
