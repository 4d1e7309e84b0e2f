import { apportion, type Stratum } from '../quotas/apportionment.js';
import type { Dimension } from '../quotas/event-quota.entity.js';
import { generalKey } from '../quotas/quota-stratum.entity.js';
import { comparePlaces, placesOf, type Criterion, type Need } from './criteria.js';
import { drawOf } from './draw.js';
import { Room, type Spot } from './room.js';

/** An institution that could be invited. Its main service decides where it counts, however many it offers. */
export interface Candidate extends Need {
  id: number;
  regionKey: string;
  serviceKey: string;
}

/** Everything that decides a selection; the same rules and candidates always give the same result. */
export interface SelectionRules {
  /** Institutions to choose (rules.md 1). */
  count: number;
  dimension: Dimension;
  /** Institutions that every non-empty stratum gets at least. */
  minimum: number;
  /** Institutions that one stratum gets at most. */
  maximum: number | null;
  /** Institutions of one kabupaten/kota at most; not along the dimension itself. */
  capPerRegion: number | null;
  /** Institutions of one main service at most; not along the dimension itself. */
  capPerType: number | null;
  /** Those that count, in their order. */
  criteria: readonly Criterion[];
  seed: string;
  /** The day on which needs are judged, `2026-03-02`. */
  asOf: string;
  /** Chosen whatever their place is. */
  mustInvite: ReadonlySet<number>;
  /** Left out whatever their place is. */
  mustNotInvite: ReadonlySet<number>;
}

export interface Ranked<C extends Candidate = Candidate> {
  candidate: C;
  stratum: string;
  /** 1 is first in its stratum. */
  rank: number;
  isMust: boolean;
  draw: string;
  /** Only the draw parts it from one on the other side of the line between chosen and reserve. */
  byDraw: boolean;
  /** A reserve whose kabupaten/kota, or service, had as many as it may: which of the two was full. */
  fullCap: 'region' | 'type' | null;
}

export interface StratumResult {
  key: string;
  /** Institutions that could be chosen. */
  size: number;
  /** What the apportionment gives. */
  share: number;
  /** What every non-empty stratum should get. */
  minimum: number;
  /** Fewer than the share, or even the minimum, where a cap on the other dimension leaves nobody. */
  chosen: number;
  must: number;
}

export interface Selection<C extends Candidate = Candidate> {
  strata: StratumResult[];
  /** By stratum in its order, then by rank. */
  chosen: Ranked<C>[];
  reserves: Ranked<C>[];
  excluded: C[];
  /** Places that nobody may take because of the caps. */
  unfilled: number;
}

/** More must be invited than the rules allow: the numbers, and where. */
export class TooManyMusts extends Error {
  constructor(
    readonly where: 'all' | 'stratum' | 'region' | 'type',
    readonly key: string,
    readonly musts: number,
    readonly most: number,
  ) {
    super(`${musts} must be invited, ${most} may be (${where} ${key})`);
  }
}

export const stratumOf = (candidate: Candidate, dimension: Dimension): string =>
  dimension === 'service' ? candidate.serviceKey : dimension === 'region' ? candidate.regionKey : generalKey;

/**
 * Fair selection: seats go to strata by apportionment (rules.md 18); within a stratum institutions are put in order
 * by need, ties by the draw; whoever must be invited comes first. Caps on the other dimension are kept: minima come
 * first, then shares, the smallest stratum before the others, since it has the fewest to choose from; what a stratum
 * cannot fill goes to the others. Nobody is taken who would leave another stratum fewer than that, so that no place
 * stays empty while anybody may have it.
 * @throws InfeasibleMinimum when the minima together need more than `count`
 * @throws TooManyMusts when more must be invited than `count`, a stratum or a cap allows
 */
