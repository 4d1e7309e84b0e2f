import type { Tx } from '../../database/data-source.js';
import { InvalidInput } from '../../errors.js';
import type { ActingOffice, OfficeActor } from '../accounts/permissions.js';
import { LikenessIndex, type Candidate } from './imports.likeness.js';
import type { InstitutionFacts } from './institution.facts.js';
import { normaliseName, splitPersonName } from './institution.names.js';
import { Bindings, visibleInstitutions } from './institutions.filter.js';
import type { Reader } from './institutions.repository.js';
import { insertInstitution } from './institutions.service.js';
import { Representative } from './representative.entity.js';

/** What is known of an LKS when somebody wants it invited at once. */
export interface NewcomerFacts {
  name: string;
  regionCode: string;
  mainService: string;
  contactName: string;
  contactPhone: string | null;
}

/** LKS of the same region that a new one may be, the likest first: those that the office sees, at most three. */
export async function alikeInstitutions(
  db: Reader,
  office: ActingOffice,
  { name, regionCode }: Pick<NewcomerFacts, 'name' | 'regionCode'>,
): Promise<Candidate[]> {
  const bind = new Bindings();
  const rows = (await db.query(
    `SELECT i.id, i.name, i.name_normalised AS "nameNormalised", i.region_code AS "regionCode" FROM institution i
     WHERE i.archived_at IS NULL AND i.region_code = ${bind.add(regionCode)} AND ${visibleInstitutions(office, bind)}`,
    bind.values,
  )) as (Candidate & { nameNormalised: string; regionCode: string })[];
  return new LikenessIndex(rows).find(normaliseName(name), regionCode);
}

/** The facts that nobody has told yet. */
const unknown = {
  ...{ address: '', village: '', district: '', latitude: null, longitude: null, phone: null, email: null },
  ...{ clientsInsideMale: null, clientsInsideFemale: null },
  ...{ clientsOutsideMale: null, clientsOutsideFemale: null },
  ...{ ownership: 'community', registrationState: 'not_registered' },
  ...{ deedNumber: '', deedDate: null, ministryDecree: '', taxNumber: '' },
  ...{ registrationNumber: '', registrationDate: null },
  ...{ permitNumber: '', permitDate: null, permitValidUntil: null },
} satisfies Partial<InstitutionFacts>;

/**
 * Adds an LKS with little more than its name, marked as provisional until its record is complete.
 * @param isAnother somebody looked at those that are alike, and it is none of them
 * @throws InvalidInput at `name` when it is like one that is there already
 */
export async function insertProvisional(
  tx: Tx,
  actor: OfficeActor,
  { contactName, contactPhone, mainService, ...named }: NewcomerFacts,
  isAnother: boolean,
): Promise<number> {
  const facts = { ...unknown, ...named, services: [mainService] } as InstitutionFacts;
  if (!isAnother && (await alikeInstitutions(tx, actor.office, named)).length > 0)
    throw InvalidInput.at('name', 'newcomer.alike');
  const id = await insertInstitution(tx, actor, facts, { sameName: isAnother, provisional: true });
  if (contactName !== '')
    await tx.insert(Representative, {
      ...splitPersonName(contactName),
      institutionId: id,
      phone: contactPhone,
    });
  return id;
}
