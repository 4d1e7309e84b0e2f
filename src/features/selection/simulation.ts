import { addMonths } from './criteria.js';
import { chanceOf } from './draw.js';
import { select, type Candidate, type SelectionRules } from './select.js';

export const simulatedMethods = ['fair', 'first_come', 'random'] as const;
export type SimulatedMethod = (typeof simulatedMethods)[number];

export interface SimulationGiven {
  /** Events, one a year. */
  years: number;
  /** Chance that an invited institution declines, 0 to 1. */
  declineRate: number;
}

/** How many institutions no event has reached yet, after each year. */
export interface SimulatedReach {
  method: SimulatedMethod;
  unreached: number[];
}

/** How much of who answers first is habit; the rest is chance anew each year. */
const habit = 0.7;

/** Plays the years of one method. */
class Years {
  private readonly reached = new Map<number, string>();

  constructor(
    private readonly candidates: readonly Candidate[],
    private readonly rules: SelectionRules,
    private readonly given: SimulationGiven,
  ) {}

  private declines(year: number, id: number): boolean {
    return chanceOf(`${this.rules.seed}:decline:${year}`, id) < this.given.declineRate;
  }

  /** The first of a line who do not decline. */
  private firstOf(line: readonly Candidate[], count: number, year: number): Candidate[] {
    return line.filter(({ id }) => !this.declines(year, id)).slice(0, count);
  }

  private inOrder(score: (candidate: Candidate) => number): Candidate[] {
    const scored = this.candidates.map((candidate) => ({ candidate, score: score(candidate) }));
    return scored.sort((a, b) => a.score - b.score).map(({ candidate }) => candidate);
  }

  /** Who declines is followed by the next reserve of the same stratum; without one, by the next of all. */
  private fair(year: number): Candidate[] {
    const known = this.candidates.map((candidate) => ({
      ...candidate,
      lastAttendedOn: this.reached.get(candidate.id) ?? candidate.lastAttendedOn,
    }));
    const rules = { ...this.rules, seed: `${this.rules.seed}:${year}`, asOf: dayOf(this.rules.asOf, year) };
    const { strata, chosen, reserves } = select(known, rules);
    const lines = Map.groupBy([...chosen, ...reserves], ({ stratum }) => stratum);
    const came = strata.flatMap(({ key, chosen: seats }) =>
      this.firstOf(
        (lines.get(key) ?? []).map(({ candidate }) => candidate),
        seats,
        year,
      ),
    );
    const taken = new Set(came.map(({ id }) => id));
    const others = reserves.map(({ candidate }) => candidate).filter(({ id }) => !taken.has(id));
    return [...came, ...this.firstOf(others, chosen.length - came.length, year)];
  }

  private came(method: SimulatedMethod, year: number): Candidate[] {
    const { seed, count } = this.rules;
    if (method === 'fair') return this.fair(year);
    const luck = ({ id }: Candidate) => chanceOf(`${seed}:luck:${year}`, id);
    const score =
      method === 'random'
        ? luck
        : (one: Candidate) => habit * chanceOf(`${seed}:habit`, one.id) + (1 - habit) * luck(one);
    return this.firstOf(this.inOrder(score), count, year);
  }

  play(method: SimulatedMethod): SimulatedReach {
    const never = new Set(
      this.candidates.filter(({ lastAttendedOn }) => lastAttendedOn === null).map(({ id }) => id),
    );
    const unreached: number[] = [];
    for (let year = 0; year < this.given.years; year += 1) {
      for (const { id } of this.came(method, year)) {
        this.reached.set(id, dayOf(this.rules.asOf, year));
        never.delete(id);
      }
      unreached.push(never.size);
    }
    return { method, unreached };
  }
}

const dayOf = (asOf: string, year: number): string => addMonths(asOf, 12 * year);

/**
 * What becomes of the institutions that were never reached when the same event is held once a year: by fair
 * selection, by first come, and by lot. Chances follow from the seed, so that it comes out the same every time.
 * @throws what `select` throws
 */
export function simulate(
  candidates: readonly Candidate[],
  rules: SelectionRules,
  given: SimulationGiven,
): SimulatedReach[] {
  return simulatedMethods.map((method) => new Years(candidates, rules, given).play(method));
}
