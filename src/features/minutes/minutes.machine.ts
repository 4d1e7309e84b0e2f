import type { Permission } from '../accounts/permissions.js';
import type { MinutesState } from './minutes.words.js';

interface Transition {
  from: readonly MinutesState[];
  to: MinutesState;
  by: Permission;
}

/**
 * The life of the minutes of an event, row by row as in docs/states.md. Nothing changes their state but through
 * this table.
 */
export const transitions = {
  submit: { from: ['draft', 'returned'], to: 'submitted', by: 'minutes.write' },
  return: { from: ['submitted'], to: 'returned', by: 'minutes.approve' },
  approve: { from: ['submitted'], to: 'approved', by: 'minutes.approve' },
  publish: { from: ['approved'], to: 'published', by: 'minutes.publish' },
  correct: { from: ['approved', 'published'], to: 'draft', by: 'minutes.write' },
} as const satisfies Record<string, Transition>;

export type Verb = keyof typeof transitions;

/** May this happen to minutes in that state? Guards the change and hides the button. */
export function allows(verb: Verb, state: MinutesState): boolean {
  const { from }: Transition = transitions[verb];
  return from.includes(state);
}

/** Only then does anybody write: the triggers of the database say the same. */
export const isOpen = (state: MinutesState): boolean => state === 'draft' || state === 'returned';
