import { z } from 'zod';
import {
  choice,
  optionalText,
  orNull,
  recordId,
  required,
  seenVersion,
  webAddress,
  wholeNumber,
} from '../../web/form.js';
import { visibilities } from './material-words.js';

/** Where something new belongs, and who may see it. */
export const placeSchema = z.object({ agendaItemId: orNull(recordId), visibility: choice(visibilities) });
export type Place = z.output<typeof placeSchema>;

export const linkSchema = placeSchema.extend({ title: required(200), url: webAddress });
export type NewLink = z.output<typeof linkSchema>;

export const materialSchema = placeSchema.extend({
  title: required(200),
  sort: wholeNumber(0, 999),
  version: seenVersion,
});
/** That of a link has its address, too. */
export const linkMaterialSchema = materialSchema.extend({ url: webAddress });
export type MaterialForm = z.output<typeof materialSchema> & { url?: string };

export const photoSchema = z.object({
  caption: optionalText(200),
  sort: wholeNumber(0, 999),
  version: seenVersion,
});
export type PhotoForm = z.output<typeof photoSchema>;
