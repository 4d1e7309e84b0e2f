import { hash } from '@node-rs/argon2';
import type { DataSource } from 'typeorm';
import { Membership } from '../../src/features/accounts/membership.entity.js';
import type { Role } from '../../src/features/accounts/permissions.js';
import { User } from '../../src/features/accounts/user.entity.js';
import { Office } from '../../src/features/offices/office.entity.js';

/** Every person that a factory makes signs in with this. */
export const factoryPassword = 'sandi-untuk-uji';
let hashed: Promise<string> | undefined;
let serial = 0;
export const nextSerial = (): number => (serial += 1);

/** The office of Kalimantan Selatan, unless told otherwise. */
export async function makeOffice(db: DataSource, given: Partial<Office> = {}): Promise<Office> {
  const n = nextSerial();
  const { identifiers } = await db.getRepository(Office).insert({
    name: `Dinas Sosial Uji ${n}`,
    shortName: `Dinsos ${n}`,
    regionCode: '63',
    zone: 'Asia/Makassar',
    numberPattern: '{kode}/{urut}/{unit}/{bulan_romawi}/{tahun}',
    ...given,
  });
  return db.getRepository(Office).findOneByOrFail({ id: Number(identifiers[0]?.id) });
}

/** A person with roles in an office; without an office, one who belongs nowhere yet. */
export async function makeUser(
  db: DataSource,
  office: Office | undefined,
  roles: Role[] = ['organizer'],
  given: Partial<User> = {},
): Promise<User> {
  const n = nextSerial();
  // Cheap parameters: the strength of the hash is not what these tests are about.
  hashed ??= hash(factoryPassword, { memoryCost: 1024, timeCost: 1 });
  const users = db.getRepository(User);
  const { identifiers } = await users.insert({
    email: `orang${n}@contoh.id`,
    name: `Orang Uji ${n}`,
    passwordHash: await hashed,
    ...given,
  });
  const user = await users.findOneByOrFail({ id: Number(identifiers[0]?.id) });
  if (office) await db.getRepository(Membership).insert({ officeId: office.id, userId: user.id, roles });
  return user;
}
