import { recordAuditOfMany } from '../../features/audit/audit.service.js';
import { Accreditation, Institution } from '../../features/institutions/institution.entity.js';
import { registrationKeyOf } from '../../features/institutions/institution.names.js';
import { normaliseName, searchTextOf } from '../../features/institutions/institutions.service.js';
import { Representative } from '../../features/institutions/representative.entity.js';
import type { Dice } from './dice.js';
import { officeOf, type Offices, type StagedOffice } from './offices.js';
import { inventPerson, inventPhone, marked } from './people.js';
import { describe, validity, type DescribedInstitution } from './registry.facts.js';
import { named, populations, prefixes, stems, type Service } from './registry.data.js';
import type { Stage } from './stage.js';

/** Every combination of prefix and stem once, so that no two LKS share a name. */
function nameDecks(dice: Dice): Record<string, string[]> {
  const combine = (service: Service) =>
    stems.flatMap((stem) => prefixes[service].map((prefix) => `${prefix} ${stem}`));
  return Object.fromEntries(
    (Object.keys(prefixes) as Service[]).map((service) => [
      service,
      dice.shuffled(combine(service)).map(marked),
    ]),
  );
}

/** All LKS of an office: as many as its sources count, and those they name. */
function describeAll(stage: Stage, office: string, decks: Record<string, string[]>): DescribedInstitution[] {
  const { dice, today } = stage;
  const list: DescribedInstitution[] = [];
  const add = (given: Omit<Parameters<typeof describe>[2], 'serial'>) =>
    list.push(describe(dice, today, { ...given, serial: list.length + 1 }));
  for (const { name, region, district, office: owner } of named)
    if (owner === office) add({ name, region, district, service: 'anak', accredited: true });
  for (const { region, counts, accredited, office: owner } of populations) {
    if (owner !== office) continue;
    for (const [service, count] of Object.entries(counts) as [Service, number][])
      for (let n = 0; n < count; n += 1) {
        const name = decks[service]?.pop() ?? '';
        const isAccredited = accredited === undefined ? undefined : n < accredited;
        add({ name, region, service, accredited: isAccredited });
      }
  }
  return list;
}

/** Set by set instead of one by one: 235 LKS in a second. */
async function insertAll(
  stage: Stage,
  { actor, userIds }: StagedOffice,
  list: DescribedInstitution[],
): Promise<void> {
  const { tx, dice } = stage;
  const { identifiers } = await tx.insert(
    Institution,
    list.map(({ facts }) => ({
      ...facts,
      nameNormalised: normaliseName(facts.name),
      searchText: searchTextOf(facts),
      registrationKey: registrationKeyOf(facts.registrationNumber),
      managingOfficeId: actor.office.id,
      pendampingId: dice.happens(35) ? (userIds[dice.between(0, userIds.length - 1)] ?? null) : null,
    })),
  );
  const ids = identifiers.map(({ id }) => Number(id));
  await tx.query(
    `INSERT INTO institution_service (institution_id, service_type, position)
     SELECT s.id, s.type, s.position FROM jsonb_to_recordset($1::jsonb) AS s (id int, type text, position int)`,
    [
      JSON.stringify(
        list.flatMap(({ services }, index) =>
          services.map((type, place) => ({ id: ids[index], type, position: place + 1 })),
        ),
      ),
    ],
  );
  await tx.insert(
    Accreditation,
    list.flatMap(({ grade, facts }, index) =>
      grade ? [{ institutionId: ids[index] ?? 0, ...validity(stage, grade, facts) }] : [],
    ),
  );
  await insertPeople(stage, ids);
  const subjects = ids.map((id) => ({ id, fields: [] }));
  const author = { officeId: actor.office.id, userId: actor.userId, way: 'office' } as const;
  await recordAuditOfMany(tx, author, 'institution.added', 'institution', subjects);
}

/** Most LKS have a leader with a phone, some a secretary; of a few nobody is known yet. */
async function insertPeople({ tx, dice }: Stage, ids: number[]): Promise<void> {
  const person = (institutionId: number, position: string, sort: number) => ({
    ...inventPerson(dice),
    institutionId,
    position,
    sort,
    isLeader: sort === 0,
    phone: dice.happens(90) ? inventPhone(10_000 + institutionId * 10 + sort) : null,
  });
  const people = ids.flatMap((id) => {
    if (dice.happens(5)) return [];
    const leader = person(id, dice.happens(70) ? 'Ketua' : 'Pimpinan', 0);
    return dice.happens(45)
      ? [leader, person(id, dice.happens(50) ? 'Sekretaris' : 'Pengasuh', 1)]
      : [leader];
  });
  await tx.insert(Representative, people);
}

/** Fills the registries of all offices. */
export async function fillRegistry(stage: Stage, offices: Offices): Promise<void> {
  const decks = nameDecks(stage.dice);
  for (const key of Object.keys(offices))
    await insertAll(stage, officeOf(offices, key), describeAll(stage, key, decks));
}