export function select<C extends Candidate>(candidates: readonly C[], rules: SelectionRules): Selection<C> {
  const excluded = candidates.filter(({ id }) => rules.mustNotInvite.has(id));
  const queues = queuesOf(
    candidates.filter(({ id }) => !rules.mustNotInvite.has(id)),
    rules,
  );
  checkMusts(queues, rules);
  const most = new Map<string, number>();
  for (;;) {
    const shares = sharesOf(queues, rules, most);
    const room = roomFor(queues, rules, shares);
    const short = queues
      .map(({ key }): [string, number] => [key, room.countOf(key)])
      .filter(([key, count]) => count < (shares.get(key) ?? 0));
    // What a stratum cannot fill goes to the others, until each has what it can.
    if (short.length === 0)
      return resultOf(queues, rules, { picked: pick(queues, rules, room), most, excluded });
    for (const [key, count] of short) most.set(key, count);
  }
}

/** The institutions of a stratum in their order. */
interface Queue<C extends Candidate> {
  key: string;
  draw: string;
  entries: (Ranked<C> & { places: number[] })[];
}

function queuesOf<C extends Candidate>(candidates: readonly C[], rules: SelectionRules): Queue<C>[] {
  const groups = Map.groupBy(candidates, (candidate) => stratumOf(candidate, rules.dimension));
  const queues = [...groups].map(([key, members]): Queue<C> => {
    const entries = members.map((candidate) => ({
      candidate,
      stratum: key,
      rank: 0,
      isMust: rules.mustInvite.has(candidate.id),
      draw: drawOf(rules.seed, candidate.id),
      byDraw: false,
      fullCap: null,
      places: placesOf(candidate, rules.criteria, rules.asOf),
    }));
    entries.sort(
      (a, b) =>
        Number(b.isMust) - Number(a.isMust) ||
        comparePlaces(a.places, b.places) ||
        (a.draw < b.draw ? -1 : 1),
    );
    entries.forEach((entry, index) => (entry.rank = index + 1));
    return { key, draw: drawOf(rules.seed, key), entries };
  });
  return queues.sort((a, b) => b.entries.length - a.entries.length || (a.draw < b.draw ? -1 : 1));
}

const mustsOf = <C extends Candidate>({ entries }: Queue<C>): number =>
  // They stand first.
  entries.findLastIndex(({ isMust }) => isMust) + 1;

/** The seats of each stratum; `most` bounds those that could not fill theirs. */
function sharesOf<C extends Candidate>(
  queues: readonly Queue<C>[],
  { count, minimum, maximum }: SelectionRules,
  most: ReadonlyMap<string, number>,
): Map<string, number> {
  const strata = queues.map((queue): Stratum => {
    const size = queue.entries.length;
    return {
      key: queue.key,
      size,
      least: mustsOf(queue),
      most: Math.min(size, maximum ?? size, most.get(queue.key) ?? size),
    };
  });
  // Queues stand by size and draw already, and that is the order of ties.
  return apportion(strata, { seats: count, minimum });
}

function checkMusts<C extends Candidate>(queues: readonly Queue<C>[], rules: SelectionRules): void {
  const musts = queues.flatMap(({ entries }) => entries.filter(({ isMust }) => isMust));
  if (musts.length > rules.count) throw new TooManyMusts('all', '', musts.length, rules.count);
  const check = (where: TooManyMusts['where'], most: number | null, keyOf: (one: Ranked<C>) => string) => {
    if (most === null) return;
    for (const [key, list] of Map.groupBy(musts, keyOf))
      if (list.length > most) throw new TooManyMusts(where, key, list.length, most);
  };
  check('stratum', rules.maximum, ({ stratum }) => stratum);
  check('region', rules.capPerRegion, ({ candidate }) => candidate.regionKey);
  check('type', rules.capPerType, ({ candidate }) => candidate.serviceKey);
}

const spotOf = (candidate: Candidate, dimension: Dimension): Spot => {
  const { serviceKey, regionKey } = candidate;
  const [row, column] = dimension === 'region' ? [regionKey, serviceKey] : [serviceKey, regionKey];
  return { group: stratumOf(candidate, dimension), row, column };
};

