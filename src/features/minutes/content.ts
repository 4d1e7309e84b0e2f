import type { BlockKind } from './minutes.words.js';

/** A line as it is read: who, for whom, and what; an issue with its responses. */
export type Line = Said & { kind: BlockKind; responses: Said[] };

export type Said = { text: string; person: string; origin: string };

export type FrozenAction = {
  problem: string;
  title: string;
  owner: string;
  involved: string;
  dueOn: string | null;
  word: string;
  evidence: number;
};

/** At a time, by somebody: names as they were then. */
export type Signed = { by: string; at: string };

/** Who took part: by name, and counted. Format 1 counted guests among the people. */
export type Participants = { list: { name: string; position: string; origin: string }[] } & (
  { people: number; institutions: number } | { delegates: number; institutions: number; guests: number }
);

/**
 * Everything that the minutes of an event show, and nothing else: what is frozen, printed and read on the page.
 * Times are ISO 8601 in UTC, dates those of the event's zone. A later shape gets a number of its own.
 */
export type MinutesContent = {
  format: 1 | 2;
  edition: number;
  /** SHA-256 of the edition before. */
  previous: string | null;
  correction: string;
  office: { name: string; lines: string[]; logo: string | null };
  event: {
    title: string;
    subject: string;
    partner: string;
    place: string;
    zone: string;
    firstDay: string | null;
    lastDay: string | null;
  };
  head: {
    letterNumber: string;
    letterDate: string | null;
    heldFrom: string | null;
    heldUntil: string | null;
    chairName: string;
    chairPosition: string;
    secretaryName: string;
    recorderName: string;
    recorderPosition: string;
    participantsNote: string;
  };
  participants: Participants;
  agenda: { title: string; speaker: string }[];
  opening: Line[];
  /** Discussions and issues by item of the agenda; those without one come last, with an empty title. */
  sections: { title: string; lines: Line[] }[];
  decisions: Line[];
  /** Promises of earlier events, asked about as the first item of the agenda, with what was said of each. */
  evaluation: (FrozenAction & { carried: number; recorded: string[] })[];
  actions: FrozenAction[];
  handovers: { institution: string; document: string; number: string; receivedBy: string }[];
  reviews: { programme: string; result: string; note: string }[];
  indicators: {
    name: string;
    year: number | null;
    source: string;
    total: number;
    parts: { name: string; value: number }[];
  }[];
  /** Thumbnails in the file store. */
  photos: { sha256: string; caption: string }[];
  submitted: Signed | null;
  approval: Signed | null;
};
