import type { Deps } from '../../deps.js';
import { localParts } from '../../i18n/zones.js';
import type { TableSheet } from '../../spreadsheets/write-table.js';
import { formats, translators } from '../../texts.js';
import type { OfficeActor } from '../accounts/permissions.js';
import type { Event } from '../events/event.entity.js';
import { findSigner, letterheadOf } from '../offices/papers.service.js';
import { signatureBlock } from '../offices/signature.js';
import { stratumNames } from '../quotas/quotas.service.js';
import { reasonOf, type ReasonContext } from './reasons.js';
import { ruleSentences, runSentences } from './rule-sentences.js';
import { selectionPaper } from './report.document.js';
import { changesOf, entriesOfRun, findRun, type SelectionRun } from './runs.repository.js';

type ReportDeps = Pick<Deps, 'db' | 'clock' | 'files' | 'config'>;

// Papers are in Indonesian, whatever language the screen has.
const words = { t: translators.id, format: formats.id, language: 'id' };

const contextOf = (run: SelectionRun, event: Event): ReasonContext => ({
  settings: run.settings,
  asOf: run.asOf,
  event,
  t: words.t,
  format: words.format,
});

const rulesOfRun = (run: SelectionRun, event: Event, nameOf: (key: string) => string): string[] => [
  ...ruleSentences({ ...contextOf(run, event), nameOf }),
  ...runSentences(run, words),
];

/**
 * The berita acara of a run: what was decided, by which rules, and by whom.
 * @throws NotFound for a run of another event
 */
export async function runPaper(
  deps: ReportDeps,
  actor: OfficeActor,
  event: Event,
  runId: number,
): Promise<Buffer> {
  const run = await findRun(deps.db, event.id, runId);
  const entries = await entriesOfRun(deps.db, event.id, runId);
  const signer = await findSigner(deps.db, actor);
  const day = localParts(run.decidedAt, event.zone).date;
  const nameOf = await stratumNames(deps.db, actor.office, words);
  return selectionPaper({
    event,
    run,
    office: actor.office.name,
    chosen: entries.filter(({ outcome }) => outcome === 'chosen'),
    reserves: entries.filter(({ outcome }) => outcome === 'reserve').length,
    excluded: entries.filter(({ outcome }) => outcome === 'excluded'),
    changes: await changesOf(deps.db, runId),
    rules: rulesOfRun(run, event, nameOf),
    nameOf,
    reasonOf: (entry) => reasonOf(entry, contextOf(run, event)),
    letterhead: await letterheadOf(deps, actor),
    signer: signer && signatureBlock(signer),
    decidedOn: words.format.date(day),
    specimen: deps.config.demo ? words.t('action.specimen') : undefined,
    at: run.decidedAt,
  });
}

const columns = [
  'outcome',
  'stratum',
  'rank',
  'name',
  'region',
  'number',
  'reason',
  'last',
  'grade',
  'until',
  'registered',
  'no_shows',
  'draw',
  'by_hand',
] as const;

/** A run as tables that anybody can check: needs, draws and places of every institution, and the rules. */
export async function runSheet(
  { db }: ReportDeps,
  actor: OfficeActor,
  event: Event,
  runId: number,
): Promise<TableSheet[]> {
  const run = await findRun(db, event.id, runId);
  const { t } = words;
  const nameOf = await stratumNames(db, actor.office, words);
  const changes = new Map((await changesOf(db, runId)).map((change) => [change.institutionId, change]));
  const rows = (await entriesOfRun(db, event.id, runId)).map((entry) => {
    const { facts, institutionId } = entry;
    const change = changes.get(institutionId);
    return [
      t(`selection.outcome.${entry.outcome}`),
      entry.stratum && nameOf(entry.stratum),
      entry.rank,
      facts.name,
      facts.regionName,
      institutionId,
      reasonOf(entry, contextOf(run, event)),
      facts.lastAttendedOn,
      facts.grade,
      facts.accreditedUntil,
      t(facts.isRegistered ? 'common.yes' : 'common.no'),
      facts.noShows,
      facts.draw,
      change ? `${t(`selection.standing.${change.to}`)}: ${change.reason}` : '',
    ];
  });
  const table = {
    name: t('selection.sheet', { number: run.number }),
    headers: columns.map((column) => t(`selection.column.${column}`, { seed: run.settings.seed })),
    rows,
    widths: [12, 24, 8, 40, 24, 10, 60, 14, 12, 14, 12, 12, 24, 36],
  };
  const rules = rulesOfRun(run, event, nameOf).map((sentence, at) => [at + 1, sentence]);
  const heads = [t('selection.paper.number'), t('selection.paper.rules')];
  return [table, { name: t('selection.paper.rules'), headers: heads, rows: rules, widths: [6, 120] }];
}
