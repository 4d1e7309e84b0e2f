import sharp from 'sharp';
import type { Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import type { Letterhead } from '../../documents/letterhead.js';
import { formatPhone } from '../../i18n/format.js';
import type { FileStore } from '../../storage/file-store.js';
import type { OfficeActor } from '../accounts/permissions.js';
import type { Office } from './office.entity.js';
import { findOfficeLogo, findOwnOffice, listSignatories } from './offices.repository.js';
import type { Signatory } from './signatory.entity.js';

/** The words of the kop: its lines from the top, and the line with the address. */
export function letterheadWords(office: Office): Omit<Letterhead, 'logo'> {
  // The last line of the kop is its address line; an office that has written only its name gets its contacts there.
  const written = office.letterheadLines;
  const contacts = [office.address, office.phone && formatPhone(office.phone), office.email];
  const isWhole = written.length > 1;
  return {
    lines: isWhole ? written.slice(0, -1) : [written[0] ?? office.name.toUpperCase()],
    address: isWhole ? (written.at(-1) ?? '') : contacts.filter(Boolean).join(' · '),
  };
}

/** Twice what a printer shows on the two centimetres of a kop. */
const logoPixels = 300;

/**
 * A logo to print, on white: transparency would be taken apart anew for each of a hundred letters.
 * @returns undefined when there is none, or its file has gone
 */
export async function readLogo(files: FileStore, sha256: string | undefined): Promise<Buffer | undefined> {
  if (sha256 === undefined || !files.has(sha256)) return undefined;
  return sharp(files.pathOf(sha256))
    .resize(logoPixels, logoPixels, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .png()
    .toBuffer();
}

/** What the actor's office prints at the head of its papers. */
export async function letterheadOf(
  { db, files }: Pick<Deps, 'db' | 'files'>,
  actor: OfficeActor,
): Promise<Letterhead> {
  const office = await findOwnOffice(db, actor);
  const logo = await findOfficeLogo(db, office.id);
  return { ...letterheadWords(office), logo: await readLogo(files, logo?.sha256) };
}

/** Who can sign for the actor's office, in its order. */
export const signersOf = (db: Deps['db'] | Tx, actor: OfficeActor): Promise<Signatory[]> =>
  listSignatories(db, actor.office.id);

/** Who signs for the actor's office first; undefined while nobody is named. */
export async function findSigner(db: Deps['db'], actor: OfficeActor): Promise<Signatory | undefined> {
  const [first] = await listSignatories(db, actor.office.id);
  return first;
}
