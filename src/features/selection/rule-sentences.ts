import type { Format } from '../../i18n/format.js';
import type { Translate } from '../../i18n/translate.js';
import { kindWord } from './reasons.js';
import { rulesOf } from './selection.service.js';
import type { SelectionSettings } from './selection.schema.js';

/** What the rules of a selection are told with. */
export interface RuleContext {
  settings: SelectionSettings;
  asOf: string;
  event: { kind: string; kindLabel: string };
  t: Translate;
  format: Format;
  /** Names of services and regions by their keys. */
  nameOf: (key: string) => string;
}

/** Of whom they were chosen: the filter in words. */
function population({ settings: { filter }, t, nameOf }: RuleContext): string {
  const { service, region, registration, accreditation, reached, q } = filter;
  const grade = ['none', 'ending'].includes(accreditation)
    ? t(`institution.filter.${accreditation}`)
    : t('institution.grade', { grade: accreditation });
  const narrowed = [
    service && nameOf(service),
    region && nameOf(region),
    registration && t(`institution.registration.${registration}`),
    accreditation && grade,
    reached && t(`selection.sentence.reached_${reached}`),
    q && t('selection.sentence.named', { words: q }),
  ].filter(Boolean);
  return narrowed.length === 0
    ? t('selection.sentence.population_all')
    : t('selection.sentence.population_some', { narrowed: narrowed.join('; ') });
}

/** How many: seats are shared among institutions that get the same number each. */
function places({ settings, asOf, t, format }: RuleContext): string {
  const { unit, number, seatsPerInstitution } = settings;
  const { count } = rulesOf(settings, asOf);
  const numbers = { count, number: format.number(number), seats: seatsPerInstitution };
  const spare = unit === 'seats' ? number - count * seatsPerInstitution : 0;
  const told = t(`selection.sentence.places_${unit}`, numbers);
  return spare > 0 ? `${told} ${t('selection.sentence.spare', { count: spare })}` : told;
}

/** The rules as sentences that can be read aloud. */
export function ruleSentences(context: RuleContext): string[] {
  const { settings, asOf, t } = context;
  const { minimum, maximum, capPerRegion, capPerType, criteria } = rulesOf(settings, asOf);
  const order = criteria.map((criterion) => t(`selection.criterion.${criterion}`).toLowerCase());
  const counted = criteria.some((one) => one === 'never_attended' || one === 'longest_since');
  return [
    population(context),
    places(context),
    t(`selection.sentence.shares_${settings.dimension}`, { count: minimum }),
    ...(maximum === null ? [] : [t('selection.sentence.maximum', { count: maximum })]),
    ...(capPerRegion === null ? [] : [t('selection.sentence.cap_region', { count: capPerRegion })]),
    ...(capPerType === null ? [] : [t('selection.sentence.cap_type', { count: capPerType })]),
    order.length > 0
      ? t('selection.sentence.order', { order: order.join('; ') })
      : t('selection.sentence.only_draw'),
    ...(counted ? [t('selection.sentence.kind', { kind: kindWord(context) })] : []),
    t('selection.sentence.draw', { seed: settings.seed }),
    ...(settings.dimension === 'service' ? [t('selection.one_stratum')] : []),
  ];
}

/** What else a run tells of how it came to be. */
export const runSentences = (
  run: { seedChanges: number; unfilled: number },
  { t }: Pick<RuleContext, 't'>,
): string[] => [
  ...(run.seedChanges > 0 ? [t('selection.sentence.redrawn', { count: run.seedChanges })] : []),
  ...(run.unfilled > 0 ? [t('selection.sentence.unfilled', { count: run.unfilled })] : []),
];
