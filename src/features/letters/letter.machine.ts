import type { Permission } from '../accounts/permissions.js';
import type { LetterState } from './letter-words.js';

interface Transition {
  from: readonly LetterState[];
  to: LetterState;
  by: Permission;
}

/**
 * The life of a letter, row by row as in docs/states.md. An office that asks for no approval issues from `draft`.
 * Nothing leads out of `issued`: a correction is a new letter.
 */
export const transitions = {
  submit: { from: ['draft', 'returned'], to: 'submitted', by: 'invitation.edit' },
  return: { from: ['submitted'], to: 'returned', by: 'letter.approve' },
  approve: { from: ['submitted'], to: 'approved', by: 'letter.approve' },
  reopen: { from: ['submitted', 'approved'], to: 'draft', by: 'invitation.edit' },
  issue: { from: ['approved'], to: 'issued', by: 'invitation.edit' },
  issue_unapproved: { from: ['draft', 'returned'], to: 'issued', by: 'invitation.edit' },
} as const satisfies Record<string, Transition>;

export type LetterVerb = keyof typeof transitions;

/** May this happen to a letter in that state? Guards the change and hides the button. */
export function allows(verb: LetterVerb, state: LetterState): boolean {
  const { from }: Transition = transitions[verb];
  return from.includes(state);
}

/** Only then is anything of its text written. */
export const isOpen = (state: LetterState): boolean => state === 'draft' || state === 'returned';
