import type { ActingOffice } from '../accounts/permissions.js';
import type { RegistryOffice } from './imports.actor.js';
import type { InstitutionFilter } from './institutions.schema.js';
import { searchCondition, type Search } from './institutions.search.js';

/** Values of a query, each named by the place where it is bound. */
export class Bindings {
  readonly values: unknown[] = [];
  add = (value: unknown): string => `$${this.values.push(value)}`;
}

/** An office sees what it manages, and what lies in its region or below (rules.md 19). */
export function visibleInstitutions(office: RegistryOffice, bind: Bindings, alias = 'i'): string {
  const own = bind.add(office.id);
  const region = bind.add(office.regionCode);
  return `(${alias}.managing_office_id = ${own} OR ${alias}.region_code = ${region}
    OR ${alias}.region_code LIKE ${region} || '.%')`;
}

/** The accreditation that counts now: the one that is valid longest. */
export const currentAccreditation = (alias = 'i'): string => `
  SELECT a.id, a.grade, a.certificate_number, a.issued_on, a.valid_until FROM accreditation a
  WHERE a.institution_id = ${alias}.id ORDER BY a.valid_until DESC NULLS LAST, a.id DESC LIMIT 1`;

/** "Reached" counts attendance, not invitations, at events of this office (rules.md 21). */
const reachedBy = (office: string, alias: string) => `EXISTS (
  SELECT 1 FROM invitation v JOIN event e ON e.id = v.event_id
  JOIN delegate d ON d.invitation_id = v.id JOIN attendance a ON a.delegate_id = d.id
  WHERE v.institution_id = ${alias}.id AND e.office_id = ${office} AND a.state = 'present')`;

function accreditationCondition(
  wanted: InstitutionFilter['accreditation'],
  today: string,
  bind: Bindings,
  alias: string,
) {
  const latest = `(SELECT c.%s FROM (${currentAccreditation(alias)}) c)`;
  const grade = latest.replace('%s', 'grade');
  if (wanted === 'none') return `${grade} IS NULL`;
  if (wanted !== 'ending') return `${grade} = ${bind.add(wanted)}`;
  const day = `${bind.add(today)}::date`;
  return `${latest.replace('%s', 'valid_until')} BETWEEN ${day} AND ${day} + interval '12 months'`;
}

/** What a filter is read by. */
export interface FilterContext {
  /** `readSearch` of the filter's text. */
  search: Search;
  /** The office's date, `2026-03-02`, for accreditations that are about to end. */
  today: string;
}

/** The condition of a filter, within what the office sees. */
export function whereOf(
  filter: InstitutionFilter,
  office: ActingOffice,
  bind: Bindings,
  { search, today }: FilterContext,
  alias = 'i',
): string {
  const parts = [visibleInstitutions(office, bind, alias)];
  parts.push(`${alias}.archived_at IS ${filter.archived === 'yes' ? 'NOT NULL' : 'NULL'}`);
  if (search.text !== '') parts.push(searchCondition(search, bind, alias));
  if (filter.service)
    parts.push(
      `EXISTS (SELECT 1 FROM institution_service s WHERE s.institution_id = ${alias}.id AND s.service_type = ${bind.add(filter.service)})`,
    );
  if (filter.region) parts.push(`${alias}.region_code LIKE ${bind.add(filter.region)} || '%'`);
  if (filter.registration) parts.push(`${alias}.registration_state = ${bind.add(filter.registration)}`);
  if (filter.accreditation) parts.push(accreditationCondition(filter.accreditation, today, bind, alias));
  if (filter.mark === 'provisional') parts.push(`${alias}.provisional`);
  if (filter.mark === 'proposed')
    parts.push(
      `EXISTS (SELECT 1 FROM institution_proposal p WHERE p.institution_id = ${alias}.id AND p.state = 'open')
       AND ${alias}.managing_office_id = ${bind.add(office.id)}`,
    );
  if (filter.reached) {
    const reached = reachedBy(bind.add(office.id), alias);
    parts.push(filter.reached === 'yes' ? reached : `NOT ${reached}`);
  }
  return parts.join('\n AND ');
}
