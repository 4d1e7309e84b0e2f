import { z } from 'zod';
import { zoneNames } from '../../i18n/zones.js';
import {
  checkbox,
  choice,
  clockTime,
  isoDate,
  many,
  optionalText,
  orNull,
  phone,
  recordId,
  required,
  text,
  webAddress,
  wholeNumber,
} from '../../web/form.js';
import { eventKinds, eventStates, fillings, speakerRoles } from './event-words.js';

const kindFields = { kind: choice(eventKinds), kindLabel: optionalText(80) };

/** The kind `other` has a name of its own; the others never keep one. */
const withLabel = <T extends { kind: string; kindLabel: string }>(fields: T, context: z.RefinementCtx): T => {
  if (fields.kind !== 'other') return { ...fields, kindLabel: '' };
  if (fields.kindLabel === '')
    context.addIssue({ code: 'custom', path: ['kindLabel'], message: 'error.required' });
  return fields;
};

const version = z.coerce.number({ error: 'error.required' }).int();
const address = z.union([z.literal(''), webAddress]).default('');
const orEmpty = z.preprocess((value) => (typeof value === 'string' ? value.trim() : value), address);

export const newEventSchema = z
  .object({
    ...kindFields,
    title: required(200),
    firstDay: isoDate,
    from: clockTime,
    to: orNull(clockTime),
    days: wholeNumber(1, 30),
    venueName: optionalText(200),
  })
  .transform(withLabel);
export type NewEvent = z.output<typeof newEventSchema>;

export const factsSchema = z
  .object({
    version,
    ...kindFields,
    title: required(200),
    subject: optionalText(500),
    notes: optionalText(2000),
    partner: optionalText(200),
    series: optionalText(120),
  })
  .transform(withLabel);
export type Facts = z.output<typeof factsSchema>;

export const placeSchema = z.object({
  version,
  venueInstitution: optionalText(300),
  venueName: optionalText(200),
  venueAddress: optionalText(500),
  mapUrl: orEmpty,
  onlineUrl: orEmpty,
  contactName: optionalText(120),
  contactPhone: orNull(phone),
});
export type Place = z.output<typeof placeSchema>;

/** A deadline as typed: without a time it means 23.59 of that day (rules.md 17). */
const deadline = { answerByDate: orNull(isoDate), answerByTime: orNull(clockTime) };

export const deadlinesSchema = z.object({
  version,
  ...deadline,
  namesUntilDate: orNull(isoDate),
  namesUntilTime: orNull(clockTime),
  lateAfterMinutes: wholeNumber(0, 240).optional(),
  filling: choice(fillings).optional(),
  recordCheck: checkbox,
});
export type Deadlines = z.output<typeof deadlinesSchema>;

const id = orNull(recordId);
const removed = many(recordId, 200);

export const daysSchema = z.object({
  version,
  zone: choice(zoneNames),
  ...deadline,
  rows: z.record(
    z.string(),
    z.object({ id, date: isoDate, title: optionalText(120), from: clockTime, to: orNull(clockTime) }),
  ),
  removed,
});
export type Days = z.output<typeof daysSchema>;
export const dayTells = ['date', 'title', 'from', 'to'] as const;

export const speakersSchema = z.object({
  version,
  rows: z.record(
    z.string(),
    z.object({
      id,
      nameBefore: optionalText(60),
      name: required(120),
      nameAfter: optionalText(60),
      role: choice(speakerRoles),
      position: optionalText(160),
      origin: optionalText(160),
    }),
  ),
  removed,
});
export type Speakers = z.output<typeof speakersSchema>;
export const speakerTells = ['name', 'nameBefore', 'nameAfter', 'position', 'origin'] as const;

export const agendaSchema = z.object({
  version,
  rows: z.record(
    z.string(),
    z.object({
      id,
      sessionId: recordId,
      from: clockTime,
      to: orNull(clockTime),
      title: required(300),
      speakerId: orNull(recordId),
      speakerRole: optionalText(120),
    }),
  ),
  removed,
});
export type Agenda = z.output<typeof agendaSchema>;
export const agendaTells = ['title', 'from', 'to', 'speakerRole'] as const;

export const cancellationSchema = z.object({ reason: required(500) });
export const stateSchema = z.object({ state: choice(['published', 'running', 'finished', 'clock']) });
export type ChosenState = z.output<typeof stateSchema>['state'];
export const cloneSchema = z.object({ title: required(200), firstDay: isoDate });
export type CloneInput = z.output<typeof cloneSchema>;

/** Filters of the list, as they stand in the address. What cannot be read is left out. */
export const listSchema = z.object({
  kind: z.enum(eventKinds).optional().catch(undefined),
  state: z.enum(eventStates).optional().catch(undefined),
  series: recordId.optional().catch(undefined),
  year: z.coerce.number().int().min(1990).max(2200).optional().catch(undefined),
  search: text(100).optional().catch(undefined),
  after: z
    .string()
    .regex(/^[^_]+_\d{1,9}$/)
    .refine((place) => isoDate.or(z.literal('none')).safeParse(place.split('_')[0]).success)
    .optional()
    .catch(undefined),
});
export type ListFilter = z.output<typeof listSchema>;

export const monthSchema = z.object({
  month: z
    .string()
    .regex(/^(19|2\d)\d\d-(0[1-9]|1[0-2])$/)
    .optional()
    .catch(undefined),
});
