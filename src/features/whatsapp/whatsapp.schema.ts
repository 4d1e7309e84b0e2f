import { z } from 'zod';
import { choice, normalisePhone, optionalText, plainText } from '../../web/form.js';
import { invitationPurposes } from '../messages/purposes.js';
import {
  answerNames,
  roundPurposeNames,
  roundPurposes,
  type AnswerFilter,
  type RoundPurpose,
} from './audience.js';
import type { QueueFilter } from './queue.repository.js';

/** The filter of an address or a form; what is not understood narrows nothing down. */
export function readFilter(given: Record<string, unknown>): QueueFilter {
  const answer = answerNames.find((name) => name === plainText(given.answer)) ?? 'all';
  const purpose = invitationPurposes.find((name) => name === plainText(given.purpose)) ?? null;
  return { answer, purpose };
}

/** The number that somebody tried, as the page showed it. */
export const readPhone = (given: unknown): string => normalisePhone(plainText(given, 30)) ?? '';

export interface RoundChoice {
  purpose: RoundPurpose;
  answer: AnswerFilter;
  changes: string;
}

/** What the preview of a round is asked for. */
export function readRoundChoice(given: Record<string, unknown>): RoundChoice {
  const purpose = roundPurposeNames.find((name) => name === plainText(given.purpose)) ?? 'reminder_answer';
  const fitting: readonly AnswerFilter[] = roundPurposes[purpose];
  const answer = fitting.find((name) => name === plainText(given.answer)) ?? fitting[0] ?? 'all';
  return { purpose, answer, changes: plainText(given.changes, 500).trim() };
}

export const roundForm = z
  .object({
    purpose: choice(roundPurposeNames),
    answer: choice(answerNames),
    changes: optionalText(500),
    clientId: z.uuid({ error: 'error.choose' }),
  })
  .refine(({ purpose, answer }) => (roundPurposes[purpose] as readonly string[]).includes(answer), {
    path: ['answer'],
    error: 'error.choose',
  })
  .refine(({ purpose, changes }) => purpose !== 'changed' || changes !== '', {
    path: ['changes'],
    error: 'error.required',
  });
export type RoundForm = z.output<typeof roundForm>;
