import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  ImageRun,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
  type IRunOptions,
  type ISectionOptions,
} from 'docx';
import sharp from 'sharp';
import { isIndented, type LabelledRow, type LetterAnnex, type LetterBlock } from './letter-paper.js';
import type { LetterPaper } from './letter-paper.js';
import type { Letterhead } from './letterhead.js';
import { qrPng } from './qr.js';

/** Word measures in twentieths of a point. */
const twips = (mm: number) => Math.round((mm * 1440) / 25.4);
const pageWidth = twips(210);
const pageHeight = twips(297);
const indent = twips(12.7);
/** What everybody's Word has, with the same measures as ours. */
const fonts = { Tinos: 'Times New Roman', Arimo: 'Arial' };
/** In half points. */
const sizes = { Tinos: 23, Arimo: 21 };
const qrPixels = { small: 104, large: 200 };
const logoPixels = 78;

type Piece = Paragraph | Table;

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const noBorders = {
  top: none,
  bottom: none,
  left: none,
  right: none,
  insideHorizontal: none,
  insideVertical: none,
};

interface Look {
  bold?: boolean;
  size?: number;
  alignment?: (typeof AlignmentType)[keyof typeof AlignmentType];
  after?: number;
  before?: number;
  /** Stays on the page of what follows. */
  keepNext?: boolean;
  firstLine?: number;
  left?: number;
}

function line(text: string, look: Look = {}): Paragraph {
  const run: IRunOptions = { text, bold: look.bold ?? false, ...(look.size && { size: look.size }) };
  return new Paragraph({
    ...(look.alignment && { alignment: look.alignment }),
    keepNext: look.keepNext ?? false,
    spacing: { before: look.before ?? 0, after: look.after ?? 0 },
    indent: { firstLine: look.firstLine ?? 0, left: look.left ?? 0 },
    children: [new TextRun(run)],
  });
}

/** A table without lines whose columns keep their widths in Word, LibreOffice and Google alike. */
function grid(widths: number[], rows: Piece[][][], left = 0): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    borders: noBorders,
    margins: { left: 0, right: 0 },
    columnWidths: widths,
    indent: { size: left, type: WidthType.DXA },
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    rows: rows.map(
      (cells) =>
        new TableRow({
          cantSplit: true,
          children: cells.map(
            (children, at) =>
              new TableCell({ children, width: { size: widths[at] ?? 0, type: WidthType.DXA } }),
          ),
        }),
    ),
  });
}

const labelled = (rows: LabelledRow[], label: number, width: number, left = 0): Table =>
  grid(
    [label, 200, width - label - 200],
    rows.map(([name, value]) => [[line(name)], [line(':')], [line(value)]]),
    left,
  );

/** A picture is as high as it is, whatever the lines are. */
const pictured = (children: ImageRun[]): Paragraph =>
  new Paragraph({ spacing: { line: 240, lineRule: LineRuleType.AUTO }, children });

const gap = (after: number): Paragraph =>
  new Paragraph({ spacing: { after, line: 20, lineRule: LineRuleType.EXACT }, children: [] });

async function head({ lines, address, logo }: Letterhead, width: number): Promise<Piece[]> {
  const centred = { alignment: AlignmentType.CENTER };
  const words = [
    ...lines.map((text, at) =>
      line(text, { ...centred, bold: true, size: at === 0 && lines.length > 1 ? 26 : 30 }),
    ),
    line(address, { ...centred, size: 19 }),
  ];
  const side = twips(24);
  const rule = new Paragraph({
    spacing: { after: 200 },
    border: { top: { style: BorderStyle.DOUBLE, size: 12, space: 1, color: '000000' } },
    children: [],
  });
  if (!logo) return [...words, gap(40), rule];
  const { width: wide, height: high } = await sharp(logo).metadata();
  const scale = logoPixels / Math.max(wide, high);
  const picture = new ImageRun({
    type: 'png',
    data: logo,
    transformation: { width: Math.round(wide * scale), height: Math.round(high * scale) },
  });
  const cells = [[pictured([picture])], words, [line('')]];
  return [grid([side, width - 2 * side, side], [cells]), gap(40), rule];
}

function signature(block: LetterBlock & { kind: 'signature' }, width: number): Piece[] {
  const left = width - twips(86);
  const kept = { left, keepNext: true };
  return [
    line(block.date, { ...kept, before: 200 }),
    ...block.position.map((text, at) => line(at === block.position.length - 1 ? `${text},` : text, kept)),
    line(block.name || '………………………………', { ...kept, bold: true, before: 1000 }),
    ...block.below.map((text) => line(text, { left })),
    gap(200),
  ];
}

async function answer(block: LetterBlock & { kind: 'answer' }, width: number): Promise<Piece[]> {
  const side = qrPixels[block.size];
  const column = Math.round(side * 15 + 150);
  const picture = block.address
    ? [
        new ImageRun({
          type: 'png',
          data: await qrPng(block.address),
          transformation: { width: side, height: side },
        }),
      ]
    : [];
  const words = [
    line(block.title, { bold: true, before: 120 }),
    ...block.lines.map((text) => line(text, { size: 19 })),
    line(block.code, { bold: true, size: block.size === 'large' ? 40 : 26, before: 60 }),
  ];
  return [gap(80), grid([column, width - column], [[[pictured(picture)], words]])];
}

