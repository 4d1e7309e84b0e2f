import { readFile } from 'node:fs/promises';
import type { Deps } from '../../deps.js';
import type { Letterhead } from '../../documents/letterhead.js';
import { formatPhone } from '../../i18n/format.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { findOfficeLogo, findOwnOffice, listSignatories } from './offices.repository.js';
import type { Signatory } from './signatory.entity.js';

/** What the actor's office prints at the head of its papers. */
export async function letterheadOf(
  { db, files }: Pick<Deps, 'db' | 'files'>,
  actor: OfficeActor,
): Promise<Letterhead> {
  const office = await findOwnOffice(db, actor);
  const logo = await findOfficeLogo(db, office.id);
  const hasLogo = logo !== undefined && files.has(logo.sha256);
  // The last line of the kop is its address line; an office that has written only its name gets its contacts there.
  const written = office.letterheadLines;
  const contacts = [office.address, office.phone && formatPhone(office.phone), office.email];
  const isWhole = written.length > 1;
  return {
    lines: isWhole ? written.slice(0, -1) : [written[0] ?? office.name.toUpperCase()],
    address: isWhole ? (written.at(-1) ?? '') : contacts.filter(Boolean).join(' · '),
    logo: hasLogo ? await readFile(files.pathOf(logo.sha256)) : undefined,
  };
}

/** Who signs for the actor's office first; undefined while nobody is named. */
export async function findSigner(db: Deps['db'], actor: OfficeActor): Promise<Signatory | undefined> {
  const [first] = await listSignatories(db, actor.office.id);
  return first;
}
