import { z } from 'zod';
import { checkbox, many, orNull } from '../../web/form.js';
import { importFields } from './imports.columns.js';
import type { LineChoice } from './imports.choosing.js';

export const columnsSchema = z.object({
  columns: many(z.enum(importFields).or(z.literal('')).catch(''), 100),
  defaultRegion: orNull(z.string().regex(/^\d{2}\.\d{2}$/, { error: 'error.choose' })),
  isAllData: checkbox,
});

const choice = z.string().transform((typed): LineChoice => {
  if (typed === 'create' || typed === 'update' || typed === 'propose' || typed === 'undecided') return typed;
  const meant = /^match-(\d{1,9})$/.exec(typed)?.[1];
  return meant ? Number(meant) : 'leave';
});

/** Fields named `line-12`, each with what to do with that line. */
export const choicesSchema = z.record(z.string(), z.unknown()).transform((body) => {
  const lines = Object.entries(body).flatMap(([name, typed]) => {
    const number = /^line-(\d{1,7})$/.exec(name)?.[1];
    return number && typeof typed === 'string' ? [[Number(number), choice.parse(typed)] as const] : [];
  });
  return new Map<number, LineChoice>(lines);
});

const outcome = z.enum(['new', 'change', 'same', 'likely', 'problem', 'elsewhere']).or(z.literal(''));
const lineNumber = z.coerce.number().int().min(0).max(10_000_000);

export const previewSchema = z.object({
  show: outcome.catch('').default(''),
  after: lineNumber.catch(0).default(0),
});

/** Where a page of the preview leads once its choices are kept: other lines (`filter`, `from`), or itself. */
export const onwardSchema = previewSchema
  .extend({
    filter: z.preprocess((value) => (value === 'all' ? '' : value), outcome.optional().catch(undefined)),
    from: lineNumber.optional().catch(undefined),
  })
  .transform(({ show, after, filter, from }) => ({
    show: filter ?? show,
    after: filter === undefined ? (from ?? after) : 0,
    isElsewhere: filter !== undefined || from !== undefined,
  }));
