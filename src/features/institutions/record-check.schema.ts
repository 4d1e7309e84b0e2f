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
  required,
} from '../../web/form.js';
import { permitInOrder } from './institutions.schema.js';

const date = orNull(isoDate);
const service = z.string({ error: 'error.choose' }).regex(/^[a-z_]+$/, { error: 'error.choose' });

/** The record as its own people would write it, by their link. */
export const recordCheckSchema = z
  .object({
    /** The state of the record that they saw. */
    version: z.string().max(60).catch(''),
    name: required(200),
    address: optionalText(300),
    village: optionalText(100),
    district: optionalText(100),
    phone: orNull(phone),
    email: orNull(email),
    mainService: service,
    otherServices: many(z.string().regex(/^[a-z_]+$/), 20),
    leaderName: optionalText(200),
    newLeader: checkbox,
    registrationNumber: optionalText(100),
    registrationDate: date,
    permitNumber: optionalText(100),
    permitDate: date,
    permitValidUntil: date,
    note: optionalText(500),
  })
  .refine(...permitInOrder)
  .transform(({ version, newLeader, note, mainService, otherServices, ...facts }) => ({
    version,
    isNewLeader: newLeader,
    note,
    record: { ...facts, services: [...new Set([mainService, ...otherServices])] },
  }));
export type CheckForm = z.output<typeof recordCheckSchema>;

/** What the office decides, field by field, and what it saw standing there. */
export const checkDecisionSchema = z.object({
  decisions: z.record(z.string(), choice(['accepted', 'refused'])).default({}),
  seen: z.record(z.string(), z.string().max(2000)).default({}),
  note: optionalText(500),
});
export type CheckDecision = z.output<typeof checkDecisionSchema>;
