import { z } from 'zod';
import {
  checkbox,
  choice,
  email,
  isoDate,
  many,
  optionalText,
  orNull,
  phone,
  recordId,
  required,
  seenVersion,
  wholeNumber,
} from '../../web/form.js';
import { grades, ownerships, registrationStates, type InstitutionFacts } from './institution.facts.js';

const regionCode = z.string({ error: 'error.choose' }).regex(/^\d{2}\.\d{2}$/, { error: 'error.choose' });
const degrees = (bound: number) =>
  orNull(
    z.preprocess(
      (typed) => Number(String(typed).trim().replace(',', '.')),
      z
        .number({ error: 'institution.error.degrees' })
        .min(-bound, { error: 'institution.error.degrees' })
        .max(bound, { error: 'institution.error.degrees' }),
    ),
  );
const count = orNull(wholeNumber(0, 1_000_000));
const date = orNull(isoDate);

interface PermitDays {
  permitDate: string | null;
  permitValidUntil: string | null;
}

/** A permit does not end before it was given; for `refine` of a form that holds both days. */
export const permitInOrder: [(given: PermitDays) => boolean, { path: string[]; error: string }] = [
  ({ permitDate, permitValidUntil }) => !permitDate || !permitValidUntil || permitDate <= permitValidUntil,
  { path: ['permitValidUntil'], error: 'institution.error.valid_until' },
];

/** The form of an LKS: to add, to change, to propose. Services come as the main one and the others. */
export const institutionSchema = z
  .object({
    name: required(200),
    regionCode,
    address: optionalText(300),
    village: optionalText(100),
    district: optionalText(100),
    latitude: degrees(90),
    longitude: degrees(180),
    phone: orNull(phone),
    email: orNull(email),
    ownership: choice(ownerships),
    clientsInsideMale: count,
    clientsInsideFemale: count,
    clientsOutsideMale: count,
    clientsOutsideFemale: count,
    deedNumber: optionalText(100),
    deedDate: date,
    ministryDecree: optionalText(100),
    taxNumber: optionalText(40),
    registrationState: choice(registrationStates),
    registrationNumber: optionalText(100),
    registrationDate: date,
    permitNumber: optionalText(100),
    permitDate: date,
    permitValidUntil: date,
    mainService: z.string({ error: 'error.choose' }).regex(/^[a-z_]+$/, { error: 'error.choose' }),
    otherServices: many(z.string().regex(/^[a-z_]+$/), 20),
  })
  .refine(...permitInOrder)
  .transform(({ mainService, otherServices, ...facts }): InstitutionFacts => ({
    ...facts,
    services: [...new Set([mainService, ...otherServices])],
  }));

export const institutionAsideSchema = z.object({
  /** The version that the person saw. */
  version: recordId.optional().catch(undefined),
  /** "It is another LKS although its name is the same". */
  sameName: checkbox,
  /** "The record of this provisional LKS is complete". */
  complete: checkbox,
  note: optionalText(500),
});

export const representativeSchema = z.object({
  version: seenVersion,
  nameBefore: optionalText(50),
  name: required(120),
  nameAfter: optionalText(80),
  sex: orNull(choice(['L', 'P'])),
  position: optionalText(100),
  phone: orNull(phone),
  email: orNull(email),
  isLeader: checkbox,
});
export type RepresentativeForm = z.output<typeof representativeSchema>;

export const accreditationSchema = z
  .object({
    grade: choice(grades),
    certificateNumber: optionalText(100),
    issuedOn: date,
    validUntil: date,
  })
  .refine(({ issuedOn, validUntil }) => !issuedOn || !validUntil || issuedOn <= validUntil, {
    path: ['validUntil'],
    error: 'institution.error.valid_until',
  });
export type AccreditationFacts = z.output<typeof accreditationSchema>;

export const pendampingSchema = z.object({ pendampingId: orNull(recordId) });
export const decisionSchema = z.object({
  decision: choice(['accepted', 'refused']),
  note: optionalText(500),
});
export const handoverSchema = z.object({ note: required(500) });

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values).or(z.literal('')).catch('').default('');
const short = (max: number) => z.string().trim().max(max).catch('').default('');

export const sorts = ['name', 'region', 'service', 'likeness'] as const;

/** Filters of the registry as they stand in the address. What is not understood is left out, never an error. */
export const institutionFilterSchema = z.object({
  q: short(100),
  service: z
    .string()
    .regex(/^[a-z_]+$/)
    .or(z.literal(''))
    .catch('')
    .default(''),
  region: z
    .string()
    .regex(/^\d{2}(\.\d{2})?$/)
    .or(z.literal(''))
    .catch('')
    .default(''),
  registration: oneOf(registrationStates),
  accreditation: oneOf([...grades, 'none', 'ending']),
  reached: oneOf(['yes', 'never']),
  archived: oneOf(['yes']),
  /** Those with something to do: a record to complete, a proposal to decide. */
  mark: oneOf(['provisional', 'proposed']),
});
export type InstitutionFilter = z.output<typeof institutionFilterSchema>;

export const listSchema = institutionFilterSchema.extend({
  sort: oneOf(sorts),
  after: short(600),
  before: short(600),
});
export type ListQuery = z.output<typeof listSchema>;
