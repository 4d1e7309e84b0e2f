import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { readFile } from 'node:fs/promises';
import { letterhead, signatures } from '../../documents/letterhead.js';
import { printPdf } from '../../documents/pdf.js';
import { localParts } from '../../i18n/zones.js';
import type { FileStore } from '../../storage/file-store.js';
import { formats, translators } from '../../texts.js';
import type { Line, MinutesContent, Said } from './content.js';
import { countedIn } from './participants.js';
import { evaluationTable, numbered, subheading, tablesAfter, titledTable } from './paper-tables.js';

// Papers of an office are written in Indonesian, whatever language their printer reads.
const t = translators.id;
const format = formats.id;

const grey = '#505a68';

const who = ({ person, origin }: Said) => [person, origin].filter(Boolean).join(' – ');

/** Longer text may break at the end of a page. Shorter text stays whole: no line of it is left alone. */
const longest = 900;

/** "Siti Rahmah – LKSA Harapan: …", each response below it. */
function spoken(line: Line): Content[] {
  const said = (one: Said, indent: number, label = ''): Content => {
    const head = [label, who(one)].filter(Boolean).join(' ');
    const text: Content = { text: [head ? { text: `${head}: `, bold: true } : '', one.text] };
    return { stack: [text], margin: [indent, 0, 0, 4], unbreakable: one.text.length <= longest };
  };
  return [
    said(line, 14, line.kind === 'issue' ? t('minutes.paper.issue') : ''),
    ...line.responses.map((response) => said(response, 30, t('minutes.paper.response'))),
  ];
}

/** A title that is not left alone at the foot of a page. What is longer than this may break, so it goes alone. */
function headed(title: Content, [first, ...rest]: Content[], firstLength: number): Content[] {
  if (first === undefined) return [title];
  return firstLength > longest
    ? [title, first, ...rest]
    : [{ stack: [title, first], unbreakable: true }, ...rest];
}

const heading = (text: string): Content => ({ text, bold: true, margin: [0, 8, 0, 3] });

function proceedings(content: MinutesContent): Content[] {
  const { opening, sections } = content;
  const none: Content = { text: '–', margin: [14, 0, 0, 4] };
  const part = (title: string, lines: Line[]) =>
    headed(heading(title), lines.length > 0 ? lines.flatMap(spoken) : [none], lines[0]?.text.length ?? 0);
  const discussed = sections.flatMap(({ title, lines }) =>
    headed(subheading(title || t('minutes.no_item')), lines.flatMap(spoken), lines[0]?.text.length ?? 0),
  );
  const talk = discussed.length > 0 ? discussed : [none];
  const title = `2. ${t('minutes.discussion')}`;
  const evaluated = evaluationTable(content, title, t('minutes.evaluation'));
  return [
    heading(t('minutes.paper.proceedings').toUpperCase()),
    ...part(`1. ${t('minutes.opening')}`, opening),
    // The title is in the table where there is one: alone, it might stay behind at the foot of a page.
    ...(evaluated.length > 0
      ? [...evaluated, ...talk]
      : headed(heading(title), talk, sections[0]?.lines[0]?.text.length ?? 0)),
  ];
}

const numberedList = (lines: Said[], start: number): Content => ({
  ol: lines.map(({ text }) => ({
    stack: [text],
    margin: [0, 0, 0, 3],
    unbreakable: text.length <= longest,
  })),
  start,
  margin: [14, 0, 0, 0],
});