const numbered = (lines: string[]): Paragraph[] =>
  lines.map((text, at) =>
    line(lines.length > 1 ? `${at + 1}. ${text}` : text, { after: at === lines.length - 1 ? 160 : 0 }),
  );

async function pieces(block: LetterBlock, width: number): Promise<Piece[]> {
  switch (block.kind) {
    case 'facts': {
      if (!block.date) return [labelled(block.rows, twips(22), width), gap(200)];
      const right = twips(62);
      const facts = [labelled(block.rows, twips(22), width - right)];
      const date = [line(block.date, { alignment: AlignmentType.RIGHT })];
      // A cell must end with a paragraph.
      return [grid([width - right, right], [[[...facts, gap(0)], date]]), gap(200)];
    }
    case 'title':
      return [line(block.text, { bold: true, size: 27, alignment: AlignmentType.CENTER, after: 280 })];
    case 'addressee':
      return [...block.lines.map((text) => line(text)), gap(200)];
    case 'text':
      return block.paragraphs.map((text) =>
        line(text, {
          alignment: AlignmentType.JUSTIFIED,
          after: 120,
          firstLine: isIndented(text) ? indent : 0,
        }),
      );
    case 'details':
      return [labelled(block.rows, twips(32), width - indent, indent), gap(160)];
    case 'notes':
      return [line(block.title, { bold: true, keepNext: true }), ...numbered(block.lines)];
    case 'signature':
      return signature(block, width);
    case 'copies':
      return [line(block.title, { keepNext: true }), ...numbered(block.lines)];
    case 'answer':
      return answer(block, width);
  }
}

function annexOf({ title, rows, head: heads, list }: LetterAnnex, width: number): Piece[] {
  const fixed = [twips(11), twips(20)];
  const rest = Math.floor((width - twips(31)) / 2);
  const widths = [fixed[0] ?? 0, rest, rest, fixed[1] ?? 0];
  const thin = { style: BorderStyle.SINGLE, size: 4, color: '5a6472' };
  const row = (texts: string[], isHead: boolean) =>
    new TableRow({
      cantSplit: true,
      tableHeader: isHead,
      children: texts.map(
        (text, at) =>
          new TableCell({
            width: { size: widths[at] ?? 0, type: WidthType.DXA },
            margins: { left: 80, right: 80 },
            children: [line(text, { bold: isHead, size: 20 })],
          }),
      ),
    });
  const left = width - twips(86);
  return [
    new Paragraph({ pageBreakBefore: true, indent: { left }, children: [new TextRun({ text: title })] }),
    labelled(rows, twips(20), width - left, left),
    gap(200),
    new Table({
      layout: TableLayoutType.FIXED,
      columnWidths: widths,
      width: { size: width, type: WidthType.DXA },
      borders: {
        top: thin,
        bottom: thin,
        left: thin,
        right: thin,
        insideHorizontal: thin,
        insideVertical: thin,
      },
      rows: [
        row(heads, true),
        ...list.map(({ name, address, seats }, at) =>
          row([String(at + 1), name, address, String(seats)], false),
        ),
      ],
    }),
  ];
}

async function sectionOf(paper: LetterPaper): Promise<ISectionOptions> {
  const { margins, annex, specimen } = paper;
  const width = pageWidth - twips(margins.left) - twips(margins.right);
  const children = [...(await head(paper.head, width))];
  for (const block of paper.blocks) children.push(...(await pieces(block, width)));
  if (annex) children.push(...annexOf(annex, width));
  const mark = line(specimen ?? '', { bold: true, size: 40, alignment: AlignmentType.CENTER });
  const number = new Paragraph({
    alignment: AlignmentType.CENTER,
    tabStops: [{ type: TabStopType.CENTER, position: width / 2 }],
    children: [new TextRun({ children: [PageNumber.CURRENT], size: 17 })],
  });
  return {
    properties: {
      titlePage: true,
      page: {
        size: { width: pageWidth, height: pageHeight },
        margin: {
          top: twips(margins.top),
          right: twips(margins.right),
          bottom: twips(margins.bottom),
          left: twips(margins.left),
        },
        pageNumbers: { start: 1 },
      },
    },
    ...(specimen && {
      headers: { first: new Header({ children: [mark] }), default: new Header({ children: [mark] }) },
    }),
    footers: { first: new Footer({ children: [] }), default: new Footer({ children: [number] }) },
    children,
  };
}

/**
 * Letters as one document for Word: for those who must edit them there. It looks like the printed one, as far as Word
 * breaks lines and pages in the same places.
 * @returns the bytes of the .docx
 */
export async function writeLetters(papers: LetterPaper[]): Promise<Buffer> {
  const [first] = papers;
  if (!first) throw new RangeError('no letter to write');
  const sections: ISectionOptions[] = [];
  for (const paper of papers) sections.push(await sectionOf(paper));
  const font = fonts[first.font];
  return Packer.toBuffer(
    new Document({
      title: first.title,
      creator: 'Rembuk',
      styles: {
        default: {
          document: {
            run: { font, size: sizes[first.font] },
            paragraph: { spacing: { line: 264, lineRule: LineRuleType.AUTO } },
          },
        },
      },
      sections,
    }),
  );
}
