import { drawOf } from './draw.js';
import { select, stratumOf, type Candidate, type SelectionRules } from './select.js';

/** What is known of how an institution answered before. */
export interface Answering {
  /** Invitations of the office that it accepted. */
  acceptedBefore: number;
}

export type Method = 'fair' | 'first_come' | 'all';

/** Whom a way of filling the seats would reach. */
export interface Reach {
  method: Method;
  chosen: number;
  /** Of those chosen, how many never came to an event of this kind. */
  neverAttended: number;
  regions: number;
  /** Chosen by stratum. */
  strata: Map<string, number>;
}

function reachOf(method: Method, chosen: readonly Candidate[], rules: SelectionRules): Reach {
  const strata = new Map<string, number>();
  for (const candidate of chosen) {
    const key = stratumOf(candidate, rules.dimension);
    strata.set(key, (strata.get(key) ?? 0) + 1);
  }
  return {
    method,
    chosen: chosen.length,
    neverAttended: chosen.filter(({ lastAttendedOn }) => lastAttendedOn === null).length,
    regions: new Set(chosen.map(({ regionKey }) => regionKey)).size,
    strata,
  };
}

/**
 * Who would get the places if the first to answer had them: those who accepted most often so far answer first again,
 * all others in the order of the draw. An estimate, and the page says so.
 */
export function firstToAnswer<C extends Candidate & Answering>(
  candidates: readonly C[],
  { count, seed }: Pick<SelectionRules, 'count' | 'seed'>,
): C[] {
  const drawn = candidates.map((candidate) => ({ candidate, draw: drawOf(`${seed}:first`, candidate.id) }));
  drawn.sort((a, b) => b.candidate.acceptedBefore - a.candidate.acceptedBefore || (a.draw < b.draw ? -1 : 1));
  return drawn.slice(0, count).map(({ candidate }) => candidate);
}

/**
 * The selection beside "first come, first served" and "invite all".
 * @throws what `select` throws
 */
export function compareMethods(
  candidates: readonly (Candidate & Answering)[],
  rules: SelectionRules,
): Reach[] {
  const fair = select(candidates, rules).chosen.map(({ candidate }) => candidate);
  return [
    reachOf('fair', fair, rules),
    reachOf('first_come', firstToAnswer(candidates, rules), rules),
    reachOf('all', candidates, rules),
  ];
}