/** The decisions and all tables. The signatures stay with the end of what comes last. */
function conclusion(content: MinutesContent, signed: Content): Content[] {
  const { decisions } = content;
  const title = heading(`3. ${t('minutes.decisions')}`);
  const tables = tablesAfter(content);
  const last = tables.pop();
  const length = (lines: Said[]) => lines.reduce((sum, { text }) => sum + text.length, 0);
  if (decisions.length === 0) {
    const none: Content[] = [title, { text: '–', margin: [14, 0, 0, 4] }];
    if (!last) return [{ stack: [...none, signed], unbreakable: true }];
    return [
      { stack: none, unbreakable: true },
      ...tables.map((table) => titledTable(table)),
      titledTable(last, [signed]),
    ];
  }
  if (last)
    return [
      ...headed(title, [numberedList(decisions, 1)], length(decisions)),
      ...tables.map((table) => titledTable(table)),
      titledTable(last, [signed]),
    ];
  const kept = decisions.slice(-2);
  const before = decisions.slice(0, -2);
  const end: Content[] = [numberedList(kept, before.length + 1), signed];
  const ending: Content[] = length(kept) > longest ? end : [{ stack: end, unbreakable: true }];
  return before.length === 0
    ? headed(title, ending, length(kept))
    : [...headed(title, [numberedList(before, 1)], length(before)), ...ending];
}

function timesOf({ head, event }: MinutesContent) {
  const { zone, firstDay, lastDay } = event;
  const from = head.heldFrom && new Date(head.heldFrom);
  const until = head.heldUntil ? new Date(head.heldUntil) : null;
  const first = from ? localParts(from, zone).date : firstDay;
  const last = until ? localParts(until, zone).date : (lastDay ?? first);
  const range = first && last && first !== last ? format.dateRange(first, last) : first && format.date(first);
  return { days: range ?? '–', hours: from ? format.timeRange(from, until, zone) : '–' };
}

function agendaLines({ evaluation, agenda, event }: MinutesContent): Content {
  // Whoever has planned the evaluation as an item of its own need not read it twice.
  const isPlanned = agenda.some(({ title }) => title === t('minutes.evaluation'));
  const items = [
    ...(evaluation.length > 0 && !isPlanned ? [t('minutes.evaluation')] : []),
    ...agenda.map(({ title, speaker }) => [title, speaker].filter(Boolean).join(' – ')),
  ];
  return items.length > 0 ? { ol: items } : event.subject || '–';
}

const named = (name: string, position = '') => [name, position].filter(Boolean).join(', ') || '–';

/** The fields at the head, in the order of domain.md. */
function fields(content: MinutesContent): Content {
  const { head, event, participants } = content;
  const { days, hours } = timesOf(content);
  const letter = [
    head.letterNumber && t('minutes.paper.letter_number', { number: head.letterNumber }),
    head.letterDate &&
      t('minutes.paper.letter_date', { date: format.dateRange(head.letterDate, head.letterDate) }),
  ];
  const chairs = [
    [t('minutes.field.chair'), named(head.chairName, head.chairPosition)],
    ...(head.secretaryName ? [[t('minutes.field.secretary'), head.secretaryName]] : []),
    [t('minutes.field.recorder'), named(head.recorderName, head.recorderPosition)],
  ];
  const { key, values } = countedIn(content);
  const counted = t(key, values);
  const rows: [string, Content][] = [
    [t('minutes.paper.meeting'), event.title],
    [t('minutes.paper.day'), days],
    [t('minutes.paper.letter'), letter.filter(Boolean).join(' ') || '–'],
    [t('minutes.paper.time'), hours],
    [t('minutes.paper.place'), event.place || '–'],
    [t('minutes.paper.agenda'), agendaLines(content)],
    [t('minutes.paper.chairs'), { stack: chairs.map(([label, name]) => `${label}: ${name}`) }],
    [
      t('minutes.paper.attended'),
      [
        participants.list.length > 0 ? t('minutes.paper.participants', { counted }) : counted,
        head.participantsNote,
      ]
        .filter(Boolean)
        .join('. '),
    ],
  ];
  return {
    layout: 'noBorders',
    margin: [0, 0, 0, 4],
    table: { widths: [104, 6, '*'], body: rows.map(([label, value]) => [label, ':', value] as TableCell[]) },
  };
}

