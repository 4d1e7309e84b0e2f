import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { letterhead, signatures, type Letterhead, type Signature } from '../../documents/letterhead.js';
import type { PdfPaper } from '../../documents/pdf.js';
import { signedTable } from '../../documents/signed-table.js';
import { formatPhone, personName, type Format } from '../../i18n/format.js';
import type { Translate } from '../../i18n/translate.js';
import { cameWords } from './came.js';
import type { Sheet, SheetRow } from './sheet.js';

/** Width of the text on A4 across, in points. */
const width = 714;

export interface SheetPaper {
  event: { title: string; zone: string; venueName: string; venueAddress: string };
  sheet: Sheet;
  form: 'blank' | 'filled';
  /** Rows for people who are not in the list; only in a blank one. */
  emptyRows: number;
  head: Letterhead;
  signature: Signature;
  isDemo: boolean;
  at: Date;
}

type Words = { t: Translate; format: Format };

function timeOf({ event, sheet }: SheetPaper, { format }: Words): string {
  const [first] = sheet.sessions;
  if (!first) return '';
  const ends = sheet.sessions.map(({ endsAt }) => endsAt);
  const end = ends.includes(null) ? null : new Date(Math.max(...ends.map(Number)));
  return format.timeRange(first.startsAt, end, event.zone);
}

function facts(paper: SheetPaper, words: Words): Content {
  const { t, format } = words;
  const { event, sheet } = paper;
  const lines: [string, string][] = [
    [t('attendance.paper_day'), format.date(sheet.date)],
    [t('attendance.paper_time'), timeOf(paper, words)],
    [t('attendance.paper_place'), [event.venueName, event.venueAddress].filter(Boolean).join(', ')],
  ];
  if (sheet.session?.title) lines.push([t('attendance.paper_session'), sheet.session.title]);
  return {
    layout: 'noBorders',
    margin: [0, 8, 0, 8],
    table: {
      widths: [70, 4, '*'],
      body: lines.filter(([, value]) => value !== '').map(([label, value]) => [label, ':', value]),
    },
  };
}

type Margins = [number, number, number, number];

/** Room above and below, so that a hand can sign. */
const room: Margins = [0, 3, 0, 3];

/** Numbers left and right in turn, so that two signatures do not run into each other. */
const signHere = (index: number): TableCell => ({
  text: `${index + 1}. …………`,
  margin: [index % 2 === 0 ? 0 : 48, 3, 0, 3],
  noWrap: true,
});

/** In a filled list the hours stand where the signature would. */
function hoursOf({ event }: SheetPaper, row: SheetRow, { t, format }: Words): TableCell {
  if (row.isExcused) return { text: t('attendance.paper_excused'), italics: true, margin: room };
  const parts = [
    row.arrivedAt && format.time(row.arrivedAt, event.zone),
    row.late && `(${t('attendance.paper_late')})`,
    row.leftAt && `– ${format.time(row.leftAt, event.zone)}`,
    row.early && `(${t('attendance.paper_early')})`,
  ];
  return { text: parts.filter(Boolean).join(' '), margin: room };
}

function lineOf(paper: SheetPaper, row: SheetRow | undefined, index: number, words: Words): TableCell[] {
  const cells = row
    ? [
        row.name ? personName(row) : '',
        row.sex ?? '',
        row.position,
        row.origin,
        row.phone ? formatPhone(row.phone) : '',
      ]
    : ['', '', '', '', ''];
  const last = row && paper.form === 'filled' ? hoursOf(paper, row, words) : signHere(index);
  return [...[String(index + 1), ...cells].map((text): TableCell => ({ text, margin: room })), last];
}

function table(paper: SheetPaper, words: Words, closing: Content[]): Content[] {
  const { t } = words;
  const names = ['number', 'name', 'sex', 'position', 'origin', 'phone', 'signature'] as const;
  const head = names.map((name) => ({
    text: t(
      paper.form === 'filled' && name === 'signature' ? 'attendance.paper_hours' : `attendance.paper_${name}`,
    ),
    bold: true,
    alignment: 'center' as const,
    fillColor: '#eeece6',
    margin: room,
  }));
  const empty = paper.form === 'blank' ? Array.from({ length: paper.emptyRows }, () => undefined) : [];
  const rows = [...paper.sheet.rows, ...empty];
  return signedTable(
    {
      widths: [24, 152, 24, 112, 152, 84, 105],
      fontSize: 9.5,
      textSize: 9.5,
      head: [head],
      rows: rows.map((row, index) => lineOf(paper, row, index, words)),
      line: 0.6,
      layout: { hLineWidth: () => 0.6, vLineWidth: () => 0.6 },
    },
    closing,
  );
}

/**
 * Daftar hadir in the form that offices use (domain.md): kop, facts, a line for each person with zigzag numbers to
 * sign at, "Mengetahui". Papers are in Indonesian, whatever the language of the screen.
 */
export function sheetPaper(paper: SheetPaper, words: Words): PdfPaper {
  const { t } = words;
  const { event, sheet, form } = paper;
  const { key, values } = cameWords(sheet);
  const counted: Content = {
    text: t('attendance.paper_total', { counted: t(key, values) }),
    margin: [0, 8, 0, 0],
  };
  return {
    title: `${t('attendance.paper_title')} ${event.title}`,
    font: 'Arimo',
    landscape: true,
    ...(paper.isDemo && { specimen: t('attendance.paper_specimen') }),
    at: paper.at,
    footer: (page, pages) => t('attendance.paper_page', { title: event.title, page, pages }),
    content: [
      ...letterhead(paper.head, width),
      { text: t('attendance.paper_title'), bold: true, fontSize: 13, alignment: 'center' },
      { text: event.title, bold: true, alignment: 'center', margin: [0, 2, 0, 0] },
      facts(paper, words),
      ...table(paper, words, [
        ...(form === 'filled' ? [counted] : []),
        signatures([{ above: '', position: '', name: ' ', below: [] }, paper.signature]),
      ]),
    ],
  };
}
