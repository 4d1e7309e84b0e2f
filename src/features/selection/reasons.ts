import type { Format } from '../../i18n/format.js';
import type { Translate } from '../../i18n/translate.js';
import { daysBetween } from '../../i18n/zones.js';
import { accreditationNeed, addMonths, repeatedNoShows } from './criteria.js';
import type { Outcome, SelectionEntry } from './runs.repository.js';
import { rulesOf } from './selection.service.js';
import type { SelectionSettings } from './selection.schema.js';

/** What a reason is told with: the rules it follows from, and the language. */
export interface ReasonContext {
  settings: SelectionSettings;
  /** Day of the selection. */
  asOf: string;
  event: { kind: string; kindLabel: string };
  t: Translate;
  format: Format;
}

/** Whole months from one day to another. */
function monthsBetween(from: string, to: string): number {
  let months = 0;
  while (addMonths(from, months + 1) <= to) months += 1;
  return months;
}

function accreditation(
  facts: SelectionEntry['facts'],
  { asOf, t, format }: ReasonContext,
): string | undefined {
  const need = accreditationNeed(facts, asOf);
  const until = facts.accreditedUntil ?? asOf;
  if (need === 'none') return undefined;
  if (need === 'missing') return t('selection.reason.accreditation_missing');
  if (need === 'ended') return t('selection.reason.accreditation_ended', { date: format.shortDate(until) });
  const months = monthsBetween(asOf, until);
  return months > 0
    ? t('selection.reason.ending_months', { count: months })
    : t('selection.reason.ending_days', { count: daysBetween(asOf, until) });
}

/** What kind of event somebody was at, as it is said in the middle of a sentence. */
export function kindWord({ settings, event, t }: Pick<ReasonContext, 'settings' | 'event' | 't'>): string {
  if (settings.isWidened) return t('selection.kind.any');
  return event.kind === 'other' && event.kindLabel ? event.kindLabel : t(`selection.kind.${event.kind}`);
}

function needsOf(facts: SelectionEntry['facts'], context: ReasonContext): string[] {
  const { t, format } = context;
  const kind = kindWord(context);
  const { criteria } = rulesOf(context.settings, context.asOf);
  const told = {
    no_shows_last:
      facts.noShows >= repeatedNoShows && t('selection.reason.no_shows', { count: facts.noShows }),
    never_attended: facts.lastAttendedOn === null && t('selection.reason.never', { kind }),
    longest_since:
      facts.lastAttendedOn !== null &&
      t('selection.reason.last', { kind, date: format.shortDate(facts.lastAttendedOn) }),
    accreditation: accreditation(facts, context),
    not_registered: !facts.isRegistered && t('selection.reason.not_registered'),
  };
  return criteria.map((criterion) => told[criterion]).filter((text) => typeof text === 'string');
}

/**
 * Why an institution was chosen, or was not, in one sentence without its end: "belum pernah ikut bimtek; akreditasi
 * berakhir 3 bulan lagi". Only criteria that count are told.
 */
export function reasonOf(
  { institutionId, outcome, facts }: Pick<SelectionEntry, 'institutionId' | 'facts'> & { outcome: Outcome },
  context: ReasonContext,
): string {
  const { t, settings } = context;
  const must = settings.must.find((one) => one.institutionId === institutionId);
  if (must) return t(`selection.reason.${must.kind}`, { reason: must.reason });
  const parts = needsOf(facts, context);
  if (facts.fullCap) parts.push(t(`selection.reason.full_${facts.fullCap}`, { region: facts.regionName }));
  if (facts.byDraw) parts.push(t('selection.reason.by_draw'));
  if (parts.length === 0) parts.push(t(`selection.reason.none_${outcome}`));
  return parts.join('; ');
}