/** Who came, on a page of its own, and the pictures of the day. */
function annexes({ participants, photos }: MinutesContent, pictures: Map<string, string>): Content[] {
  const parts: Content[] = [];
  const heads = ['number', 'name', 'position', 'origin'].map((key) => t(`minutes.paper.column_${key}`));
  const rows = numbered(participants.list, ({ name, position, origin }) => [
    name || '–',
    position || '–',
    origin || '–',
  ]);
  if (rows.length > 0)
    parts.push(
      titledTable({ title: t('minutes.paper.annex_people'), heads, rows, widths: [20, 148, 120, 142] }),
    );
  const shown = photos.flatMap(({ sha256, caption }) => {
    const image = pictures.get(sha256);
    return image ? [{ image, caption }] : [];
  });
  const pairs = Array.from({ length: Math.ceil(shown.length / 2) }, (_, at) =>
    shown.slice(at * 2, at * 2 + 2),
  );
  if (shown.length > 0) parts.push(heading(t('minutes.paper.annex_photos')));
  for (const pair of pairs)
    parts.push({
      unbreakable: true,
      columnGap: 12,
      margin: [0, 0, 0, 10],
      columns: pair.map(({ image, caption }) => ({
        width: 225,
        stack: [
          { image, fit: [225, 170] },
          { text: caption, fontSize: 9.5, color: grey },
        ],
      })),
    });
  const [first, ...rest] = parts;
  return first === undefined ? [] : [{ stack: [first], pageBreak: 'before' }, ...rest];
}

/** What the paper shows of the file store; a picture that is lost is left out. */
async function readPictures(files: FileStore, { photos }: MinutesContent): Promise<Map<string, string>> {
  const found = photos.filter(({ sha256 }) => files.has(sha256));
  return new Map(
    await Promise.all(
      found.map(async ({ sha256 }): Promise<[string, string]> => {
        const content = await readFile(files.pathOf(sha256));
        return [sha256, `data:image/jpeg;base64,${content.toString('base64')}`];
      }),
    ),
  );
}

function titleOf({ edition, correction }: MinutesContent): Content[] {
  const title: Content = {
    text: t('minutes.title').toUpperCase(),
    bold: true,
    fontSize: 14,
    alignment: 'center',
  };
  const text = t('minutes.paper.correction', { edition, reason: correction });
  return edition === 1
    ? [{ ...title, margin: [0, 0, 0, 8] }]
    : [title, { text, italics: true, alignment: 'center', margin: [0, 2, 0, 8] }];
}

export interface PaperLook {
  /** Of the frozen content; undefined for a draft. */
  sha256: string | undefined;
  specimen: string | undefined;
  at: Date;
}

/**
 * Prints minutes in the format of domain.md ("Notula"), from what they show and nothing else.
 * @returns the bytes of the PDF; the same content and look make the same bytes
 */
export async function printMinutes(
  files: FileStore,
  content: MinutesContent,
  look: PaperLook,
): Promise<Buffer> {
  const { office, head, edition, event } = content;
  const logo = office.logo && files.has(office.logo) ? await readFile(files.pathOf(office.logo)) : undefined;
  const lines = office.lines.length > 1 ? office.lines.slice(0, -1) : office.lines;
  const address = office.lines.length > 1 ? (office.lines.at(-1) ?? '') : '';
  const mark = look.sha256
    ? t('minutes.paper.foot', { edition, hash: look.sha256.slice(0, 16) })
    : t('minutes.paper.foot_draft', { edition });
  return printPdf({
    title: `${t('minutes.title')} – ${event.title}`,
    at: look.at,
    ...(look.specimen && { specimen: look.specimen }),
    footer: (page, pages) => `${mark} · ${t('minutes.paper.page', { page, pages })}`,
    content: [
      ...letterhead({ lines, address, logo }),
      ...titleOf(content),
      fields(content),
      ...proceedings(content),
      ...conclusion(
        content,
        signatures([
          { above: t('minutes.paper.chairs'), position: head.chairPosition, name: head.chairName, below: [] },
          {
            above: t('minutes.paper.recorder'),
            position: head.recorderPosition,
            name: head.recorderName,
            below: [],
          },
        ]),
      ),
      ...annexes(content, await readPictures(files, content)),
    ],
  });
}
