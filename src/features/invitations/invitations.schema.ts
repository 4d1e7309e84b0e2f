import { z } from 'zod';
import {
  checkbox,
  choice,
  email,
  many,
  optionalText,
  orNull,
  phone,
  recordId,
  required,
  wholeNumber,
} from '../../web/form.js';
import type { FormMistake, FormState } from '../../web/form-page.js';
import { callOutcomes } from './phone-call.entity.js';
import { readIds, ticksAfter } from './ticks.js';

export const seatsSchema = z.object({
  seats: wholeNumber(1, 50),
  shortage: choice(['take_rest', 'wait_for_all']).optional(),
});

export const offerSchema = z.object({ seats: wholeNumber(1, 50), reason: optionalText(300) });

/** A person who comes. The name may stay empty while it is not known yet. */
export const delegateSchema = z.object({
  nameBefore: optionalText(40),
  name: optionalText(120),
  nameAfter: optionalText(60),
  sex: orNull(choice(['L', 'P'])),
  position: optionalText(120),
  phone: orNull(phone),
  email: orNull(email),
  needs: optionalText(300),
});

/** The same person written better, or somebody else. */
export const renameSchema = delegateSchema.extend({ other: choice(['same', 'other']).default('same') });

/** One of those whom the institution sent before. */
export const knownSchema = z.object({ known: recordId });

export const reasonSchema = z.object({ reason: required(300) });

/** Ids in one field, as `writeIds` has them. */
const ids = (most: number) =>
  z
    .string()
    .catch('')
    .default('')
    .transform(readIds)
    .refine((read) => read.length <= most, { error: 'error.too_many', params: { maximum: most } });
/** More exceptions than an address holds: whoever has so many wants the other way round, or a filter. */
const mostExceptions = 1000;
const tickedFrom = (usual: 'all' | 'none') => z.enum(['all', 'none']).catch(usual).default(usual);

const pageNumber = z.coerce.number().int().min(1).max(10_000).catch(1).default(1);

/** Where somebody is in choosing, as it stands in the address. */
export const choosingSchema = z.object({
  ticked: tickedFrom('all'),
  except: ids(mostExceptions).catch([]),
  page: pageNumber,
});

/** A page of the choice as it was sent, as far as it can be understood. */
export const sentTicksSchema = z
  .object({
    ticked: tickedFrom('none'),
    except: ids(20_000).catch([]),
    shown: ids(20_000).catch([]),
    institutions: many(recordId, 20_000).catch([]),
  })
  .transform(ticksAfter);

/** Where choosing goes on, with the ticks of the page; more than can be kept are refused. */
export const onwardSchema = z.object({ page: pageNumber }).and(
  sentTicksSchema.refine(({ except }) => except.length <= mostExceptions, {
    path: ['institutions'],
    error: 'invitation.error.too_many_ticks',
    params: { count: mostExceptions },
  }),
);

/** Those ticked on the page, and those that it says are ticked elsewhere (`others`). */
export const chosenSchema = z
  .object({
    institutions: many(recordId, 20_000),
    others: ids(20_000),
    // Stands in the same form: what is wrong in it is said, although it chooses nobody.
    q: optionalText(100),
    as: choice(['draft', 'reserve']).default('draft'),
  })
  .transform(({ institutions, others, as }) => ({
    institutions: [...new Set([...institutions, ...others])],
    as,
  }))
  .refine(({ institutions }) => institutions.length > 0, {
    path: ['institutions'],
    error: 'error.none_chosen',
  });

/** An LKS that is in no list yet: its name, and whom to ask. */
export const newcomerSchema = z
  .object({
    name: required(200),
    regionCode: z.string({ error: 'error.choose' }).regex(/^\d{2}\.\d{2}$/, { error: 'error.choose' }),
    mainService: z.string({ error: 'error.choose' }).regex(/^[a-z_]+$/, { error: 'error.choose' }),
    contactName: optionalText(120),
    contactPhone: orNull(phone),
    /** Said after those that are alike were shown. */
    isAnother: checkbox,
    as: choice(['draft', 'reserve']).default('draft'),
  })
  .refine(({ contactName, contactPhone }) => contactName !== '' || contactPhone === null, {
    path: ['contactName'],
    error: 'error.required',
  });

export const callSchema = z.object({ outcome: choice(callOutcomes), text: optionalText(500) });

export const idsSchema = z.object({ ids: many(recordId, 20_000) });

/** A delegate's form with something wrong: shown again as it was typed, open, beside its delegate. */
export const mistakeAt = (delegateId: number, state: FormState): FormMistake => ({
  ...state,
  form: `d${delegateId}-${state.values.other === 'other' ? 'other' : 'same'}`,
});
