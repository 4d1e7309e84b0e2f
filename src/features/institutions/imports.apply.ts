import type { EntityManager } from 'typeorm';
import { currentAccreditation } from './institutions.filter.js';
import { factColumns, factFields, snake } from './institution.facts.js';

/** Facts as they stand in a line's JSON, and what the application derived from them. */
const derived = { nameNormalised: 'text', searchText: 'text', registrationKey: 'text' };
const columns = { ...factColumns, ...derived };
const fields = [...factFields, 'nameNormalised', 'searchText', 'registrationKey'] as const;

const record = `jsonb_to_record(r.facts) AS f (${fields.map((field) => `"${field}" ${columns[field]}`).join(', ')},
  services jsonb, "leaderBefore" text, "leaderName" text, "leaderAfter" text, "leaderPhone" text,
  "accreditationGrade" text, "accreditationNumber" text, "accreditationIssuedOn" date, "accreditationValidUntil" date)`;

const lines = (decision: string) =>
  `import_row r, ${record} WHERE r.batch_id = $1 AND r.decision ${decision}`;
const both = `IN ('create', 'update')`;

// Columns that must not be NULL take their own default where the line says nothing.
const absent: Record<string, string> = {
  ownership: `'community'`,
  registrationState: `'not_registered'`,
  registrationKey: `''`,
};
const fallback = (field: (typeof fields)[number]) => {
  const nullable = columns[field] !== 'text' || field === 'phone' || field === 'email';
  return nullable ? `f."${field}"` : `coalesce(f."${field}", ${absent[field] ?? `''`})`;
};

const addInstitutions = `
  INSERT INTO institution (id, managing_office_id, ${fields.map(snake).join(', ')})
  SELECT r.institution_id, $2, ${fields.map(fallback).join(', ')} FROM ${lines(`= 'create'`)}`;

// Only what differs (changesOfLine): an empty cell erases nothing, and what is the same in other spaces or letters stays.
const changed = (field: (typeof fields)[number]) =>
  field in derived
    ? `${snake(field)} = coalesce(f."${field}", i.${snake(field)})`
    : `${snake(field)} = CASE WHEN r.changes ? '${field}' THEN f."${field}" ELSE i.${snake(field)} END`;

const changeInstitutions = `
  UPDATE institution i SET version = i.version + 1,
    ${fields.map(changed).join(', ')}
  FROM ${lines(`= 'update'`)} AND i.id = r.institution_id`;

const dropServices = `
  DELETE FROM institution_service s USING import_row r
  WHERE r.batch_id = $1 AND r.decision = 'update' AND r.changes ? 'services' AND s.institution_id = r.institution_id`;

const addServices = `
  INSERT INTO institution_service (institution_id, service_type, position)
  SELECT r.institution_id, s.type, s.position
  FROM import_row r, jsonb_array_elements_text(r.facts -> 'services') WITH ORDINALITY AS s (type, position)
  WHERE r.batch_id = $1 AND (r.decision = 'create' OR (r.decision = 'update' AND r.changes ? 'services'))`;

// The same person in another spelling; anyone else is a new leader, and the old one stays in the list.
const samePerson = `(NOT r.changes ? 'leaderName' OR similarity(p.name, f."leaderName") >= 0.5)`;

const changeLeaders = `
  UPDATE representative p SET version = p.version + 1, name_before = coalesce(f."leaderBefore", p.name_before),
    name = coalesce(f."leaderName", p.name), name_after = coalesce(f."leaderAfter", p.name_after),
    phone = coalesce(f."leaderPhone", p.phone)
  FROM ${lines(`= 'update'`)} AND (r.changes ? 'leaderName' OR r.changes ? 'leaderPhone')
    AND p.institution_id = r.institution_id AND p.is_leader AND p.ended_at IS NULL AND ${samePerson}`;

const makeRoomForLeaders = `
  UPDATE representative p SET is_leader = false, version = p.version + 1
  FROM ${lines(`= 'update'`)} AND r.changes ? 'leaderName'
    AND p.institution_id = r.institution_id AND p.is_leader AND p.ended_at IS NULL AND p.name <> f."leaderName"`;

const addLeaders = `
  INSERT INTO representative (institution_id, name_before, name, name_after, phone, position, is_leader)
  SELECT r.institution_id, coalesce(f."leaderBefore", ''), f."leaderName", coalesce(f."leaderAfter", ''),
    f."leaderPhone", 'Ketua', true
  FROM ${lines(both)} AND f."leaderName" IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM representative p WHERE p.institution_id = r.institution_id AND p.is_leader AND p.ended_at IS NULL)`;

const accreditationChanged = `(r.changes ?| ARRAY['accreditationGrade', 'accreditationNumber',
  'accreditationIssuedOn', 'accreditationValidUntil'])`;

