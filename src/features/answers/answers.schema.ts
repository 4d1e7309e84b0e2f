import { z } from 'zod';
import { choice, wholeNumber } from '../../web/form.js';

/** One button of the answer page. */
export const answerSchema = z.object({
  answer: choice(['accept', 'decline', 'confirm', 'stop_waiting', 'more', 'release']),
  seats: wholeNumber(1, 50).default(1),
  shortage: choice(['take_rest', 'wait_for_all']).optional(),
});
export type Answer = z.output<typeof answerSchema>;

/** What happened, in the address after the act; anything else is ignored. */
export const outcomes = [
  'accepted',
  'waiting',
  'declined',
  'confirmed',
  'released',
  'stopped',
  'named',
  'replaced',
  'returned',
  'letter_sent',
  'letter_removed',
  'record_confirmed',
  'record_proposed',
  'calendar_renewed',
] as const;
export type Outcome = (typeof outcomes)[number];
