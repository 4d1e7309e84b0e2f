import { z } from 'zod';
import {
  choice,
  clockTime,
  isoDate,
  optionalText,
  orNull,
  recordId,
  required,
  text,
  wholeNumber,
} from '../../web/form.js';
import { blockKinds, changeableKinds, issueStates } from './minutes.words.js';

const clientId = z.guid({ error: 'error.required' });
const largest = 2_147_483_647;
const version = wholeNumber(0, largest);

/** A line as its form or script sends it; version 0 is a new one. */
export const blockSchema = z.object({
  clientId,
  version,
  kind: choice(blockKinds),
  agendaItemId: orNull(recordId),
  parent: orNull(clientId),
  after: orNull(clientId),
  text: text(20_000),
  person: optionalText(200),
  origin: optionalText(200),
  /** A response whose issue was taken out meanwhile brings it back. */
  withIssue: z.literal('1').optional(),
});
export type TypedBlock = z.output<typeof blockSchema>;

export const kindSchema = z.object({ kind: choice(changeableKinds), version });
export const versionSchema = z.object({ version });

export const headSchema = z.object({
  version,
  letterNumber: optionalText(100),
  letterDate: orNull(isoDate),
  fromDate: orNull(isoDate),
  fromTime: orNull(clockTime),
  untilDate: orNull(isoDate),
  untilTime: orNull(clockTime),
  chairName: optionalText(),
  chairPosition: optionalText(),
  secretaryName: optionalText(),
  recorderName: optionalText(),
  recorderPosition: optionalText(),
  participantsNote: optionalText(500),
});
export type HeadForm = z.output<typeof headSchema>;

export const reasonSchema = z.object({ reason: required(1000) });

/** `seen` is the hash of what the leader had before them when they approved. */
export const approvalSchema = z.object({
  seen: z.string({ error: 'error.required' }).regex(/^[0-9a-f]{64}$/, { error: 'error.required' }),
});

const row = { id: orNull(recordId), clientId: orNull(clientId), version };

export const handoverSchema = z.object({
  ...row,
  institutionId: recordId,
  document: required(),
  number: optionalText(100),
  receivedBy: optionalText(),
});
export type HandoverForm = z.output<typeof handoverSchema>;

export const reviewSchema = z.object({
  ...row,
  programme: required(500),
  result: optionalText(2000),
  note: optionalText(2000),
});
export type ReviewForm = z.output<typeof reviewSchema>;

/** Most parts of an indicator; the form shows two more than there are. */
export const mostParts = 12;

export const indicatorSchema = z.object({
  ...row,
  name: required(),
  year: orNull(wholeNumber(1900, 2199)),
  source: optionalText(),
  total: wholeNumber(0, largest),
  rows: z.record(z.string(), z.object({ name: required(), value: wholeNumber(0, largest) })),
});
export type IndicatorForm = z.output<typeof indicatorSchema>;

export const issueFilterSchema = z.object({
  state: choice(issueStates).optional().catch(undefined),
  institution: recordId.optional().catch(undefined),
  event: recordId.optional().catch(undefined),
  after: recordId.optional().catch(undefined),
});
export type IssueFilter = z.output<typeof issueFilterSchema>;

export const responseSchema = z.object({ text: required(5000), person: optionalText() });
