import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  choice,
  clockTime,
  optionalText,
  orNull,
  phone,
  recordId,
  required,
  storableText,
  wholeNumber,
} from '../../web/form.js';
import { attendanceStates } from './attendance-mark.entity.js';
import { guestKinds } from './guest.entity.js';

/** Made by the page or the device; a form without one counts as sent once. */
const clientId = z.uuid().catch(() => randomUUID());

/**
 * When a mark was taken by a device, in milliseconds of its own clock, and when it sent it: the difference is how
 * long it waited, whatever the clock says.
 */
const deviceTime = z.coerce.number().int().min(0).max(8_000_000_000_000).optional().catch(undefined);
const times = { deviceAt: deviceTime, sentAt: deviceTime };

export interface DeviceTimes {
  deviceAt?: number | undefined;
  sentAt?: number | undefined;
}

/** What `MarkWish.taken` wants; undefined where the form came straight from a page. */
export const takenAt = ({ deviceAt, sentAt }: DeviceTimes) =>
  deviceAt === undefined || sentAt === undefined
    ? undefined
    : { deviceAt: new Date(deviceAt), waitedMs: Math.max(0, sentAt - deviceAt) };

/** A mark of somebody in the list. */
export const markSchema = z.object({
  kind: choice(['in', 'out']).default('in'),
  clientId,
  ...times,
});

export const excuseSchema = z.object({ clientId, reason: required(200) });

export const correctionSchema = z.object({
  clientId,
  correctedTo: choice(attendanceStates),
  arrivedAt: orNull(clockTime),
  leftAt: orNull(clockTime),
  reason: required(200),
});
export type Correction = z.output<typeof correctionSchema>;

/** What a camera read or somebody typed. */
export const scanSchema = z.object({
  code: storableText.min(1, { error: 'error.required' }).max(600),
  kind: choice(['in', 'out']).default('in'),
  session: recordId.optional().catch(undefined),
  clientId,
  ...times,
});

const person = {
  nameBefore: optionalText(40),
  name: required(120),
  nameAfter: optionalText(60),
  sex: orNull(choice(['L', 'P'])),
  position: optionalText(120),
  phone: orNull(phone),
};

export const doorNameSchema = z.object({ ...person, clientId });

export const walkInSchema = z.object({
  ...person,
  clientId,
  /** A delegate who does not come; empty for an extra person. */
  replaces: orNull(recordId),
  reason: optionalText(200),
});

/** What is written down of a guest, at the door and when it is mended. */
export const guestFactsSchema = z.object({
  ...person,
  kind: choice(guestKinds),
  origin: optionalText(160),
});

export const guestSchema = guestFactsSchema.extend({ clientId, reason: optionalText(200) });

export const clientIdSchema = z.object({ clientId });
export const labelSchema = z.object({ label: required(80) });

export const sheetSchema = z.object({
  /** A session's id, or a day's date. */
  of: z.union([recordId, z.iso.date()], { error: 'error.choose' }),
  form: choice(['blank', 'filled']),
  file: choice(['pdf', 'xlsx']).default('pdf'),
  // Left empty is no number, and not none.
  rows: z.preprocess((typed) => (typed === '' ? NaN : typed), wholeNumber(0, 100)).default(10),
});