/** A certificate that is valid longer than the current one is a new one; everything else puts the current one right. */
const isNewer = (
  current: string,
) => `(f."accreditationGrade" IS NOT NULL AND f."accreditationValidUntil" IS NOT NULL
  AND ${current}.certificate_number <> '' AND r.changes ?| ARRAY['accreditationGrade', 'accreditationNumber']
  AND (${current}.valid_until IS NULL OR f."accreditationValidUntil" > ${current}.valid_until))`;

const current = `SELECT c.* FROM institution i, LATERAL (${currentAccreditation()}) c WHERE i.id = r.institution_id`;

const changeAccreditations = `
  UPDATE accreditation a SET grade = coalesce(f."accreditationGrade", a.grade),
    certificate_number = coalesce(f."accreditationNumber", a.certificate_number),
    issued_on = coalesce(f."accreditationIssuedOn", a.issued_on),
    valid_until = coalesce(f."accreditationValidUntil", a.valid_until)
  FROM ${lines(`= 'update'`)} AND ${accreditationChanged} AND NOT ${isNewer('a')}
    AND a.id = (SELECT x.id FROM (${current}) x)`;

const addAccreditations = `
  INSERT INTO accreditation (institution_id, grade, certificate_number, issued_on, valid_until)
  SELECT r.institution_id, f."accreditationGrade", coalesce(f."accreditationNumber", ''),
    f."accreditationIssuedOn", f."accreditationValidUntil"
  FROM ${lines(both)} AND f."accreditationGrade" IS NOT NULL AND (r.decision = 'create' OR (
    ${accreditationChanged} AND NOT EXISTS (SELECT 1 FROM (${current}) x WHERE NOT ${isNewer('x')})))`;

/**
 * Lines whose LKS changed since the preview: changed or archived by someone, or added under the same number
 * or name. Nothing is applied while there is one.
 */
const staleLines = `
  SELECT count(*)::int AS count FROM import_row r
  WHERE r.batch_id = $1 AND (
    (r.decision = 'update' AND NOT EXISTS (
      SELECT 1 FROM institution i WHERE i.id = r.institution_id AND i.version = r.institution_version
        AND i.archived_at IS NULL AND i.managing_office_id = $2))
    OR (r.decision = 'propose' AND NOT EXISTS (
      SELECT 1 FROM institution i WHERE i.id = r.institution_id AND i.version = r.institution_version
        AND i.archived_at IS NULL AND i.managing_office_id <> $2))
    OR (r.decision IN ('create', 'update') AND r.facts ->> 'registrationKey' <> '' AND EXISTS (
      SELECT 1 FROM institution i WHERE i.registration_key = r.facts ->> 'registrationKey' AND i.archived_at IS NULL
        AND i.id IS DISTINCT FROM r.institution_id))
    OR (r.decision = 'create' AND r.outcome = 'new' AND EXISTS (
      SELECT 1 FROM institution i WHERE i.name_normalised = r.facts ->> 'nameNormalised'
        AND i.region_code = r.facts ->> 'regionCode' AND i.archived_at IS NULL)))`;

export async function countStale(tx: EntityManager, batchId: number, officeId: number): Promise<number> {
  // Whoever is changing one of them now finishes first, and then makes the line stale.
  await tx.query(
    `SELECT 1 FROM institution WHERE id IN (
       SELECT institution_id FROM import_row WHERE batch_id = $1 AND decision IN ('update', 'propose'))
     ORDER BY id FOR UPDATE`,
    [batchId],
  );
  const [{ count }] = (await tx.query(staleLines, [batchId, officeId])) as [{ count: number }];
  return count;
}

const nameNew = `
  UPDATE import_row SET institution_id = nextval(pg_get_serial_sequence('institution', 'id'))
  WHERE batch_id = $1 AND decision = 'create'`;

const statements = [
  changeInstitutions,
  dropServices,
  addServices,
  changeLeaders,
  makeRoomForLeaders,
  addLeaders,
  changeAccreditations,
  addAccreditations,
];

type Step = (tx: EntityManager, batchId: number, officeId: number) => Promise<unknown>;

/** What carries out the decisions for an office's own LKS: a few statements, however many lines there are. */
export const writingSteps: Step[] = [
  (tx, batchId) => tx.query(nameNew, [batchId]),
  (tx, batchId, officeId) => tx.query(addInstitutions, [batchId, officeId]),
  ...statements.map(
    (statement): Step =>
      (tx, batchId) =>
        tx.query(statement, [batchId]),
  ),
];

/** What was read is no longer needed once it is applied: names of fields stay for the report, values go. */
export async function forgetValues(tx: EntityManager, batchId: number): Promise<void> {
  await tx.query(
    `UPDATE import_row SET cells = '{}', facts = '{}', candidates = '[]',
       changes = (SELECT coalesce(jsonb_object_agg(key, '[]'::jsonb), '{}') FROM jsonb_object_keys(changes) AS key)
     WHERE batch_id = $1`,
    [batchId],
  );
}
