import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { recordId, storableText } from '../../web/form.js';
import type { ActingOffice } from '../accounts/permissions.js';
import { Bindings, currentAccreditation, whereOf, type FilterContext } from './institutions.filter.js';
import type { ListQuery } from './institutions.schema.js';
import { readSearch, searchRank, type Search } from './institutions.search.js';

export const pageSize = 50;

export interface ListedInstitution {
  id: number;
  name: string;
  regionName: string;
  services: string[];
  registrationState: string;
  grade: string | null;
  validUntil: string | null;
  leader: string | null;
  managedHere: boolean;
  provisional: boolean;
  /** A proposal waits for this office. */
  proposed: boolean;
  keys: string[];
}

export interface InstitutionPage {
  rows: ListedInstitution[];
  total: number;
  /** Places to go on from, as they stand in the address; undefined at either end. */
  after: string | undefined;
  before: string | undefined;
}

/** What each order goes by, as text; the id comes last and settles ties. */
function orderKeys(query: ListQuery, search: Search, bind: Bindings): string[] {
  const name = 'i.name_normalised';
  if (query.sort === 'region') return ['r.name', name];
  if (query.sort === 'service') return [`to_char(coalesce(m.sort, 99), 'FM00')`, name];
  if (search.text !== '' && query.sort !== 'name') return [searchRank(search, bind, 'i'), name];
  return [name];
}

function readPlace(text: string, length: number): (string | number)[] | undefined {
  if (text === '') return undefined;
  try {
    const place: unknown = JSON.parse(text);
    const read = z
      .array(z.union([storableText, recordId]))
      .length(length)
      .safeParse(place);
    return read.success && typeof read.data.at(-1) === 'number' ? read.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function placeCondition(keys: string[], query: ListQuery, bind: Bindings): string {
  const backward = readPlace(query.before, keys.length + 1);
  const place = backward ?? readPlace(query.after, keys.length + 1);
  if (!place) return '';
  const bound = place.map((value, at) => bind.add(value) + (at === keys.length ? '::integer' : '::text'));
  return `AND (${[...keys, 'i.id'].join(', ')}) ${backward ? '<' : '>'} (${bound.join(', ')})`;
}

const tables = `FROM institution i JOIN region r ON r.code = i.region_code
  LEFT JOIN institution_service ms ON ms.institution_id = i.id AND ms.position = 1
  LEFT JOIN service_type m ON m.code = ms.service_type`;

async function readRows(db: DataSource, office: ActingOffice, query: ListQuery, context: FilterContext) {
  const bind = new Bindings();
  const where = whereOf(query, office, bind, context);
  const keys = orderKeys(query, context.search, bind);
  const backward = readPlace(query.before, keys.length + 1) !== undefined;
  const order = [...keys, 'i.id'].map((key) => `${key} ${backward ? 'DESC' : 'ASC'}`).join(', ');
  const rows = (await db.query(
    `SELECT i.id, i.name, r.name AS "regionName", i.registration_state AS "registrationState",
       i.managing_office_id = ${bind.add(office.id)} AS "managedHere", i.provisional,
       i.managing_office_id = ${bind.add(office.id)} AND EXISTS (SELECT 1 FROM institution_proposal p
         WHERE p.institution_id = i.id AND p.state = 'open') AS proposed, a.grade, a.valid_until AS "validUntil",
       ARRAY(SELECT s.service_type FROM institution_service s WHERE s.institution_id = i.id ORDER BY s.position) AS services,
       (SELECT p.name FROM representative p WHERE p.institution_id = i.id AND p.ended_at IS NULL
        ORDER BY p.is_leader DESC, p.sort, p.id LIMIT 1) AS leader,
       ARRAY[${keys.join(', ')}]::text[] AS keys
     ${tables} LEFT JOIN LATERAL (${currentAccreditation()}) a ON true
     WHERE ${where} ${placeCondition(keys, query, bind)}
     ORDER BY ${order} LIMIT ${pageSize + 1}`,
    bind.values,
  )) as ListedInstitution[];
  return { rows, backward };
}

/** How many institutions a filter finds. */
async function countInstitutions(
  db: DataSource,
  office: ActingOffice,
  query: ListQuery,
  context: FilterContext,
): Promise<number> {
  const bind = new Bindings();
  const where = whereOf(query, office, bind, context);
  const [{ count }] = (await db.query(
    `SELECT count(*)::int AS count FROM institution i WHERE ${where}`,
    bind.values,
  )) as [{ count: number }];
  return count;
}

/** One page of the registry. It goes on by key, so that deep pages cost what the first does (model.md). */
export async function listInstitutions(
  db: DataSource,
  office: ActingOffice,
  query: ListQuery,
  today: string,
): Promise<InstitutionPage> {
  const context = { search: await readSearch(db, query.q), today };
  const [{ rows, backward }, total] = await Promise.all([
    readRows(db, office, query, context),
    countInstitutions(db, office, query, context),
  ]);
  const more = rows.length > pageSize;
  const shown = rows.slice(0, pageSize);
  if (backward) shown.reverse();
  const place = (row: ListedInstitution | undefined) => row && JSON.stringify([...row.keys, row.id]);
  const cameFar = backward ? more : query.after !== '';
  return {
    rows: shown,
    total,
    after: backward || more ? place(shown.at(-1)) : undefined,
    before: cameFar ? place(shown[0]) : undefined,
  };
}
