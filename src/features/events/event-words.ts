/** The words that the columns of an event may hold. */
export const eventKinds = ['rakor', 'bimtek', 'content_training', 'other'] as const;
export type EventKind = (typeof eventKinds)[number];

export const eventStates = ['draft', 'published', 'running', 'finished', 'cancelled'] as const;
export type EventState = (typeof eventStates)[number];

/** Who gets a seat: whoever accepts first, or whom the office chose. */
export const fillings = ['first_come', 'selection'] as const;
export type Filling = (typeof fillings)[number];

export const speakerRoles = ['speaker', 'moderator', 'facilitator', 'chair', 'opening', 'other'] as const;
