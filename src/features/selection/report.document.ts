import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { letterhead, signatures, type Letterhead } from '../../documents/letterhead.js';
import { printPdf } from '../../documents/pdf.js';
import { formats, translators } from '../../texts.js';
import type { ManualChange, SelectionEntry, SelectionRun } from './runs.repository.js';

export interface SelectionPaper {
  event: { title: string; firstDay: string | null; lastDay: string | null };
  run: SelectionRun;
  office: string;
  chosen: SelectionEntry[];
  /** How many. */
  reserves: number;
  excluded: SelectionEntry[];
  changes: ManualChange[];
  /** As sentences. */
  rules: string[];
  nameOf: (key: string) => string;
  reasonOf: (entry: SelectionEntry) => string;
  letterhead: Letterhead;
  signer: { position: string; name: string; below: string[] } | undefined;
  /** "Rabu, 4 Desember 2024" */
  decidedOn: string;
  specimen: string | undefined;
  at: Date;
}

// Papers are in Indonesian, whatever language the screen has.
const t = translators.id;
const format = formats.id;

/** So many lines of names, in two columns, leave room for a signature; longer lists follow as an annex. */
const linesOnPage = 40;
/** Letters of such a line; a longer name takes two. */
const lettersInLine = 60;
const lines = { hLineWidth: () => 0.5, vLineWidth: () => 0.5 };
const small = 8;

const heading = (text: string): Content => ({ text, bold: true, margin: [0, 5, 0, 1] });

function sharesTable({ run, nameOf }: SelectionPaper): Content {
  const head = ['stratum', 'size', 'share', 'chosen'].map((column): TableCell => ({
    text: t(`selection.paper.${column}`),
    bold: true,
    fillColor: '#eceae4',
    alignment: column === 'stratum' ? 'left' : 'right',
  }));
  const right = (value: number, bold = false): TableCell => ({
    text: format.number(value),
    alignment: 'right',
    bold,
  });
  const sum = (key: 'size' | 'share' | 'chosen') => run.strata.reduce((total, row) => total + row[key], 0);
  return {
    fontSize: small,
    layout: lines,
    table: {
      widths: ['*', 60, 60, 60],
      headerRows: 1,
      body: [
        head,
        ...run.strata.map((row): TableCell[] => [
          nameOf(row.key),
          right(row.size),
          right(row.share),
          right(row.chosen),
        ]),
        [
          { text: t('selection.paper.total'), bold: true },
          right(sum('size'), true),
          right(sum('share'), true),
          right(sum('chosen'), true),
        ],
      ],
    },
  };
}

/** Names repeat "Kabupaten" thirty times: letters write it short. */
const shortRegion = (name: string): string => name.replace(/^Kabupaten /, 'Kab. ');

const nameLine = ({ facts }: SelectionEntry): string => `${facts.name}, ${shortRegion(facts.regionName)}`;

/** Whether the names find room on the page of the decision itself. */
function fitsOnPage({ chosen, run }: SelectionPaper): boolean {
  const lines = chosen.map((entry) => Math.ceil((nameLine(entry).length + 4) / lettersInLine));
  return lines.reduce((sum, count) => sum + count, run.strata.length) <= linesOnPage;
}

/** The names by stratum in two columns, numbered down the first and on down the second. */
function namesInColumns({ chosen, nameOf }: SelectionPaper): Content {
  let number = 0;
  const lines = [...Map.groupBy(chosen, ({ stratum }) => stratum)].flatMap(([key, entries]): Content[] => [
    { text: nameOf(key), bold: true, margin: [0, 2, 0, 0] },
    ...entries.map((entry) => `${(number += 1)}. ${nameLine(entry)}`),
  ]);
  const half = Math.ceil(lines.length / 2);
  return {
    fontSize: 7.5,
    lineHeight: 1.05,
    columnGap: 14,
    columns: [{ stack: lines.slice(0, half) }, { stack: lines.slice(half) }],
  };
}

function annex(paper: SelectionPaper): Content[] {
  const { chosen, nameOf, reasonOf } = paper;
  const head = ['number', 'name', 'stratum', 'reason'].map((column): TableCell => ({
    text: t(`selection.paper.${column}`),
    bold: true,
    fillColor: '#eceae4',
  }));
  return [
    { text: t('selection.paper.annex'), bold: true, fontSize: 11, pageBreak: 'before', margin: [0, 0, 0, 6] },
    {
      fontSize: small,
      layout: lines,
      table: {
        widths: [22, 150, 90, '*'],
        headerRows: 1,
        dontBreakRows: true,
        body: [
          head,
          ...chosen.map((entry, at): TableCell[] => [
            String(at + 1),
            `${entry.facts.name}\n${entry.facts.regionName}`,
            nameOf(entry.stratum),
            reasonOf(entry),
          ]),
        ],
      },
    },
  ];
}

function byHand({ changes, run, excluded, chosen, reasonOf }: SelectionPaper): Content[] {
  const musts = [...chosen.filter(({ facts }) => facts.isMust), ...excluded];
  const told = [
    ...musts.map((entry) => `${entry.facts.name}: ${reasonOf(entry)}`),
    ...changes.map(({ name, from, to, reason }) =>
      t('selection.paper.change', {
        ...{ name, reason },
        from: t(`selection.standing.${from}`).toLowerCase(),
        to: t(`selection.standing.${to}`).toLowerCase(),
      }),
    ),
  ];
  if (told.length === 0) return [];
  const most = 5;
  const rest = told.length - most;
  const shown = told.slice(0, most);
  return [
    heading(t('selection.paper.by_hand')),
    {
      fontSize: small,
      ul: rest > 0 ? [...shown, t('selection.paper.more', { count: rest, number: run.number })] : shown,
    },
  ];
}

/** Berita acara of a selection: one page, and the names as an annex where they are many. */
export function selectionPaper(paper: SelectionPaper): Promise<Buffer> {
  const { event, run, office, chosen, signer } = paper;
  const isShort = fitsOnPage(paper);
  const population = run.strata.reduce((sum, { size }) => sum + size, 0) + paper.excluded.length;
  const days = event.firstDay ? format.dateRange(event.firstDay, event.lastDay ?? event.firstDay) : '';
  return printPdf({
    title: `${t('selection.paper.title')} ${event.title}`,
    font: 'Arimo',
    ...(paper.specimen && { specimen: paper.specimen }),
    footer: (page, pages) =>
      t('selection.paper.foot', { page, pages, sha: run.sha256.slice(0, 16), number: run.number }),
    at: paper.at,
    content: [
      ...letterhead(paper.letterhead),
      { text: t('selection.paper.title').toUpperCase(), bold: true, fontSize: 12, alignment: 'center' },
      { text: [event.title, days].filter(Boolean).join(', '), alignment: 'center', margin: [0, 0, 0, 6] },
      {
        text: t('selection.paper.opening', {
          ...{ office, date: paper.decidedOn, chosen: chosen.length, population, who: run.decidedByName },
          reserves: paper.reserves,
        }),
      },
      heading(t('selection.paper.shares')),
      sharesTable(paper),
      heading(t('selection.paper.rules')),
      { fontSize: small, ol: paper.rules },
      ...byHand(paper),
      heading(t('selection.paper.chosen_names')),
      isShort ? namesInColumns(paper) : { text: t('selection.paper.see_annex'), fontSize: small },
      ...(signer
        ? [
            signatures([
              { above: '', position: '', name: ' ', below: [] },
              { above: '', ...signer },
            ]),
          ]
        : []),
      ...(isShort ? [] : annex(paper)),
    ],
  });
}
