import type { LetterBlock, LetterPaper } from '../../documents/letter-paper.js';
import { formats, translators } from '../../texts.js';
import { unknown } from './compose.js';
import type { LetterContent, Recipient } from './content.js';
import type { BlockName } from './letter-words.js';
import { fillTemplate, type PlaceholderValues } from './template.js';

// Letters are in Indonesian, whatever language the screen has.
const t = translators.id;
const format = formats.id;

/** How one institution answers. */
export interface AnswerWay {
  /** Of its own page; empty on a letter that nobody answers by, such as a draft. */
  url: string;
  /** "ABCDE-FGHJK" */
  code: string;
  /** Where the code is typed, short: "rembuk.example/u". */
  typedAt: string;
}

/** Where a code will be, on a letter that is not an institution's own yet. */
export const noAnswerWay: AnswerWay = { url: '', code: '•••••-•••••', typedAt: '' };

/** What is needed to print a frozen or a composed letter. */
export interface Printing {
  logo: Buffer | undefined;
  isDemo: boolean;
  /** Not issued, and not what is to be signed: nobody must take it for a letter (decision 094). */
  isDraft: boolean;
  at: Date;
}

const units = ['nol', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan'];

/** "2 (dua)": numbers up to 99 in words; a higher one stands alone. */
export function numberInWords(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  const unit = units[ones] ?? '';
  const words =
    number < 10
      ? unit
      : number === 10
        ? 'sepuluh'
        : number === 11
          ? 'sebelas'
          : number < 20
            ? `${unit} belas`
            : [`${units[tens] ?? ''} puluh`, ones > 0 ? unit : ''].filter(Boolean).join(' ');
  return number < 100 ? `${number} (${words})` : String(number);
}

const ownValues = (recipient: Recipient | undefined): PlaceholderValues => ({
  lks: recipient?.name ?? unknown,
  alamat_lks: recipient?.address ?? unknown,
  jumlah_wakil: recipient ? numberInWords(recipient.seats) : unknown,
});

/** "Banjarmasin, 4 Maret 2026"; with room to write the day where none is given. */
function placeAndDate({ date, layout }: LetterContent): string {
  return [layout.place, date ? format.dateRange(date, date) : unknown].filter(Boolean).join(', ');
}

const labelled = (key: string, value: string): [string, string] => [t(`surat.paper.${key}`), value];

/** Whether the code stands on the letter itself: not on one that serves all. */
const bearsCode = ({ mode }: LetterContent): boolean => mode === 'each';

function answerBlock(
  { event }: LetterContent,
  way: AnswerWay,
  size: 'small' | 'large',
): LetterBlock & { kind: 'answer' } {
  return {
    kind: 'answer',
    title: t('surat.paper.answer', { at: event.answerBy || unknown }),
    lines: [t('surat.paper.answer_how', { address: way.typedAt || unknown })],
    code: way.code,
    address: way.url,
    size,
  };
}

function blockOf(
  name: BlockName,
  content: LetterContent,
  fill: (template: string) => string[],
  way: AnswerWay,
): LetterBlock[] {
  const { words, layout, event, signature } = content;
  const dateAt = (place: 'head' | 'signature') => (layout.datePlace === place ? placeAndDate(content) : '');
  switch (name) {
    case 'facts':
      return [
        {
          kind: 'facts',
          date: dateAt('head'),
          rows: [
            labelled('number', content.number),
            labelled('classification', words.classification || '-'),
            labelled('attachment', words.attachment || '-'),
            labelled('subject', fill(words.subject).join(' ')),
          ],
        },
      ];
    case 'addressee':
      return [{ kind: 'addressee', lines: fill(words.addressee) }];
    case 'details':
      return [
        {
          kind: 'details',
          rows: [
            labelled('day', event.day || unknown),
            labelled('time', event.time || unknown),
            labelled('place', event.place || unknown),
            labelled('agenda', event.subject),
          ],
        },
      ];
    case 'notes': {
      const lines = fill(words.notes);
      return lines.length > 0 ? [{ kind: 'notes', title: t('surat.paper.notes'), lines }] : [];
    }
    case 'signature':
      return [
        {
          kind: 'signature',
          date: dateAt('signature'),
          position: signature?.position ?? [unknown],
          name: signature?.name ?? '',
          below: signature?.below ?? [],
        },
      ];
    case 'copies': {
      const lines = fill(words.copies);
      return lines.length > 0 ? [{ kind: 'copies', title: t('surat.paper.copies'), lines }] : [];
    }
    case 'answer':
      return bearsCode(content) ? [answerBlock(content, way, 'small')] : [];
    default:
      return [{ kind: 'text', paragraphs: fill(words[name]) }];
  }
}

/** What is written across every page, if anything is. */
const markOf = (isDemo: boolean, isDraft: boolean): string | undefined =>
  [isDemo && t('surat.paper.specimen'), isDraft && t('surat.paper.draft')].filter(Boolean).join(' ') ||
  undefined;

const lookOf = ({ layout, letterhead }: LetterContent, { logo, isDemo, isDraft, at }: Printing) => ({
  at,
  font: layout.font === 'serif' ? ('Tinos' as const) : ('Arimo' as const),
  margins: layout.margins,
  specimen: markOf(isDemo, isDraft),
  head: { lines: letterhead.lines, address: letterhead.address, logo },
});

function annexOf(content: LetterContent): LetterPaper['annex'] {
  if (bearsCode(content)) return undefined;
  return {
    title: t('surat.paper.annex'),
    rows: [
      labelled('number', content.number),
      labelled('date', content.date ? format.dateRange(content.date, content.date) : unknown),
    ],
    head: ['annex_number', 'annex_name', 'annex_address', 'annex_seats'].map((key) =>
      t(`surat.paper.${key}`),
    ) as [string, string, string, string],
    list: content.recipients,
  };
}

/**
 * A letter as it is printed.
 * @param recipient whose own letter it is; without one its places stay blank, as on a letter to all
 */
export function letterPaper(
  content: LetterContent,
  printing: Printing,
  recipient?: Recipient,
  way: AnswerWay = noAnswerWay,
): LetterPaper {
  const values = { ...content.values, ...ownValues(recipient) };
  const fill = (template: string) => fillTemplate(template, values);
  return {
    ...lookOf(content, printing),
    title: [fill(content.words.subject).join(' '), content.event.title].join(': '),
    blocks: content.layout.order.flatMap((name) => blockOf(name, content, fill, way)),
    annex: annexOf(content),
  };
}

/**
 * Lembar konfirmasi: goes beside a letter that serves all, or that must not be touched, and bears what is one
 * institution's own: its name, its code and its QR.
 */
export function confirmationPaper(
  content: LetterContent,
  printing: Printing,
  recipient: Recipient,
  way: AnswerWay,
): LetterPaper {
  const { event, date } = content;
  const letter = [content.number, date && format.dateRange(date, date)].filter(Boolean).join(', ');
  const subject = fillTemplate(content.words.subject, content.values).join(' ');
  return {
    ...lookOf(content, printing),
    title: `${t('surat.paper.confirmation')}: ${recipient.name}`,
    annex: undefined,
    blocks: [
      { kind: 'title', text: t('surat.paper.confirmation').toUpperCase() },
      { kind: 'text', paragraphs: [t('surat.paper.confirmation_of')] },
      {
        kind: 'details',
        rows: [
          labelled('letter', letter),
          labelled('subject', subject),
          labelled('for', [recipient.name, recipient.address].filter(Boolean).join('\n')),
          labelled('seats', t('surat.paper.seats_of', { count: numberInWords(recipient.seats) })),
          labelled('event', event.title),
          labelled('day', event.day || unknown),
          labelled('time', event.time || unknown),
          labelled('place', event.place || unknown),
        ],
      },
      answerBlock(content, way, 'large'),
    ],
  };
}
