import { z } from 'zod';
import {
  checkbox,
  choice,
  isoDate,
  many,
  optionalText,
  orNull,
  plainText,
  recordId,
  required,
  seenVersion,
  text,
  wholeNumber,
} from '../../web/form.js';
import { blockNames, datePlaces, letterFonts, letterModes, type BlockName } from './letter-words.js';

/** Every block once, in the order that is given; those that are missing follow in the usual order. */
const orderOf = (given: readonly BlockName[]): BlockName[] => [...new Set([...given, ...blockNames])];
const order = many(z.enum(blockNames), 20).transform(orderOf);

/** Of a page, in millimetres: less is cut off by printers, more leaves no room. */
const margin = wholeNumber(10, 50);
const template = text(4_000).default('');

const settings = z.object({
  mode: choice(letterModes),
  requiresApproval: checkbox,
  font: choice(letterFonts),
  marginTop: margin,
  marginRight: margin,
  marginBottom: margin,
  marginLeft: margin,
  datePlace: choice(datePlaces),
  order,
  place: optionalText(60),
  classification: optionalText(60),
  subject: optionalText(200),
  opening: template,
  closing: template,
  notes: template,
  copies: template,
});

/** What an office decides about its letters. */
export type LetterSettings = z.output<typeof settings>;

const stored = settings.extend({ requiresApproval: z.boolean() });

/** A right letter for an office that has set nothing: after Permendagri 1/2023 and what offices send (domain.md). */
export const defaultSettings: LetterSettings = {
  mode: 'each',
  requiresApproval: false,
  font: 'serif',
  ...{ marginTop: 15, marginRight: 20, marginBottom: 15, marginLeft: 25 },
  datePlace: 'head',
  order: [...blockNames],
  place: '',
  classification: 'Biasa',
  subject: 'Undangan {jenis}',
  opening:
    'Dengan hormat,\nSehubungan dengan akan diselenggarakannya {kegiatan}, dengan ini kami mengundang Saudara untuk hadir pada:',
  closing:
    'Mengingat pentingnya acara tersebut, kami mohon kesediaan Saudara menyampaikan jawaban paling lambat {jawab_sampai}. Keterangan lebih lanjut dapat diperoleh pada {narahubung}.\nDemikian undangan ini kami sampaikan. Atas perhatian dan kehadiran Saudara, kami ucapkan terima kasih.',
  notes: '{catatan}',
  copies: '',
};

/** Settings as they stand in the database; what was not yet known when they were saved is as usual. */
export const readLetterSettings = (kept: Record<string, unknown> | undefined): LetterSettings =>
  stored.parse({ ...defaultSettings, ...kept });

export const settingsForm = settings.extend({ version: seenVersion });
export type SettingsForm = z.output<typeof settingsForm>;

/** A button that moves a block by one: `up:details`. */
export function readBlockMove(act: unknown): { block: BlockName; by: -1 | 1 } | undefined {
  const [way, name] = plainText(act, 40).split(':');
  const block = blockNames.find((one) => one === name);
  if (!block || (way !== 'up' && way !== 'down')) return undefined;
  return { block, by: way === 'up' ? -1 : 1 };
}

/** The order of a form, with one block moved by one place. */
export function movedOrder(given: unknown, { block, by }: { block: BlockName; by: -1 | 1 }): BlockName[] {
  const before = order.catch([...blockNames]).parse(given);
  const to = Math.min(before.length - 1, Math.max(0, before.indexOf(block) + by));
  const rest = before.filter((one) => one !== block);
  return [...rest.slice(0, to), block, ...rest.slice(to)];
}

/** The order of a form as it stands. */
export const shownOrder = (given: unknown): BlockName[] => order.catch([...blockNames]).parse(given);

export const letterForm = z.object({
  version: seenVersion,
  mode: choice(letterModes),
  classification: optionalText(60),
  attachment: optionalText(60),
  subject: required(200),
  addressee: required(400),
  opening: template,
  closing: template,
  notes: template,
  copies: template,
  signatoryId: orNull(recordId),
});
export type LetterForm = z.output<typeof letterForm>;

export const reasonForm = z.object({ reason: required(1_000) });

export const approvalForm = z.object({
  /** Hash of what the leader read. */
  seen: z.string().regex(/^[0-9a-f]{64}$/, { error: 'error.choose' }),
});

const serial = wholeNumber(1, 999_999);
const suffix = text(6)
  .transform((value) => value.toLowerCase())
  .refine((value) => /^[a-z.\d-]*$/.test(value), { error: 'error.characters' })
  .default('');

export const numberForm = z.object({
  date: isoDate,
  /** Empty: the next one that is free. */
  serial: orNull(serial),
  suffix,
  /** As the registry writes it, where that is not by the office's pattern. */
  number: optionalText(80),
});
export type NumberForm = z.output<typeof numberForm>;

/** Numbers noted by one form. */
const mostAtOnce = 500;

/** Numbers that no letter of ours bears. */
export const skippedForm = z
  .object({
    year: wholeNumber(1900, 2199),
    from: serial,
    /** Empty: only the first. */
    to: orNull(serial),
    reason: required(300),
  })
  .refine(({ from, to }) => to === null || to >= from, { error: 'error.numbers_backwards', path: ['to'] })
  .refine(({ from, to }) => (to ?? from) - from < mostAtOnce, {
    ...{ error: 'error.numbers_at_most', path: ['to'] },
    params: { maximum: mostAtOnce },
  })
  .transform((form) => ({ ...form, to: form.to ?? form.from }));
export type SkippedForm = z.output<typeof skippedForm>;
