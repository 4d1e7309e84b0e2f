import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { letterhead, signatures, type Letterhead } from '../../documents/letterhead.js';
import { printPdf } from '../../documents/pdf.js';
import { signedTable } from '../../documents/signed-table.js';
import type { TableSheet } from '../../spreadsheets/write-table.js';
import { formats, translators } from '../../texts.js';
import type { StatusWord } from './action.machine.js';

/** A line of the RTL table as offices keep it (domain.md, "RTL table"). */
export interface RtlLine {
  problem: string;
  title: string;
  owner: string;
  involved: string;
  dueOn: string | null;
  word: StatusWord;
  /** Names of files, and addresses. */
  evidence: string[];
}

export interface RtlPaper {
  /** Whose table it is: an event, or all of the office. */
  heading: string;
  /** "20 Oktober 2022"; empty for a table that is of no event. */
  days: string;
  lines: RtlLine[];
  letterhead: Letterhead;
  signer: { position: string; name: string; below: string[] } | undefined;
  /** Place and date above the signature. */
  signedAt: string;
  specimen: string | undefined;
  at: Date;
}

// Papers are in Indonesian, whatever language the screen has.
const t = translators.id;
const columns = ['number', 'problem', 'title', 'owner', 'involved', 'due', 'state', 'evidence'] as const;
/** In points, of the 714 of a lying A4 with our margins. */
const widths = [22, 122, 166, 96, 82, 62, 46, 118];

const cells = (line: RtlLine, number: number): (string | number)[] => [
  number,
  line.problem,
  line.title,
  line.owner,
  line.involved,
  line.dueOn ? formats.id.shortDate(line.dueOn) : '',
  line.word,
  line.evidence.join('; '),
];

const headers = () =>
  columns.map((column) => t(column === 'title' ? 'action.title' : `action.rtl_${column}`));

/** The RTL table as a sheet to go on with. */
export const rtlSheet = (lines: RtlLine[]): TableSheet => ({
  name: t('action.rtl_sheet'),
  headers: headers(),
  rows: lines.map((line, index) => cells(line, index + 1)),
  widths: [5, 40, 48, 30, 28, 14, 12, 36],
});

/** A long address has no place where a line could end: every thirtieth letter gets one. */
const breakable = (text: string): string => text.replace(/\S{14}/g, '$&\u200b');

function table(lines: RtlLine[], closing: Content[]): Content[] {
  const head: TableCell[] = headers().map((text) => ({ text, bold: true, alignment: 'center' }));
  const body: TableCell[][] = lines.map((line, index) =>
    cells(line, index + 1).map((value, column) => ({
      text: column === columns.length - 1 ? breakable(String(value)) : String(value),
      alignment: column === 0 ? ('center' as const) : ('left' as const),
    })),
  );
  const none: TableCell[] = [
    { text: t('action.rtl_none'), colSpan: columns.length, alignment: 'center' },
    ...columns.slice(1).map(() => ''),
  ];
  return signedTable(
    {
      fontSize: 9,
      textSize: 9.5,
      widths: widths.map((width) => width - 9),
      head: [head],
      rows: body.length > 0 ? body : [none],
      line: 0.6,
      layout: {
        hLineWidth: () => 0.6,
        vLineWidth: () => 0.6,
        fillColor: (row: number) => (row === 0 ? '#eceae4' : null),
      },
    },
    closing,
  );
}

/** The RTL table as a paper of the office, lying A4; its head comes again on each page. */
export function rtlPaper(paper: RtlPaper): Promise<Buffer> {
  const title = t('action.rtl_title');
  const { signer, signedAt } = paper;
  return printPdf({
    title: `${title} ${paper.heading}`,
    font: 'Arimo',
    landscape: true,
    ...(paper.specimen && { specimen: paper.specimen }),
    footer: (page, pages) => t('action.rtl_page', { page, pages }),
    at: paper.at,
    content: [
      ...letterhead(paper.letterhead, 714),
      { text: title.toUpperCase(), bold: true, fontSize: 13, alignment: 'center' },
      { text: paper.heading, alignment: 'center', fontSize: 11 },
      { text: paper.days, alignment: 'center', margin: [0, 0, 0, 10] },
      ...table(paper.lines, signer ? [signatures([blank, { above: signedAt, ...signer }])] : []),
    ],
  });
}

/** Keeps the one signature of this paper at the right. */
const blank = { above: '', position: '', name: ' ', below: [] };
