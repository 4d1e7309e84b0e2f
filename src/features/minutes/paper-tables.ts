import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { signedTable } from '../../documents/signed-table.js';
import { formats, translators } from '../../texts.js';
import type { FrozenAction, MinutesContent } from './content.js';

const t = translators.id;
const format = formats.id;

const grey = '#505a68';

type Margins = [number, number, number, number];

/** Of a part of the discussion. */
export const subheading = (text: string) => ({
  text,
  italics: true,
  bold: true,
  margin: [14, 4, 0, 2] as Margins,
});

/** A table with thin lines that begins with its title, which comes again on every page it runs over. */
export interface Titled {
  title: string;
  /** Where others of its kind follow below the same title. */
  subtitle?: string;
  heads: string[];
  rows: TableCell[][];
  /** In points, without padding; of the 467 between the margins. */
  widths: number[];
}

/** @param closing what must stay with the last rows: the signatures, where the table ends the minutes */
export function titledTable(
  { title, subtitle, heads, rows, widths }: Titled,
  closing: Content[] = [],
): Content {
  const blanks = heads.slice(1).map((): TableCell => ({ text: '', border: [false, false, false, false] }));
  const heading: TableCell = {
    stack: [title, ...(subtitle ? [{ ...subheading(subtitle), fontSize: 11.5 }] : [])],
    colSpan: heads.length,
    bold: true,
    fontSize: 11.5,
    border: [false, false, false, false],
    margin: [-4, 8, 0, 2],
  };
  const parts = signedTable(
    {
      fontSize: 9,
      textSize: 11.5,
      widths,
      head: [[heading, ...blanks], heads.map((text) => ({ text, bold: true, fillColor: '#eef0f2' }))],
      rows,
      line: 0.5,
      // Nothing above the title, which stands in the first row.
      layout: {
        hLineWidth: (line) => (line === 0 ? 0 : 0.5),
        vLineWidth: () => 0.5,
        hLineColor: () => grey,
        vLineColor: () => grey,
      },
    },
    closing,
  );
  // Room below the signatures of a page that is full would begin another, with nothing on it.
  return { stack: parts, margin: [0, 4, 0, closing.length > 0 ? 0 : 8] };
}

export const numbered = <Row>(rows: readonly Row[], cells: (row: Row) => TableCell[]): TableCell[][] =>
  rows.map((row, at) => [{ text: String(at + 1), alignment: 'center' }, ...cells(row)]);

const dated = (date: string | null) => (date ? format.shortDate(date) : '–');

const actionCells = ({
  problem,
  title,
  owner,
  involved,
  dueOn,
  word,
  evidence,
}: FrozenAction): TableCell[] => [
  ...[problem || '–', title, owner, involved || '–', dated(dueOn), word],
  evidence > 0 ? t('minutes.paper.evidence', { count: evidence }) : '–',
];

const actionHeads = () =>
  ['number', 'problem', 'action', 'owner', 'involved', 'due', 'status', 'proof'].map((key) =>
    t(`minutes.paper.column_${key}`),
  );
const actionWidths = [13, 70, 104, 58, 46, 46, 32, 29];

/** Follow-ups of earlier events, each with what was recorded about it this time. */
export function evaluationTable({ evaluation }: MinutesContent, title: string, subtitle: string): Content[] {
  const carried = (count: number) => (count > 1 ? ` (${t('minutes.paper.carried', { count })})` : '');
  const rows = evaluation.map((action) => {
    const [problem = '', , ...rest] = actionCells(action);
    const recorded = action.recorded.map((text) => ({
      text,
      italics: true,
      margin: [0, 2, 0, 0] as Margins,
    }));
    return [problem, { stack: [action.title + carried(action.carried), ...recorded] }, ...rest];
  });
  const table = { title, subtitle, heads: actionHeads(), widths: actionWidths };
  return rows.length === 0 ? [] : [titledTable({ ...table, rows: numbered(rows, (cells) => cells) })];
}

/** What follows the decisions, in the order of the paper. */
export function tablesAfter({ actions, reviews, indicators, handovers }: MinutesContent): Titled[] {
  const number = t('minutes.paper.column_number');
  const tables: Titled[] = [
    {
      title: t('minutes.actions'),
      heads: actionHeads(),
      rows: numbered(actions, actionCells),
      widths: actionWidths,
    },
    {
      title: t('minutes.reviews'),
      heads: [number, t('minutes.review.programme'), t('minutes.review.result'), t('minutes.review.note')],
      rows: numbered(reviews, ({ programme, result, note }) => [programme, result || '–', note || '–']),
      widths: [16, 138, 138, 138],
    },
    {
      title: t('minutes.indicators'),
      heads: [number, t('indicator.name'), t('indicator.parts'), t('indicator.total'), t('indicator.source')],
      rows: numbered(indicators, ({ name, parts, total, source, year }) => [
        name,
        { stack: parts.map((part) => `${part.name}: ${format.number(part.value)}`) },
        { text: format.number(total), alignment: 'right' },
        [source, year].filter(Boolean).join(', ') || '–',
      ]),
      widths: [16, 130, 130, 50, 96],
    },
    {
      title: t('minutes.handovers'),
      heads: [
        number,
        t('handover.institution'),
        t('handover.document'),
        t('handover.number'),
        t('handover.received_by'),
      ],
      rows: numbered(handovers, ({ institution, document, number: serial, receivedBy }) => [
        ...[institution, document, serial || '–', receivedBy || '–'],
      ]),
      widths: [16, 130, 106, 80, 90],
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}
