/** The words that the columns of minutes may hold. */
export const minutesStates = ['draft', 'submitted', 'returned', 'approved', 'published'] as const;
export type MinutesState = (typeof minutesStates)[number];

/** What a line of the minutes is; a response belongs to an issue. */
export const blockKinds = ['opening', 'discussion', 'issue', 'response', 'decision'] as const;
export type BlockKind = (typeof blockKinds)[number];

/** Kinds that a line can change between. */
export const changeableKinds = ['discussion', 'issue', 'decision'] as const;
export type ChangeableKind = (typeof changeableKinds)[number];

export const issueStates = ['open', 'answered', 'closed'] as const;
export type IssueState = (typeof issueStates)[number];
