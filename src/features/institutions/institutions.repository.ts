import type { DataSource, EntityManager } from 'typeorm';
import { NotFound } from '../../errors.js';
import type { ActingOffice, OfficeActor } from '../accounts/permissions.js';
import type { RegistryOffice } from './imports.actor.js';
import { factSelection, type InstitutionFacts } from './institution.facts.js';
import { registrationKeyOf, normaliseName } from './institution.names.js';
import { Bindings, visibleInstitutions } from './institutions.filter.js';

/** A data source to read, or a transaction. */
export type Reader = Pick<DataSource | EntityManager, 'query'>;

export interface InstitutionRecord extends InstitutionFacts {
  id: number;
  managingOfficeId: number;
  managingOffice: string;
  regionName: string;
  pendampingId: number | null;
  pendamping: string | null;
  archivedAt: Date | null;
  provisional: boolean;
  version: number;
}

const recordQuery = `
  SELECT i.id, ${factSelection('i')}, i.managing_office_id AS "managingOfficeId", o.name AS "managingOffice",
    r.name AS "regionName", i.pendamping_id AS "pendampingId", u.name AS pendamping,
    i.archived_at AS "archivedAt", i.provisional, i.version,
    ARRAY(SELECT s.service_type FROM institution_service s WHERE s.institution_id = i.id ORDER BY s.position) AS services
  FROM institution i
  JOIN office o ON o.id = i.managing_office_id
  JOIN region r ON r.code = i.region_code
  LEFT JOIN app_user u ON u.id = i.pendamping_id`;

/**
 * An institution that the actor's office sees.
 * @throws NotFound when it does not exist, or lies outside of what the office sees
 */
export async function findInstitutionFor(
  db: Reader,
  actor: OfficeActor,
  id: number,
): Promise<InstitutionRecord> {
  const bind = new Bindings();
  const [found] = (await db.query(
    `${recordQuery} WHERE i.id = ${bind.add(id)} AND ${visibleInstitutions(actor.office, bind)}`,
    bind.values,
  )) as InstitutionRecord[];
  if (!found) throw new NotFound();
  return found;
}

/** An institution whoever asks, for a link of its own. @throws NotFound */
export async function findInstitution(db: Reader, id: number): Promise<InstitutionRecord> {
  const [found] = (await db.query(`${recordQuery} WHERE i.id = $1`, [id])) as InstitutionRecord[];
  if (!found) throw new NotFound();
  return found;
}

/** The same, kept from changing until the transaction ends. @throws NotFound */
export async function lockInstitution(tx: EntityManager, id: number): Promise<InstitutionRecord> {
  await tx.query('SELECT 1 FROM institution WHERE id = $1 FOR UPDATE', [id]);
  return findInstitution(tx, id);
}

/** One that the actor's office sees, kept from changing until the transaction ends. */
export async function lockInstitutionFor(
  tx: EntityManager,
  actor: OfficeActor,
  id: number,
): Promise<InstitutionRecord> {
  await tx.query('SELECT 1 FROM institution WHERE id = $1 FOR UPDATE', [id]);
  return findInstitutionFor(tx, actor, id);
}

export interface Twin {
  id: number;
  name: string;
  sameNumber: boolean;
  /** Whether the office may open it: a number may be taken in a region that it does not see. */
  visible: boolean;
}

/** Another institution with the same registration number anywhere, or the same name in the same region. */
export async function findTwin(
  db: Reader,
  office: ActingOffice,
  facts: InstitutionFacts,
  exceptId = 0,
): Promise<Twin | undefined> {
  const bind = new Bindings();
  const key = bind.add(registrationKeyOf(String(facts.registrationNumber ?? '')));
  const name = bind.add(normaliseName(facts.name));
  const sameNumber = `(${key} <> '' AND i.registration_key = ${key})`;
  const [twin] = (await db.query(
    `SELECT i.id, i.name, ${sameNumber} AS "sameNumber", ${visibleInstitutions(office, bind)} AS visible
     FROM institution i
     WHERE i.archived_at IS NULL AND i.id <> ${bind.add(exceptId)}
       AND (${sameNumber} OR (i.name_normalised = ${name} AND i.region_code = ${bind.add(facts.regionCode)}))
     ORDER BY ${sameNumber} DESC LIMIT 1`,
    bind.values,
  )) as Twin[];
  return twin;
}

export interface ServiceTypeRow {
  code: string;
  nameId: string;
  nameEn: string;
  shortName: string;
  aliases: string[];
}

export function serviceTypes(db: Reader): Promise<ServiceTypeRow[]> {
  return db.query(
    `SELECT code, name_id AS "nameId", name_en AS "nameEn", short_name AS "shortName", aliases
     FROM service_type ORDER BY sort`,
  ) as Promise<ServiceTypeRow[]>;
}

