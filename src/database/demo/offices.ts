import { hashPassword } from '../../features/accounts/passwords.js';
import { Membership } from '../../features/accounts/membership.entity.js';
import type { OfficeActor, Role } from '../../features/accounts/permissions.js';
import { User } from '../../features/accounts/user.entity.js';
import { recordAudit } from '../../features/audit/audit.service.js';
import {
  changeLetterhead,
  changeNumbering,
  changeOffice,
  createOffice,
} from '../../features/offices/offices.service.js';
import { findOwnOffice } from '../../features/offices/offices.repository.js';
import { officeForm } from '../../features/offices/offices.schema.js';
import { addSignatory } from '../../features/offices/signatories.service.js';
import { findRegion } from '../../features/regions/regions.service.js';
import { readForm } from '../../web/form.js';
import {
  demoOffices,
  demoPassword,
  guest,
  installer,
  type DemoOffice,
  type DemoUser,
} from './offices.data.js';
import { inventEmail, inventPerson, inventPhone, marked } from './people.js';
import type { Stage } from './stage.js';

/** An office of the demo, seen by whoever plans its events, and by who approves its papers. */
export interface StagedOffice {
  actor: OfficeActor;
  leader: OfficeActor;
  /** Colleagues who can look after institutions. */
  userIds: number[];
}

export type Offices = Record<string, StagedOffice>;

interface NewPerson {
  email: string;
  nameBefore?: string;
  name: string;
  nameAfter?: string;
  isInstallationAdmin?: boolean;
}

async function addUser({ tx }: Stage, person: NewPerson, passwordHash: string): Promise<number> {
  const { identifiers } = await tx.insert(User, { ...person, name: marked(person.name), passwordHash });
  return Number(identifiers[0]?.id);
}

async function join({ tx }: Stage, officeId: number, userId: number, roles: Role[]): Promise<void> {
  await tx.insert(Membership, { officeId, userId, roles });
}

/** What the settings pages would have been told. */
async function settle(stage: Stage, actor: OfficeActor, office: DemoOffice, serial: number): Promise<void> {
  const { deps, dice } = stage;
  const address = `Jalan Contoh Nomor ${serial}, ${office.city}`;
  const phone = inventPhone(serial * 10);
  const email = inventEmail('kantor', office.key);
  const { name, shortName, accent } = office;
  const contact = { contactName: `Panitia ${office.shortName}`, contactPhone: inventPhone(serial * 10 + 1) };
  const version = async () => (await findOwnOffice(deps.db, actor)).version;
  const facts = { name, shortName, zone: actor.office.zone, accent, address, phone, email, ...contact };
  const quiet = { quietFrom: '20:00', quietUntil: '07:00' };
  const form = { ...facts, ...quiet, retentionMonths: 24, version: await version() };
  await changeOffice(deps, actor, readForm(officeForm, form));
  const lines = [...office.letterhead, `${address} · Surel ${email}`];
  await changeLetterhead(deps, actor, { lines, removeLogo: false, version: await version() }, undefined);
  const numberPattern = '{kode}/{urut}/{unit}/{bulan_romawi}/{tahun}';
  const { numberCode, numberUnit } = office;
  await changeNumbering(deps, actor, {
    ...{ numberPattern, numberCode, numberUnit },
    version: await version(),
  });
  const { sex: _sex, ...head } = inventPerson(dice);
  // No NIP: any eighteen digits could be somebody's.
  const position = office.head;
  await addSignatory(deps, actor, { ...head, authority: '', position, rank: '', nip: null, sort: 1 });
}

async function openOffice(stage: Stage, office: DemoOffice, serial: number, passwordHash: string) {
  const { tx } = stage;
  const officeId = await createOffice(tx, office);
  const region = await findRegion(tx, office.regionCode);
  const addOne = async (user: DemoUser) => {
    const { key, roles, ...person } = user;
    const id = await addUser(stage, { ...person, email: inventEmail(key, office.key) }, passwordHash);
    await join(stage, officeId, id, roles);
    return id;
  };
  const userIds: number[] = [];
  for (const user of office.users) userIds.push(await addOne(user));
  const actingAs = (role: Role, roles: Role[]): OfficeActor => {
    const place = office.users.findIndex((user) => user.roles.includes(role));
    const { name, shortName, regionCode, accent } = office;
    return {
      userId: userIds[place] ?? 0,
      name: office.users[place]?.name ?? '',
      email: '',
      isInstallationAdmin: false,
      officeCount: 1,
      office: { id: officeId, name, shortName, regionCode, accent, zone: region?.zone ?? '', roles },
    };
  };
  const actor = actingAs('organizer', ['administrator', 'organizer']);
  const founder = { officeId, userId: userIds[0] ?? null, way: 'system' } as const;
  await recordAudit(tx, founder, { action: 'office.set_up', subject: ['office', officeId] });
  await settle(stage, actor, office, serial);
  return { actor, leader: actingAs('leader', ['leader']), userIds };
}

/** Opens the five offices with their people. */
export async function openOffices(stage: Stage): Promise<Offices> {
  const passwordHash = await hashPassword(demoPassword);
  const offices: Offices = {};
  for (const [index, office] of demoOffices.entries())
    offices[office.key] = await openOffice(stage, office, index + 1, passwordHash);
  const guestId = await addUser(stage, { email: guest.email, name: guest.name }, passwordHash);
  for (const key of guest.offices)
    await join(stage, officeOf(offices, key).actor.office.id, guestId, guest.roles);
  await addUser(stage, { ...installer, isInstallationAdmin: true }, passwordHash);
  return offices;
}

/** @throws Error for an office that the demo does not have */
export function officeOf(offices: Offices, key: string): StagedOffice {
  const office = offices[key];
  if (!office) throw new Error(`the demo has no office ${key}`);
  return office;
}
