import { z } from 'zod';
import { zoneNames } from '../../i18n/zones.js';
import {
  checkbox,
  choice,
  clockTime,
  email,
  optionalText,
  orNull,
  phone,
  required,
  seenVersion,
  text,
  wholeNumber,
} from '../../web/form.js';
import { contrastOnWhite, readableContrast } from './contrast.js';
import { authorities } from './signatory.entity.js';

const colour = text(7)
  .transform((value) => value.toLowerCase())
  .refine((value) => /^#[0-9a-f]{6}$/.test(value), { error: 'error.colour', abort: true })
  .refine((value) => contrastOnWhite(value) >= readableContrast, { error: 'error.colour_too_light' });

export const officeForm = z.object({
  version: seenVersion,
  name: required(150),
  shortName: required(40),
  zone: choice(zoneNames),
  accent: colour,
  address: optionalText(300),
  phone: orNull(phone),
  email: orNull(email),
  contactName: optionalText(120),
  contactPhone: orNull(phone),
  mailSender: optionalText(80),
  mailReplyTo: orNull(email),
  quietFrom: clockTime,
  quietUntil: clockTime,
  // The bounds of the column too.
  retentionMonths: wholeNumber(1, 120),
});
export type OfficeForm = z.output<typeof officeForm>;

const mostLines = 6;

export const letterheadForm = z.object({
  version: seenVersion,
  lines: text(900)
    .transform((value) => value.split('\n').map((line) => line.trim()))
    .transform((lines) => lines.filter(Boolean))
    .refine((lines) => lines.length <= mostLines, { error: 'error.too_many_lines' }),
  removeLogo: checkbox,
});
export type LetterheadForm = z.output<typeof letterheadForm>;

export const numberingForm = z.object({
  version: seenVersion,
  numberPattern: required(120),
  numberCode: optionalText(30),
  numberUnit: optionalText(60),
});
export type NumberingForm = z.output<typeof numberingForm>;

const nip = z
  .string()
  .transform((value) => value.replace(/\D/g, ''))
  .refine((digits) => digits.length === 18, { error: 'error.nip' });

export const signatoryForm = z.object({
  version: seenVersion,
  authority: choice(authorities),
  nameBefore: optionalText(50),
  name: required(120),
  nameAfter: optionalText(80),
  position: required(150),
  rank: optionalText(80),
  nip: orNull(nip),
  sort: wholeNumber(1, 99),
});
export type SignatoryForm = z.output<typeof signatoryForm>;
