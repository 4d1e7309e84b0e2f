import { z } from 'zod';
import {
  checkbox,
  choice,
  isoDate,
  many,
  orNull,
  plainText,
  recordId,
  required,
  seenVersion,
  wholeNumber,
} from '../../web/form.js';
import { institutionFilterSchema } from '../institutions/institutions.service.js';
import { dimensions } from '../quotas/quotas.service.js';
import { criteria, type Criterion } from './criteria.js';

const mustSchema = z.object({
  institutionId: recordId,
  kind: choice(['must', 'must_not']),
  reason: required(300),
});
export type Must = z.output<typeof mustSchema>;

const criterion = z.enum(criteria);

/** Every criterion once, in the order that is given; those that are missing follow in the usual order. */
const orderOf = (given: readonly Criterion[]): Criterion[] => [...new Set([...given, ...criteria])];

const facts = z.object({
  filter: institutionFilterSchema,
  number: wholeNumber(1, 20_000),
  unit: choice(['institutions', 'seats']),
  seatsPerInstitution: wholeNumber(1, 50),
  dimension: choice(dimensions),
  minimum: wholeNumber(0, 1_000),
  maximum: orNull(wholeNumber(1, 20_000)),
  capPerRegion: orNull(wholeNumber(1, 20_000)),
  capPerType: orNull(wholeNumber(1, 20_000)),
  order: many(criterion, 20).transform(orderOf),
  isWidened: checkbox,
  seed: required(60),
});

/** What an office decides about a selection; kept as one document, since it is only ever read whole. */
const kept = facts.extend({
  isWidened: z.boolean(),
  /** Criteria that do not count. */
  off: many(criterion, 20),
  must: z.array(mustSchema).max(2_000),
});
export type SelectionSettings = z.output<typeof kept>;

/** Settings as they stand in the database. */
export const readSettings = (stored: unknown): SelectionSettings => kept.parse(stored);

/** The form: criteria that count are ticked. */
export const settingsSchema = facts
  .extend({
    filter: z.preprocess((given) => given ?? {}, institutionFilterSchema),
    on: many(criterion, 20),
    version: seenVersion,
  })
  .transform(({ on, version, ...rest }) => ({
    version,
    settings: { ...rest, off: rest.order.filter((one) => !on.includes(one)) },
  }));
export type WantedSettings = z.output<typeof settingsSchema>;

/** A button that moves a criterion by one: `up:accreditation`. */
export function readMove(act: unknown): { criterion: Criterion; by: -1 | 1 } | undefined {
  const [way, name] = plainText(act, 60).split(':');
  const moved = criterion.safeParse(name);
  if (!moved.success || (way !== 'up' && way !== 'down')) return undefined;
  return { criterion: moved.data, by: way === 'up' ? -1 : 1 };
}

export const mustForm = mustSchema;

export const decisionSchema = z.object({
  /** Fingerprint of the selection that the person saw. */
  seen: z.string().regex(/^[0-9a-f]{64}$/, { error: 'error.choose' }),
  firstWaveOn: orNull(isoDate),
  offerHours: wholeNumber(1, 720),
});

export const changeSchema = z.object({
  institutionId: recordId,
  to: choice(['chosen', 'reserve', 'out']),
  reason: required(300),
});

const shows = ['chosen', 'reserve', 'excluded'] as const;

/** What of a selection a page shows; what is not understood is left out. */
export const viewSchema = z.object({
  show: z.enum(shows).catch('chosen').default('chosen'),
  q: z.string().trim().max(100).catch('').default(''),
  after: z.coerce.number().int().min(0).max(20_000).catch(0).default(0),
  /** The institution whose form stands open. */
  pick: z.coerce.number().int().positive().max(2_147_483_647).optional().catch(undefined),
  /** What if so many were chosen. */
  count: z.coerce.number().int().min(1).max(20_000).optional().catch(undefined),
});
export type SelectionView = z.output<typeof viewSchema>;

export const simulationSchema = z.object({
  years: z.coerce.number().int().min(1).max(10).catch(5).default(5),
  decline: z.coerce.number().int().min(0).max(90).catch(15).default(15),
});
