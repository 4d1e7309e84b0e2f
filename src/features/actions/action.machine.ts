/** By which way a change comes: the owner's link, the office, or time itself. */
export type Way = 'link' | 'office' | 'clock';

export const actionStates = [
  'open',
  'in_progress',
  'handed_in',
  'returned',
  'deferred',
  'verified',
  'dropped',
] as const;
export type ActionState = (typeof actionStates)[number];

interface Transition {
  from: readonly ActionState[];
  to: ActionState;
  by: readonly Way[];
}

/** States in which somebody still owes work. */
export const owedStates = ['open', 'in_progress', 'returned'] as const;

/**
 * The life of a follow-up, row by row as in docs/states.md. Nothing changes a state but through this table. The
 * owner's link never verifies: whoever did the work does not say that it is good.
 */
export const transitions = {
  start: { from: ['open', 'returned', 'deferred'], to: 'in_progress', by: ['link', 'office'] },
  hand_in: { from: [...owedStates, 'deferred'], to: 'handed_in', by: ['link', 'office'] },
  verify: { from: ['handed_in'], to: 'verified', by: ['office'] },
  return: { from: ['handed_in'], to: 'returned', by: ['office'] },
  defer: { from: owedStates, to: 'deferred', by: ['office'] },
  resume: { from: ['deferred'], to: 'open', by: ['office', 'clock'] },
  drop: { from: [...owedStates, 'handed_in', 'deferred'], to: 'dropped', by: ['office'] },
  reopen: { from: ['verified', 'dropped'], to: 'open', by: ['office'] },
} as const satisfies Record<string, Transition>;

export type Verb = keyof typeof transitions;
export const verbs = Object.keys(transitions) as Verb[];

/** May this happen to a follow-up in that state, by that way? Guards the change and hides the button. */
export function allows(verb: Verb, state: ActionState, way: Way): boolean {
  const { from, by }: Transition = transitions[verb];
  return from.includes(state) && by.includes(way);
}

/** The three words that the RTL table of offices has for a state (domain.md). */
export type StatusWord = 'Belum' | 'Proses' | 'Selesai';

const words: Record<ActionState, StatusWord> = {
  open: 'Belum',
  returned: 'Belum',
  deferred: 'Belum',
  in_progress: 'Proses',
  handed_in: 'Proses',
  verified: 'Selesai',
  // Not done, and never will be; it stands in no RTL table of its own event (docs/decisions/045).
  dropped: 'Belum',
};

export const wordOf = (state: ActionState): StatusWord => words[state];

/** A verified or dropped follow-up is asked about no more. */
export const isClosed = (state: ActionState): boolean => state === 'verified' || state === 'dropped';