export interface RegionName {
  code: string;
  name: string;
}

/** The kabupaten and kota of an office: its own region, or all below its province. */
export function officeRegions(db: Reader, office: RegistryOffice): Promise<RegionName[]> {
  return db.query(
    `SELECT code, name FROM region WHERE (code = $1 OR code LIKE $1 || '.%') AND length(code) = 5 ORDER BY code`,
    [office.regionCode],
  ) as Promise<RegionName[]>;
}

export interface RepresentativeRow {
  id: number;
  nameBefore: string;
  name: string;
  nameAfter: string;
  sex: 'L' | 'P' | null;
  position: string;
  phone: string | null;
  email: string | null;
  isLeader: boolean;
  version: number;
}

/** Those who speak for it now, its leader first. */
export function representativesOf(db: Reader, institutionId: number): Promise<RepresentativeRow[]> {
  return db.query(
    `SELECT id, name_before AS "nameBefore", name, name_after AS "nameAfter", sex, position, phone, email,
       is_leader AS "isLeader", version
     FROM representative WHERE institution_id = $1 AND ended_at IS NULL ORDER BY is_leader DESC, sort, id`,
    [institutionId],
  ) as Promise<RepresentativeRow[]>;
}

export interface AccreditationRow {
  id: number;
  grade: string;
  certificateNumber: string;
  issuedOn: string | null;
  validUntil: string | null;
}

export function accreditationsOf(db: Reader, institutionId: number): Promise<AccreditationRow[]> {
  return db.query(
    `SELECT id, grade, certificate_number AS "certificateNumber", issued_on AS "issuedOn", valid_until AS "validUntil"
     FROM accreditation WHERE institution_id = $1 ORDER BY valid_until DESC NULLS LAST, id DESC`,
    [institutionId],
  ) as Promise<AccreditationRow[]>;
}

export interface HistoryEntry {
  at: Date;
  action: string;
  fields: string[];
  way: string;
  userName: string | null;
  officeName: string | null;
}

const historyLength = 30;

/** The last changes, newest first. */
export function changesOf(db: Reader, institutionId: number): Promise<HistoryEntry[]> {
  return db.query(
    `SELECT a.at, a.action, a.fields, a.way, u.name AS "userName", o.short_name AS "officeName"
     FROM audit_entry a LEFT JOIN app_user u ON u.id = a.user_id LEFT JOIN office o ON o.id = a.office_id
     WHERE a.subject_type = 'institution' AND a.subject_id = $1 AND a.action <> 'persons.read' ORDER BY a.id DESC LIMIT ${historyLength}`,
    [institutionId],
  ) as Promise<HistoryEntry[]>;
}

export interface InvitedTo {
  eventId: number;
  title: string;
  firstDay: string | null;
  state: string;
  /** The event is ahead, and the institution is planned for it, asked, or coming. */
  isPending: boolean;
}

/** To which events of this office it was invited, newest first. Other offices' events stay theirs. */
export function invitationsOf(db: Reader, office: ActingOffice, institutionId: number): Promise<InvitedTo[]> {
  return db.query(
    `SELECT e.id AS "eventId", e.title, e.first_day AS "firstDay", v.state,
       e.state IN ('draft', 'published', 'running')
         AND v.state IN ('draft', 'reserve', 'open', 'offered', 'waiting', 'accepted', 'reconfirm') AS "isPending"
     FROM invitation v JOIN event e ON e.id = v.event_id
     WHERE v.institution_id = $1 AND e.office_id = $2
     ORDER BY e.first_day DESC NULLS FIRST, e.id DESC LIMIT ${historyLength}`,
    [institutionId, office.id],
  ) as Promise<InvitedTo[]>;
}

/** Colleagues of the office who can look after an institution. */
export function colleaguesOf(db: Reader, office: ActingOffice): Promise<{ id: number; name: string }[]> {
  return db.query(
    `SELECT u.id, u.name FROM membership m JOIN app_user u ON u.id = m.user_id
     WHERE m.office_id = $1 AND u.deactivated_at IS NULL ORDER BY u.name, u.id`,
    [office.id],
  ) as Promise<{ id: number; name: string }[]>;
}

/** When the institution last said, by the link of an invitation, that its record is right. */
export async function lastConfirmation(db: Reader, institutionId: number): Promise<Date | null> {
  const [{ at }] = (await db.query(
    'SELECT max(record_confirmed_at) AS at FROM invitation WHERE institution_id = $1',
    [institutionId],
  )) as [{ at: Date | null }];
  return at;
}
