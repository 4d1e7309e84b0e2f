import { z } from 'zod';
import {
  choice,
  isoDate,
  optionalText,
  orNull,
  phone,
  recordId,
  required,
  text,
  webAddress,
} from '../../web/form.js';
import { actionStates } from './action.machine.js';
import { ownerKinds } from './action-owner.entity.js';

/** Filters of the board, as they stand in the address. What cannot be read is left out. */
export const filterSchema = z.object({
  state: z
    .enum(['unclosed', 'all', ...actionStates])
    .default('unclosed')
    .catch('unclosed'),
  owner: recordId.optional().catch(undefined),
  due: z.enum(['overdue']).optional().catch(undefined),
  series: recordId.optional().catch(undefined),
  event: recordId.optional().catch(undefined),
  /** Without one by target. */
  order: z.enum(['age']).optional().catch(undefined),
  q: text(100).optional().catch(undefined),
  after: z
    .string()
    .regex(/^[^_]+_\d{1,9}$/)
    .refine((place) => isoDate.or(z.literal('none')).safeParse(place.split('_')[0]).success)
    .optional()
    .catch(undefined),
});
export type ActionFilter = z.output<typeof filterSchema>;

export const exportSchema = filterSchema.extend({ format: choice(['xlsx', 'pdf']) });

/** The form of a follow-up; who owes it is chosen by kind, and found or made by the service. */
export const actionSchema = z.object({
  problem: optionalText(2000),
  title: required(500),
  proposedBy: optionalText(200),
  ownerKind: choice(ownerKinds),
  ownerUnit: optionalText(160),
  ownerUserId: orNull(recordId),
  ownerInstitution: optionalText(300),
  ownerOutside: optionalText(160),
  ownerPhone: orNull(phone),
  involved: optionalText(500),
  dueOn: orNull(isoDate),
  seriesId: orNull(recordId),
});
export type ActionForm = z.output<typeof actionSchema>;

/** What stands beside the facts: the version that was seen, and the line of the minutes it comes from. */
export const actionAsideSchema = z.object({
  version: recordId.optional().catch(undefined),
  block: recordId.optional().catch(undefined),
});

const version = recordId;
export const stepSchema = z.object({ version });
const reason = required(1000);

/** Steps that say why, each with fields of its own: their forms stand on one page. */
export const reasonSchemas = {
  return: z.object({ version, returnReason: reason }),
  defer: z.object({ version, deferReason: reason, deferUntil: isoDate }),
  drop: z.object({ version, dropReason: reason }),
  reopen: z.object({ version, reopenReason: reason }),
};

const clientId = z.uuid({ error: 'error.required' });
export const noteSchema = z.object({
  clientId,
  text: optionalText(4000),
  url: z.preprocess(
    (typed) => (typeof typed === 'string' ? typed.trim() : typed),
    webAddress.or(z.literal('')),
  ),
});
export type NoteForm = z.output<typeof noteSchema>;

/** What an owner sends by link: a note, and whether the work is begun or done. */
export const reportSchema = noteSchema.extend({ version, act: choice(['note', 'start', 'hand_in']) });
export type Report = z.output<typeof reportSchema>;

/** What was said at a later event: a note, and where it stands now. */
export const evaluationSchema = z.object({
  clientId,
  version,
  text: optionalText(4000),
  act: choice(['note', 'start', 'hand_in', 'verify']),
});
export type Evaluation = z.output<typeof evaluationSchema>;
