import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { Conflict, InvalidInput } from '../../errors.js';
import { endOfDay } from '../../i18n/zones.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { fillBySelection, lockEvent } from '../events/filling.service.js';
import { openBook, type Book } from '../invitations/book.js';
import { listIsUntouched, putOnList, replaceList } from '../invitations/choosing.js';
import { officeAuthor } from '../invitations/invitations.service.js';
import { shareSeats } from '../quotas/quotas.service.js';
import { keepRegistryStill, type RegisteredCandidate } from './candidates.service.js';
import { compareMethods } from './compare.js';
import { impossible } from './preview.service.js';
import { listIsAsDecided, runsOf, writeRun, type RunFacts } from './runs.repository.js';
import { select, type Ranked, type Selection, type SelectionRules } from './select.js';
import { fingerprintOf, prepareSelection, readPlanOf, type SelectionPlan } from './selection.service.js';

export interface WantedDecision {
  /** Fingerprint of the selection that the person saw. */
  seen: string;
  /** Last day on which those who are chosen answer; null: until the event's answer-by. */
  firstWaveOn: string | null;
  offerHours: number;
}

/**
 * Decides a selection: keeps it as a run that nothing changes any more, gives its shares to the seats, and puts who
 * was chosen, and the reserves in their order, on the event's list. It is computed anew under the locks: when the
 * registry has changed since the person looked, they look again.
 * @returns id of the run; of the one that stands already, when it says just the same
 * @throws Conflict when invitations are out already, the event is over, or the selection is another one by now
 * @throws InvalidInput at `firstWaveOn` for a day that is past, or after the event's answer-by
 */
export function decideSelection(
  deps: Pick<Deps, 'db' | 'clock' | 'links'>,
  actor: OfficeActor,
  eventId: number,
  wanted: WantedDecision,
): Promise<number> {
  return inTransaction(deps.db, async (tx) => {
    const event = await lockEvent(tx, actor, eventId);
    const book = await openBook(tx, deps.clock, eventId, officeAuthor(actor));
    const { now } = book;
    const obstacle = await obstacleToDecision(tx, event);
    if (obstacle) throw new Conflict(obstacle);
    const firstWaveBy = firstWaveOf(book, wanted.firstWaveOn, event.zone);
    await keepRegistryStill(tx, actor.office);
    const plan = await readPlanOf(tx, eventId);
    const { candidates, rules } = await prepareSelection(tx, actor, event, plan.settings, now);
    const selection = selectOrRefuse(candidates, rules);
    const sha256 = fingerprintOf(selection, rules);
    if (sha256 !== wanted.seen) throw new Conflict('selection.error.changed_meanwhile');
    if (selection.chosen.length === 0) throw new Conflict('selection.error.nobody');
    const standing = await standingRun(book, sha256, { firstWaveBy, offerHours: wanted.offerHours });
    if (standing !== undefined) return standing;
    const { settings } = plan;
    // Before the strata that some of it may lie in are gone.
    await replaceList(book);
    await shareSeats(tx, book.quota, {
      seatsPerInstitution: settings.seatsPerInstitution,
      dimension: settings.dimension,
      capPerRegion: inSeats(rules.capPerRegion, settings.seatsPerInstitution),
      capPerType: inSeats(rules.capPerType, settings.seatsPerInstitution),
      offerHours: wanted.offerHours,
      firstWaveBy,
      strata: selection.strata.map(({ key, chosen }) => ({
        key,
        seats: chosen * settings.seatsPerInstitution,
      })),
    });
    await fillBySelection(tx, actor, event);
    // Read anew: institutions go to the strata that have just been made.
    const shared = await openBook(tx, deps.clock, eventId, book.author);
    await fillList(shared, deps, selection, settings.seatsPerInstitution);
    const run = factsOf(plan, rules, selection, candidates, sha256);
    const { id, number } = await writeRun(tx, eventId, run, { decidedBy: actor.userId, decidedAt: now });
    await recordAudit(tx, byActor(actor), {
      action: 'selection.decided',
      subject: ['event', eventId],
      detail: { run: number, chosen: selection.chosen.length, reserves: selection.reserves.length, sha256 },
    });
    return id;
  });
}

/** @throws Conflict when the rules give no selection any more: a colleague changed them meanwhile */
function selectOrRefuse(candidates: RegisteredCandidate[], rules: SelectionRules) {
  try {
    return select(candidates, rules);
  } catch (error) {
    const { key, values } = impossible(error);
    throw new Conflict(key, values);
  }
}

/** The run that says just this already: a second tap on the button decides nothing anew. */
async function standingRun(
  { tx, quota }: Book,
  sha256: string,
  { firstWaveBy, offerHours }: { firstWaveBy: Date | null; offerHours: number },
): Promise<number | undefined> {
  const isSameWave = Number(quota.firstWaveBy) === Number(firstWaveBy) && quota.offerHours === offerHours;
  const [last] = await runsOf(tx, quota.eventId);
  if (!last || !isSameWave || last.sha256 !== sha256) return undefined;
  // What was changed by hand since is undone by deciding again.
  return (await listIsAsDecided(tx, quota.eventId, last.id)) ? last.id : undefined;
}

const inSeats = (cap: number | null, perInstitution: number) => (cap === null ? null : cap * perInstitution);

/**
 * Why a selection can no longer be decided for an event, as a text; undefined while it can. Whoever was told of the
 * event keeps what they were told: a selection comes before the first invitation.
 */
export async function obstacleToDecision(
  tx: Tx,
  { id, state, filling }: { id: number; state: string; filling: string },
): Promise<string | undefined> {
  if (!['draft', 'published'].includes(state)) return 'selection.error.event_over';
  if (state === 'published' && filling === 'first_come') return 'selection.error.first_come';
  return (await listIsUntouched(tx, id)) ? undefined : 'selection.error.already_invited';
}

/** The last minute of that day where the event is (rules.md 17). */
function firstWaveOf({ quota, now }: Book, day: string | null, zone: string): Date | null {
  if (day === null) return null;
  const by = endOfDay(day, zone);
  if (by <= now) throw InvalidInput.at('firstWaveOn', 'invitation.time_past');
  if (quota.answerBy && by > quota.answerBy)
    throw InvalidInput.at('firstWaveOn', 'selection.error.wave_late');
  return by;
}

async function fillList(
  book: Book,
  deps: Pick<Deps, 'links'>,
  { chosen, reserves }: Selection,
  demand: number,
): Promise<void> {
  const idsOf = (list: Ranked[]) => list.map(({ candidate }) => candidate.id);
  await putOnList(book, deps.links, idsOf(chosen), 'draft', { demand });
  const ranks = reserves.map(({ rank }) => rank);
  await putOnList(book, deps.links, idsOf(reserves), 'reserve', { demand, ranks });
}

function factsOf(
  { settings, seedChanges }: SelectionPlan,
  rules: SelectionRules,
  selection: Selection<RegisteredCandidate>,
  candidates: RegisteredCandidate[],
  sha256: string,
): RunFacts {
  const comparison = compareMethods(candidates, rules).map((reach) => ({
    ...reach,
    strata: Object.fromEntries(reach.strata),
  }));
  const { strata, unfilled } = selection;
  return { settings, seedChanges, asOf: rules.asOf, strata, comparison, unfilled, sha256, selection };
}
