import type { DataSource } from 'typeorm';
import { inTransaction } from '../../src/database/data-source.js';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeOffice, makeUser } from '../factories/people.js';

/** An organizer of the office, as services see them. */
export async function organizerOf(db: DataSource, office: Office): Promise<OfficeActor> {
  const user = await makeUser(db, office, ['organizer']);
  const { id, name, shortName, regionCode, zone, accent } = office;
  const acting = { id, name, shortName, regionCode, zone, accent, roles: ['organizer' as const] };
  return {
    userId: user.id,
    name: user.name,
    email: user.email,
    isInstallationAdmin: false,
    office: acting,
    officeCount: 1,
  };
}

/** A new office of Kalimantan Selatan, unless told otherwise, with its organizer. */
export async function newOffice(db: DataSource, regionCode = '63') {
  const office = await makeOffice(db, { regionCode });
  return { office, actor: await organizerOf(db, office) };
}

/** Leaves the registry empty: tests of imports count what is there. */
export const emptyRegistry = (db: DataSource): Promise<unknown> =>
  inTransaction(db, async (tx) => {
    // Minutes hang on institutions, and their editions refuse to be emptied: rightly, but not here.
    await tx.query('SET LOCAL session_replication_role = replica');
    await tx.query('TRUNCATE institution, import_batch RESTART IDENTITY CASCADE');
  });
