import { z } from 'zod';
import { choice, many, optionalText, orNull, wholeNumber } from '../../web/form.js';
import { dimensions } from './event-quota.entity.js';

const count = (max: number) =>
  z.preprocess((value) => (value === '' || value === undefined ? 0 : value), wholeNumber(0, max));

const stratum = z.object({
  key: z.string().regex(/^[a-z_]{1,40}$|^\d{2}(\.\d{2})?$/, { error: 'error.choose' }),
  seats: count(20_000),
  limit: orNull(wholeNumber(1, 50)),
});

/** The form of an event's seats. Rows of strata without a key are the empty spare ones. */
export const quotaSchema = z.object({
  seats: wholeNumber(0, 20_000),
  seatsPerInstitution: wholeNumber(1, 50),
  dimension: choice(dimensions),
  capPerRegion: orNull(wholeNumber(1, 20_000)),
  capPerType: orNull(wholeNumber(1, 20_000)),
  offerHours: wholeNumber(1, 720),
  strata: z.preprocess(
    (rows) => Object.values((rows ?? {}) as Record<string, { key?: string }>).filter(({ key }) => key),
    many(stratum, 600),
  ),
  reserved: z.object({ speaker: count(500), committee: count(500), press: count(500) }),
  version: wholeNumber(1, 1_000_000_000),
});

export const holderSchema = z.object({ holderName: optionalText(120) });
