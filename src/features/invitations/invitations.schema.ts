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
export const chosenSchema = z.object({
  institutions: many(recordId, 20_000).refine((chosen) => chosen.length > 0, {
    error: 'error.none_chosen',
  }),
  as: choice(['draft', 'reserve']).default('draft'),
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
