import type { Tx } from '../../database/data-source.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { InfeasibleMinimum } from '../quotas/apportionment.js';
import type { RegisteredCandidate } from './candidates.service.js';
import { compareMethods, type Reach } from './compare.js';
import { entriesOf, type SelectionEntry } from './runs.repository.js';
import { select, TooManyMusts, type Selection, type SelectionRules } from './select.js';
import { fingerprintOf, prepareSelection, type SelectionPlan } from './selection.service.js';

/** Why the rules give no selection, as a text with its numbers. */
export interface Impossible {
  key: string;
  values: Record<string, unknown>;
}

export interface Preview {
  population: number;
  /** Institutions that offer further services: they count by the main one only. */
  severalServices: number;
  rules: SelectionRules;
  candidates: RegisteredCandidate[];
  result?: {
    selection: Selection<RegisteredCandidate>;
    entries: SelectionEntry[];
    comparison: Reach[];
    fingerprint: string;
  };
  impossible?: Impossible;
}

/** @throws what is not about the rules */
export function impossible(error: unknown): Impossible {
  if (error instanceof InfeasibleMinimum)
    return { key: 'selection.impossible.minimum', values: { needed: error.needed, places: error.seats } };
  if (error instanceof TooManyMusts)
    return {
      key: `selection.impossible.must_${error.where}`,
      values: { musts: error.musts, most: error.most, key: error.key },
    };
  throw error;
}

/** What a selection by these settings gives today; nothing is kept. */
export async function previewSelection(
  tx: Tx,
  actor: OfficeActor,
  event: { id: number; kind: string; kindLabel: string },
  { settings }: SelectionPlan,
  now: Date,
): Promise<Preview> {
  const { candidates, rules } = await prepareSelection(tx, actor, event, settings, now);
  const shared = {
    population: candidates.length,
    severalServices: candidates.filter(({ furtherServices }) => furtherServices > 0).length,
    rules,
    candidates,
  };
  try {
    const selection = select(candidates, rules);
    const result = {
      selection,
      entries: entriesOf(selection),
      comparison: compareMethods(candidates, rules),
      fingerprint: fingerprintOf(selection, rules),
    };
    return { ...shared, result };
  } catch (error) {
    return { ...shared, impossible: impossible(error) };
  }
}

/** Who comes in, and who goes out, when another number is chosen. */
export interface WhatIf {
  count: number;
  comesIn: SelectionEntry[];
  goesOut: SelectionEntry[];
  /** Chosen by stratum, now and then. */
  strata: { key: string; now: number; then: number }[];
}

/** "Bagaimana bila 45?": the same rules with another number. */
export function whatIf({ candidates, rules, result }: Preview, count: number): WhatIf | Impossible {
  try {
    const then = select(candidates, { ...rules, count });
    const chosen = (entries: SelectionEntry[]) => entries.filter(({ outcome }) => outcome === 'chosen');
    const [before, after] = [chosen(result?.entries ?? []), chosen(entriesOf(then))];
    const without = (list: SelectionEntry[], other: SelectionEntry[]) => {
      const ids = new Set(other.map(({ institutionId }) => institutionId));
      return list.filter(({ institutionId }) => !ids.has(institutionId));
    };
    const now = new Map(result?.selection.strata.map((row) => [row.key, row.chosen]));
    return {
      count,
      comesIn: without(after, before),
      goesOut: without(before, after),
      strata: then.strata.map((row) => ({ key: row.key, now: now.get(row.key) ?? 0, then: row.chosen })),
    };
  } catch (error) {
    return impossible(error);
  }
}
