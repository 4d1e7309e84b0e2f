import { z } from 'zod';
import { many, orNull } from '../../web/form.js';
import { importFields } from './imports.columns.js';
import type { LineChoice } from './imports.service.js';

export const columnsSchema = z.object({
  columns: many(z.enum(importFields).or(z.literal('')).catch(''), 100),
  defaultRegion: orNull(z.string().regex(/^\d{2}\.\d{2}$/, { error: 'error.choose' })),
});

const choice = z.string().transform((typed): LineChoice => {
  if (typed === 'create' || typed === 'update' || typed === 'propose') return typed;
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

export const previewSchema = z.object({
  show: z
    .enum(['new', 'change', 'same', 'likely', 'problem', 'elsewhere'])
    .or(z.literal(''))
    .catch('')
    .default(''),
  after: z.coerce.number().int().min(0).max(10_000_000).catch(0).default(0),
});
