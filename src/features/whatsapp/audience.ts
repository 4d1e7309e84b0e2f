import type { HandPurpose } from '../messages/wording.js';

/** Institutions of an event by their answer, as conditions over invitation `i`; no draft, reserve or revoked one. */
export const answerFilters = {
  all: `i.state NOT IN ('draft', 'reserve', 'revoked')`,
  unanswered: `i.state IN ('open', 'offered', 'reconfirm')`,
  accepted: `i.state IN ('accepted', 'reconfirm')`,
  waiting: `i.waiting > 0`,
  declined: `i.state IN ('declined', 'lapsed')`,
  attended: `EXISTS (SELECT 1 FROM delegate d JOIN attendance a ON a.delegate_id = d.id
    WHERE d.invitation_id = i.id AND a.state = 'present')`,
} as const;
export type AnswerFilter = keyof typeof answerFilters;
export const answerNames = Object.keys(answerFilters) as [AnswerFilter, ...AnswerFilter[]];

/** What a colleague can write to many at once, and to whom it makes sense; the first is proposed. */
export const roundPurposes = {
  invitation: ['unanswered', 'all'],
  reminder_answer: ['unanswered'],
  reminder_day: ['accepted'],
  changed: ['all', 'unanswered', 'accepted', 'waiting'],
  thanks: ['attended', 'accepted'],
  follow_up: ['attended', 'accepted'],
} as const satisfies Partial<Record<HandPurpose, readonly AnswerFilter[]>>;
export type RoundPurpose = keyof typeof roundPurposes;
export const roundPurposeNames = Object.keys(roundPurposes) as [RoundPurpose, ...RoundPurpose[]];
