import type { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../../database/data-source.js';
import { formatPhone, personName } from '../../i18n/format.js';
import type { Translate } from '../../i18n/translate.js';
import type { TableSheet } from '../../spreadsheets/write-table.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { importFields, type ImportField } from './imports.columns.js';
import { factSelection, type FactValue, type InstitutionFacts } from './institution.facts.js';
import { Bindings, currentAccreditation, whereOf } from './institutions.filter.js';
import { serviceTypes } from './institutions.repository.js';
import type { InstitutionFilter } from './institutions.schema.js';
import { readSearch } from './institutions.search.js';

interface ExportedRow extends InstitutionFacts {
  regionName: string;
  nameBefore: string | null;
  leaderName: string | null;
  nameAfter: string | null;
  leaderPhone: string | null;
  accreditationGrade: string | null;
  accreditationNumber: string | null;
  accreditationIssuedOn: string | null;
  accreditationValidUntil: string | null;
}

/** In the order in which offices keep them: who, what, where, and then the papers. */
const first: ImportField[] = [
  'name',
  'services',
  'regionCode',
  'address',
  'village',
  'district',
  'leaderName',
  'leaderPhone',
];
const order: ImportField[] = [...first, ...importFields.filter((field) => !first.includes(field))];
const wide = new Set<ImportField>(['name', 'services', 'address', 'leaderName']);

async function readRows(
  tx: Tx,
  actor: OfficeActor,
  filter: InstitutionFilter,
  today: string,
): Promise<ExportedRow[]> {
  const bind = new Bindings();
  const search = await readSearch(tx, filter.q);
  return tx.query(
    `SELECT ${factSelection('i')}, r.name AS "regionName",
       ARRAY(SELECT s.service_type FROM institution_service s WHERE s.institution_id = i.id ORDER BY s.position) AS services,
       l.name_before AS "nameBefore", l.name AS "leaderName", l.name_after AS "nameAfter", l.phone AS "leaderPhone",
       a.grade AS "accreditationGrade", a.certificate_number AS "accreditationNumber",
       a.issued_on AS "accreditationIssuedOn", a.valid_until AS "accreditationValidUntil"
     FROM institution i JOIN region r ON r.code = i.region_code
     LEFT JOIN representative l ON l.institution_id = i.id AND l.is_leader AND l.ended_at IS NULL
     LEFT JOIN LATERAL (${currentAccreditation()}) a ON true
     WHERE ${whereOf(filter, actor.office, bind, { search, today })} ORDER BY i.name_normalised, i.id`,
    bind.values,
  ) as Promise<ExportedRow[]>;
}

type Words = { t: Translate; serviceName: (code: string) => string };

const phoneCell = (phone: FactValue) => (phone === null ? null : formatPhone(String(phone)));

/** Facts that stand in a sheet in other words than in the database. */
const inWords: Partial<Record<ImportField, (row: ExportedRow, words: Words) => string | null>> = {
  services: (row, { serviceName }) => row.services.map(serviceName).join('; '),
  regionCode: (row) => row.regionName,
  phone: (row) => phoneCell(row.phone),
  leaderPhone: (row) => phoneCell(row.leaderPhone),
  leaderName: ({ nameBefore, leaderName, nameAfter }) =>
    leaderName && personName({ nameBefore: nameBefore ?? '', name: leaderName, nameAfter: nameAfter ?? '' }),
  registrationState: (row, { t }) => t(`institution.registration.${row.registrationState}`),
  ownership: (row, { t }) => t(`institution.ownership.${row.ownership}`),
};

function cellOf(row: ExportedRow, field: ImportField, words: Words): string | number | null {
  const write = inWords[field];
  return write ? write(row, words) : row[field as Exclude<ImportField, 'services'>];
}

/**
 * The institutions that a filter finds, as a sheet that imports again without a change. Names and phones of
 * leaders leave the house with it, so it is recorded who took how many.
 */
export function exportInstitutions(
  db: DataSource,
  actor: OfficeActor,
  filter: InstitutionFilter,
  { today, t }: { today: string; t: Translate },
): Promise<TableSheet> {
  return inTransaction(db, async (tx) => {
    const rows = await readRows(tx, actor, filter, today);
    const names = new Map((await serviceTypes(tx)).map((type) => [type.code, type.shortName]));
    const words = { t, serviceName: (code: string) => names.get(code) ?? code };
    const filters = Object.keys(filter).filter((name) => filter[name as keyof InstitutionFilter] !== '');
    await recordAudit(tx, byActor(actor), {
      action: 'institutions.exported',
      subject: ['institution', null],
      fields: filters,
      detail: { count: rows.length },
    });
    return {
      name: 'LKS',
      headers: order.map((field) => t(`institution.field.${field}`)),
      rows: rows.map((row) => order.map((field) => cellOf(row, field, words))),
      widths: order.map((field) => (wide.has(field) ? 36 : 18)),
    };
  });
}
