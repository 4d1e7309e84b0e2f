/** Words that the table of letters, its forms and its pages share. */

export const letterStates = ['draft', 'submitted', 'returned', 'approved', 'issued'] as const;
export type LetterState = (typeof letterStates)[number];

/** `each`: an own letter for each institution; `list`: one that serves all, with their list as annex. */
export const letterModes = ['each', 'list'] as const;
export type LetterMode = (typeof letterModes)[number];

export const letterFonts = ['serif', 'sans'] as const;

/** Where place and date stand: right of number and subject, or above the signature. */
export const datePlaces = ['head', 'signature'] as const;

/** Everything between letterhead and annex that can change places. */
export const blockNames = [
  'facts',
  'addressee',
  'opening',
  'details',
  'notes',
  'closing',
  'signature',
  'copies',
  'answer',
] as const;
export type BlockName = (typeof blockNames)[number];
