import { randomBytes, createHash } from 'node:crypto';
import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { InvalidInput, NotFound } from '../../errors.js';
import { localParts } from '../../i18n/zones.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { findEventFor } from '../events/events.service.js';
import { institutionFilterSchema } from '../institutions/institutions.service.js';
import { seesAll } from '../invitations/choosable.service.js';
import { readQuota } from '../quotas/quotas.service.js';
import { readCandidates, type RegisteredCandidate } from './candidates.service.js';
import { criteria } from './criteria.js';
import type { Selection, SelectionRules } from './select.js';
import { readSettings, type Must, type SelectionSettings, type WantedSettings } from './selection.schema.js';

/** The settings of an event's selection, kept or proposed. */
export interface SelectionPlan {
  settings: SelectionSettings;
  seedChanges: number;
  /** 0 while nothing is kept. */
  version: number;
}

/** Letters and digits that nobody takes for others when they are read aloud. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
export const newSeed = (): string =>
  [...randomBytes(8)].map((byte) => alphabet[byte % alphabet.length]).join('');

async function proposed(tx: Tx, eventId: number): Promise<SelectionSettings> {
  const quota = await readQuota(tx, eventId);
  return {
    filter: institutionFilterSchema.parse({}),
    number: quota.seats || 30,
    unit: 'seats',
    seatsPerInstitution: quota.seatsPerInstitution,
    dimension: quota.seats > 0 ? quota.dimension : 'service',
    minimum: 1,
    maximum: null,
    capPerRegion: null,
    capPerType: null,
    order: [...criteria],
    off: [],
    isWidened: false,
    // The same until something is kept, so that two looks at the page show the same selection.
    seed: createHash('sha256').update(`proposal ${eventId}`).digest('hex').slice(0, 8).toUpperCase(),
    must: [],
  };
}

/** The settings of an event that the caller has found through the actor's office. */
export async function readPlanOf(tx: Tx, eventId: number): Promise<SelectionPlan> {
  const [kept] = (await tx.query(
    'SELECT settings, seed_changes AS "seedChanges", version FROM selection_plan WHERE event_id = $1',
    [eventId],
  )) as { settings: unknown; seedChanges: number; version: number }[];
  if (!kept) return { settings: await proposed(tx, eventId), seedChanges: 0, version: 0 };
  return { ...kept, settings: readSettings(kept.settings) };
}

/** Institutions to choose: seats are shared among institutions that get the same number each. */
export const countOf = ({ number, unit, seatsPerInstitution }: SelectionSettings): number =>
  unit === 'institutions' ? number : Math.floor(number / seatsPerInstitution);

export function rulesOf(settings: SelectionSettings, asOf: string): SelectionRules {
  const { dimension, minimum, maximum, seed, must } = settings;
  const those = (kind: Must['kind']) =>
    new Set(must.filter((one) => one.kind === kind).map(({ institutionId }) => institutionId));
  return {
    ...{ count: countOf(settings), dimension, minimum, maximum, seed, asOf },
    capPerRegion: dimension === 'region' ? null : settings.capPerRegion,
    capPerType: dimension === 'service' ? null : settings.capPerType,
    criteria: settings.order.filter((criterion) => !settings.off.includes(criterion)),
    mustInvite: those('must'),
    mustNotInvite: those('must_not'),
  };
}

type SelectedEvent = { id: number; kind: string; kindLabel: string };

/** The candidates of an event by its settings, and the rules of today. */
export async function prepareSelection(
  tx: Tx,
  actor: OfficeActor,
  { id, kind, kindLabel }: SelectedEvent,
  settings: SelectionSettings,
  now: Date,
): Promise<{ candidates: RegisteredCandidate[]; rules: SelectionRules }> {
  const asOf = localParts(now, actor.office.zone).date;
  const candidates = await readCandidates(tx, actor.office, {
    filter: settings.filter,
    alsoIds: settings.must.map(({ institutionId }) => institutionId),
    event: { id, kind, kindLabel },
    isWidened: settings.isWidened,
    asOf,
  });
  return { candidates, rules: rulesOf(settings, asOf) };
}