/** The places of each stratum as far as the caps allow: who must be invited, then minima, then shares. */
function roomFor<C extends Candidate>(
  queues: readonly Queue<C>[],
  { dimension, minimum, capPerRegion, capPerType }: SelectionRules,
  shares: ReadonlyMap<string, number>,
): Room {
  const entries = queues.flatMap((queue) => queue.entries);
  const room = new Room(
    entries.map(({ candidate }) => spotOf(candidate, dimension)),
    {
      row: dimension === 'none' ? capPerType : null,
      column: dimension === 'region' ? capPerType : capPerRegion,
    },
  );
  for (const { candidate, isMust } of entries) if (isMust) room.promise(spotOf(candidate, dimension));
  const shareOf = ({ key }: Queue<C>) => shares.get(key) ?? 0;
  const smallestFirst = queues.toReversed();
  for (const queue of smallestFirst) room.grow(queue.key, Math.min(minimum, shareOf(queue)));
  for (const queue of smallestFirst) room.grow(queue.key, shareOf(queue));
  return room;
}

interface Picked {
  ids: Set<number>;
  counts: Map<string, number>;
  regions: Map<string, number>;
  types: Map<string, number>;
}

const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

function fullCap(
  { candidate }: Ranked,
  { capPerRegion, capPerType }: SelectionRules,
  { regions, types }: Picked,
): Ranked['fullCap'] {
  if (capPerRegion !== null && (regions.get(candidate.regionKey) ?? 0) >= capPerRegion) return 'region';
  return capPerType !== null && (types.get(candidate.serviceKey) ?? 0) >= capPerType ? 'type' : null;
}

function pick<C extends Candidate>(
  queues: readonly Queue<C>[],
  { dimension }: SelectionRules,
  room: Room,
): Picked {
  const picked: Picked = { ids: new Set(), counts: new Map(), regions: new Map(), types: new Map() };
  for (const { key, entries } of queues.toReversed()) {
    let left = room.countOf(key);
    for (const { candidate, isMust } of entries) {
      if (left === 0) break;
      if (!isMust && !room.take(spotOf(candidate, dimension))) continue;
      left -= 1;
      picked.ids.add(candidate.id);
      add(picked.counts, key);
      add(picked.regions, candidate.regionKey);
      add(picked.types, candidate.serviceKey);
    }
  }
  return picked;
}

/** Two that only the draw parts, one chosen and one not: both are told so. */
function markDraws<C extends Candidate>({ entries }: Queue<C>, { ids }: Picked): void {
  const isChosen = ({ candidate }: Ranked<C>) => ids.has(candidate.id);
  const open = entries.filter(({ isMust, fullCap: full }) => !isMust && full === null);
  const last = open.findLast(isChosen);
  const next = open.find((entry) => !isChosen(entry));
  if (!last || !next || comparePlaces(last.places, next.places) !== 0) return;
  for (const entry of open) entry.byDraw = comparePlaces(entry.places, last.places) === 0;
}

function resultOf<C extends Candidate>(
  queues: Queue<C>[],
  rules: SelectionRules,
  { picked, most, excluded }: { picked: Picked; most: ReadonlyMap<string, number>; excluded: C[] },
): Selection<C> {
  const shares = sharesOf(queues, rules, new Map());
  for (const queue of queues) {
    const last = queue.entries.findLastIndex(({ candidate }) => picked.ids.has(candidate.id));
    for (const [at, entry] of queue.entries.entries()) {
      if (picked.ids.has(entry.candidate.id)) continue;
      // A cap kept it out where the choice went on below it, or its stratum could not fill its share.
      if (at < last || most.has(queue.key)) entry.fullCap = fullCap(entry, rules, picked);
    }
    markDraws(queue, picked);
  }
  const ranked = queues.flatMap(({ entries }) => entries.map(({ places: _places, ...entry }) => entry));
  const chosen = ranked.filter(({ candidate }) => picked.ids.has(candidate.id));
  const wanted = Math.min(rules.count, ranked.length);
  return {
    strata: queues.map((queue) => ({
      key: queue.key,
      size: queue.entries.length,
      share: shares.get(queue.key) ?? 0,
      minimum: Math.min(rules.minimum, queue.entries.length, rules.maximum ?? Infinity),
      chosen: picked.counts.get(queue.key) ?? 0,
      must: mustsOf(queue),
    })),
    chosen,
    reserves: ranked.filter(({ candidate }) => !picked.ids.has(candidate.id)),
    excluded,
    unfilled: wanted - chosen.length,
  };
}
