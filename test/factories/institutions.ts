import type { DataSource } from 'typeorm';
import { normaliseName, searchTextOf } from '../../src/features/institutions/institution.names.js';
import { nextSerial } from './people.js';

export interface InstitutionGiven {
  name?: string;
  regionCode?: string;
  /** Service types, main one first. */
  services?: string[];
  /** Name and phone of the leader; none by default. */
  leader?: { name: string; phone?: string };
}

/** An LKS managed by the office, in Banjarmasin and for children unless told otherwise; its id. */
export async function makeInstitution(
  db: DataSource,
  office: { id: number },
  given: InstitutionGiven = {},
): Promise<number> {
  const name = given.name ?? `LKSA Uji ${nextSerial()}`;
  const [row] = (await db.query(
    `INSERT INTO institution (name, name_normalised, search_text, region_code, managing_office_id)
     VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [name, normaliseName(name), searchTextOf({ name }), given.regionCode ?? '63.71', office.id],
  )) as [{ id: number }];
  await db.query(
    `INSERT INTO institution_service (institution_id, service_type, position)
     SELECT $1, type, position FROM unnest($2::text[]) WITH ORDINALITY AS s (type, position)`,
    [row.id, given.services ?? ['anak']],
  );
  if (given.leader)
    await db.query(
      `INSERT INTO representative (institution_id, name, phone, position, is_leader) VALUES ($1, $2, $3, 'Ketua', true)`,
      [row.id, given.leader.name, given.leader.phone ?? null],
    );
  return row.id;
}
