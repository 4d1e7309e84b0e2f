import type { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../../database/data-source.js';
import { Conflict, Forbidden, InvalidInput, type DomainError } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { changedFacts, type FactValue, type InstitutionFacts } from './institution.facts.js';
import { normaliseName, registrationKeyOf, searchTextOf } from './institution.names.js';
import { Institution } from './institution.entity.js';
import { canEdit } from './institutions.policy.js';
import {
  colleaguesOf,
  findTwin,
  lockInstitutionFor,
  officeRegions,
  serviceTypes,
  type InstitutionRecord,
} from './institutions.repository.js';

export { normaliseName, searchTextOf } from './institution.names.js';
export { officeRegions, serviceTypes } from './institutions.repository.js';
export { institutionFilterSchema, type InstitutionFilter } from './institutions.schema.js';
export { Bindings, currentAccreditation, visibleInstitutions, whereOf } from './institutions.filter.js';
export { readSearch, searchRank } from './institutions.search.js';

/** What the database wants beside the facts themselves. */
function columnsOf({ services: _services, ...facts }: InstitutionFacts) {
  const { name, address, village, district, registrationNumber } = facts;
  const text = (value: FactValue) => String(value ?? '');
  return {
    ...(facts as Partial<Institution>),
    nameNormalised: normaliseName(name),
    searchText: searchTextOf({
      name,
      address: text(address),
      village: text(village),
      district: text(district),
    }),
    registrationKey: registrationKeyOf(text(registrationNumber)),
  };
}

/** Puts the services in the order given; the first is the main one. */
async function arrangeServices(tx: Tx, institutionId: number, services: string[]): Promise<void> {
  await tx.query('DELETE FROM institution_service WHERE institution_id = $1', [institutionId]);
  await tx.query(
    `INSERT INTO institution_service (institution_id, service_type, position)
     SELECT $1, type, place FROM unnest($2::text[]) WITH ORDINALITY AS s (type, place)`,
    [institutionId, services],
  );
}

/** @throws InvalidInput for a region outside of the office's, or a service that does not exist */
export async function checkChoices(
  tx: Tx,
  actor: OfficeActor,
  facts: InstitutionFacts,
  keepRegion = '',
): Promise<void> {
  const regions = await officeRegions(tx, actor.office);
  const isOurs = facts.regionCode === keepRegion || regions.some(({ code }) => code === facts.regionCode);
  if (!isOurs) throw InvalidInput.at('regionCode', 'error.choose');
  const known = new Set((await serviceTypes(tx)).map(({ code }) => code));
  if (facts.services.some((code) => !known.has(code))) throw InvalidInput.at('mainService', 'error.choose');
}

/**
 * An equal registration number is the same LKS; an equal name in the same region probably is, and may be
 * overruled by who knows better (rules.md 20).
 */
async function checkTwin(
  tx: Tx,
  actor: OfficeActor,
  facts: InstitutionFacts,
  options: { exceptId?: number; sameName: boolean },
): Promise<void> {
  // Two people adding the same LKS at once: the second one waits here and then finds the first one's.
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('institution'), hashtext($1))`, [
    normaliseName(facts.name),
  ]);
  const twin = await findTwin(tx, actor.office, facts, options.exceptId);
  if (!twin) return;
  const values = twin.visible ? { id: twin.id, name: twin.name } : {};
  if (twin.sameNumber)
    throw InvalidInput.at(
      'registrationNumber',
      twin.visible ? 'institution.error.same_number' : 'institution.error.same_number_elsewhere',
      values,
    );
  if (!options.sameName) throw InvalidInput.at('name', 'institution.error.same_name', values);
}

const isNumberTaken = (error: unknown) =>
  (error as { constraint?: unknown }).constraint === 'institution_registration';

/** Of two at once with the same new registration number both found it free: the database refuses the second. */
export async function refusingTakenNumber<T>(work: Promise<T>, refusal: DomainError): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isNumberTaken(error) ? refusal : error;
  }
}

const sameNumber = () => InvalidInput.at('registrationNumber', 'institution.error.same_number_elsewhere');

/** Adds an LKS that this office manages, in the caller's transaction. @returns its id */
export async function insertInstitution(
  tx: Tx,
  actor: OfficeActor,
  facts: InstitutionFacts,
  { provisional = false, ...options }: { sameName: boolean; provisional?: boolean },
): Promise<number> {
  await checkChoices(tx, actor, facts);
  await checkTwin(tx, actor, facts, options);
  const { identifiers } = await tx.insert(Institution, {
    ...columnsOf(facts),
    managingOfficeId: actor.office.id,
    provisional,
  });
  const id = Number(identifiers[0]?.id);
  await arrangeServices(tx, id, facts.services);
  await recordAudit(tx, byActor(actor), { action: 'institution.added', subject: ['institution', id] });
  return id;
}

/** The same as a whole. @returns its id */
export function addInstitution(
  db: DataSource,
  actor: OfficeActor,
  facts: InstitutionFacts,
  options: { sameName: boolean },
): Promise<number> {
  const work = inTransaction(db, (tx) => insertInstitution(tx, actor, facts, options));
  return refusingTakenNumber(work, sameNumber());
}

/**
 * The institution, locked, for who may edit it.
 * @throws NotFound outside of what the office sees, Forbidden when another office manages it
 */
export async function lockManaged(tx: Tx, actor: OfficeActor, id: number): Promise<InstitutionRecord> {
  const institution = await lockInstitutionFor(tx, actor, id);
  if (!canEdit(actor, institution)) throw new Forbidden('institution.error.managed_elsewhere');
  return institution;
}

/** Writes facts over those of a locked institution; the caller records it. */
export async function writeFacts(
  tx: Tx,
  before: InstitutionRecord,
  facts: InstitutionFacts,
): Promise<string[]> {
  const fields = changedFacts(before, facts);
  if (fields.length === 0) return fields;
  await tx.update(Institution, before.id, { ...columnsOf(facts), version: before.version + 1 });
  if (fields.includes('services')) await arrangeServices(tx, before.id, facts.services);
  return fields;
}

/**
 * @param options.complete somebody says that a provisional record is complete
 * @throws InvalidInput at `version` when someone changed it since the person opened the form
 */
export function changeInstitution(
  db: DataSource,
  actor: OfficeActor,
  id: number,
  facts: InstitutionFacts,
  options: { version: number | undefined; sameName: boolean; complete?: boolean },
): Promise<void> {
  const work = inTransaction(db, async (tx) => {
    const before = await lockManaged(tx, actor, id);
    if (options.version !== before.version)
      throw InvalidInput.at('version', 'institution.error.changed_meanwhile');
    await checkChoices(tx, actor, facts, before.regionCode);
    const isRenamed =
      normaliseName(facts.name) !== normaliseName(before.name) || facts.regionCode !== before.regionCode;
    await checkTwin(tx, actor, facts, { exceptId: id, sameName: options.sameName || !isRenamed });
    const fields = await writeFacts(tx, before, facts);
    if (before.provisional && options.complete) {
      await tx.update(Institution, id, { provisional: false, version: before.version + 1 });
      fields.push('provisional');
    }
    if (fields.length === 0) return;
    await recordAudit(tx, byActor(actor), {
      action: 'institution.changed',
      subject: ['institution', id],
      fields,
    });
  });
  return refusingTakenNumber(work, sameNumber());
}

/** Takes an LKS out of lists and choices; what it did stays, and it can be brought back. */
export function archiveInstitution(db: DataSource, actor: OfficeActor, id: number, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const institution = await lockManaged(tx, actor, id);
    if (institution.archivedAt) return;
    await tx.update(Institution, id, { archivedAt: now, version: institution.version + 1 });
    await recordAudit(tx, byActor(actor), { action: 'institution.archived', subject: ['institution', id] });
  });
}

/** @throws Conflict when its registration number went to another LKS meanwhile */
export function restoreInstitution(db: DataSource, actor: OfficeActor, id: number): Promise<void> {
  const work = inTransaction(db, async (tx) => {
    const institution = await lockManaged(tx, actor, id);
    if (!institution.archivedAt) return;
    const twin = await findTwin(tx, actor.office, institution, id);
    if (twin?.sameNumber) throw new Conflict('institution.error.number_taken');
    await tx.update(Institution, id, { archivedAt: null, version: institution.version + 1 });
    await recordAudit(tx, byActor(actor), { action: 'institution.restored', subject: ['institution', id] });
  });
  return refusingTakenNumber(work, new Conflict('institution.error.number_taken'));
}

/** Chooses the officer who looks after it (rules.md 22), or nobody. */
export function choosePendamping(
  db: DataSource,
  actor: OfficeActor,
  id: number,
  pendampingId: number | null,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const institution = await lockManaged(tx, actor, id);
    const colleagues = await colleaguesOf(tx, actor.office);
    if (pendampingId !== null && !colleagues.some((colleague) => colleague.id === pendampingId))
      throw InvalidInput.at('pendampingId', 'error.choose');
    await tx.update(Institution, id, { pendampingId, version: institution.version + 1 });
    await recordAudit(tx, byActor(actor), {
      action: 'institution.pendamping_chosen',
      subject: ['institution', id],
      fields: ['pendamping'],
    });
  });
}