/** What a selection comes to, in 64 letters: two that differ in one place or in one rule have others. */
export function fingerprintOf(selection: Selection, rules: SelectionRules): string {
  const { mustInvite, mustNotInvite, ...rest } = rules;
  const ids = (list: Selection['chosen']) =>
    list.map(({ candidate, stratum, rank }) => [candidate.id, stratum, rank]);
  const content = [
    rest,
    [...mustInvite].sort((a, b) => a - b),
    [...mustNotInvite].sort((a, b) => a - b),
    ids(selection.chosen),
    ids(selection.reserves),
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

type ServiceDeps = Pick<Deps, 'db'>;

/** Settings that say the same twice over, or the impossible, are refused at their field. */
function check(settings: WantedSettings['settings']): void {
  if (settings.maximum !== null && settings.maximum < settings.minimum)
    throw InvalidInput.at('maximum', 'selection.error.maximum', { minimum: settings.minimum });
  if (settings.unit === 'seats' && settings.number < settings.seatsPerInstitution)
    throw InvalidInput.at('number', 'selection.error.too_few_seats', { seats: settings.seatsPerInstitution });
}

async function keepPlan(
  tx: Tx,
  actor: OfficeActor,
  eventId: number,
  before: SelectionPlan,
  settings: SelectionSettings,
): Promise<void> {
  const isRedrawn = before.version > 0 && before.settings.seed !== settings.seed;
  await tx.query(
    `INSERT INTO selection_plan (event_id, settings, seed_changes) VALUES ($1, $2, 0)
     ON CONFLICT (event_id) DO UPDATE SET settings = $2, version = selection_plan.version + 1,
       seed_changes = selection_plan.seed_changes + $3`,
    [eventId, JSON.stringify(settings), isRedrawn ? 1 : 0],
  );
  const keys = Object.keys(settings) as (keyof SelectionSettings)[];
  await recordAudit(tx, byActor(actor), {
    action: 'selection.settings',
    subject: ['event', eventId],
    fields: keys.filter((key) => JSON.stringify(settings[key]) !== JSON.stringify(before.settings[key])),
    // The draw is public: whoever changed it, and how, can be asked.
    ...(isRedrawn && { detail: { seed: settings.seed, before: before.settings.seed } }),
  });
}

/** The plan of an event, for one writer at a time. @throws NotFound for another office's event */
async function lockPlan(tx: Tx, actor: OfficeActor, eventId: number): Promise<SelectionPlan> {
  await findEventFor(tx, actor, eventId);
  await tx.query('SELECT 1 FROM event_quota WHERE event_id = $1 FOR UPDATE', [eventId]);
  return readPlanOf(tx, eventId);
}

/**
 * Keeps the settings of a selection; who must be invited or not stays as it is.
 * @throws InvalidInput for what contradicts itself; at `version` when somebody else was faster
 */
export function saveSettings(
  { db }: ServiceDeps,
  actor: OfficeActor,
  eventId: number,
  { settings, version }: WantedSettings,
): Promise<void> {
  check(settings);
  return inTransaction(db, async (tx) => {
    const before = await lockPlan(tx, actor, eventId);
    if (before.version !== version) throw InvalidInput.at('version', 'error.changed_meanwhile');
    await keepPlan(tx, actor, eventId, before, { ...settings, must: before.settings.must });
  });
}

/**
 * Puts an institution on one of the two lists, with a reason; on the other it is no longer.
 * @throws NotFound for one that the office does not see
 */
export function setMust({ db }: ServiceDeps, actor: OfficeActor, eventId: number, must: Must): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = await lockPlan(tx, actor, eventId);
    if (!(await seesAll(db, actor.office, [must.institutionId]))) throw new NotFound();
    const others = before.settings.must.filter(({ institutionId }) => institutionId !== must.institutionId);
    await keepPlan(tx, actor, eventId, before, { ...before.settings, must: [...others, must] });
  });
}

/** Takes an institution off both lists. */
export function dropMust(
  { db }: ServiceDeps,
  actor: OfficeActor,
  eventId: number,
  id: number,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = await lockPlan(tx, actor, eventId);
    const rest = before.settings.must.filter(({ institutionId }) => institutionId !== id);
    await keepPlan(tx, actor, eventId, before, { ...before.settings, must: rest });
  });
}
