import type { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { InvalidInput } from '../../errors.js';
import { keepFile } from '../../storage/stored-files.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, changedSince, recordAudit } from '../audit/audit.service.js';
import { findRegion } from '../regions/regions.service.js';
import { unknownPlaceholder } from './letter-number.js';
import { redrawLogo } from './logo.js';
import { Office } from './office.entity.js';
import { findOwnOffice, lockOwnOffice } from './offices.repository.js';
import type { LetterheadForm, NumberingForm, OfficeForm } from './offices.schema.js';

/** For other features: the logo of the answer page, and the letterhead of papers. */
export { findOfficeLogo, findOwnOffice, lockOwnOffice } from './offices.repository.js';

/** Whom an LKS may ask where an event names nobody else; both empty when the office names nobody either. */
export const officeContact = async (db: DataSource, actor: OfficeActor) => {
  const { contactName, contactPhone } = await findOwnOffice(db, actor);
  return { contactName, contactPhone };
};

export interface NewOffice {
  name: string;
  shortName: string;
  regionCode: string;
}

/**
 * A new office in its region, whose zone it takes over; the settings can change the zone later.
 * @throws InvalidInput when there is no such region
 */
export async function createOffice(tx: Tx, { name, shortName, regionCode }: NewOffice): Promise<number> {
  const region = await findRegion(tx, regionCode);
  if (!region) throw InvalidInput.at('regionCode', 'error.choose');
  const numberPattern = '{kode}/{urut}/{unit}/{bulan_romawi}/{tahun}';
  const { identifiers } = await tx.insert(Office, {
    name,
    shortName,
    regionCode,
    zone: region.zone,
    numberPattern,
    letterheadLines: [name.toUpperCase()],
  });
  return Number(identifiers[0]?.id);
}

/**
 * Saves what the office says about itself; nothing is written when nothing differs.
 * @throws InvalidInput at `version` when somebody else was faster, as the two below do
 */
export const changeOffice = ({ db }: Deps, actor: OfficeActor, form: OfficeForm): Promise<void> =>
  inTransaction(db, (tx) => saveOffice(tx, actor, form, 'office.changed'));

/** Saves the lines of the kop, and a new logo or none. */
export async function changeLetterhead(
  { db, files }: Deps,
  actor: OfficeActor,
  { lines, removeLogo, version }: LetterheadForm,
  upload: Buffer | undefined,
): Promise<void> {
  const logo = upload && (await redrawLogo(upload));
  await inTransaction(db, async (tx) => {
    const changes: Partial<Office> & { version: number } = { letterheadLines: lines, version };
    if (logo) changes.logoFileId = await keepFile(tx, files, logo, 'image/png');
    else if (removeLogo) changes.logoFileId = null;
    await saveOffice(tx, actor, changes, 'office.letterhead_changed');
  });
}

/**
 * Saves how letters are numbered.
 * @throws InvalidInput naming an unknown placeholder, or when `{urut}` is missing: all numbers would be equal
 */
export async function changeNumbering({ db }: Deps, actor: OfficeActor, form: NumberingForm): Promise<void> {
  checkPattern(form.numberPattern);
  await inTransaction(db, (tx) => saveOffice(tx, actor, form, 'office.numbering_changed'));
}

/** @throws InvalidInput as changeNumbering does */
export function checkPattern(pattern: string): void {
  const unknown = unknownPlaceholder(pattern);
  if (unknown) throw InvalidInput.at('numberPattern', 'numbering.unknown', { placeholder: unknown });
  if (!pattern.includes('{urut}')) throw InvalidInput.at('numberPattern', 'numbering.no_serial');
}

async function saveOffice(
  tx: Tx,
  actor: OfficeActor,
  changes: Partial<Office> & { version: number },
  action: string,
): Promise<void> {
  // Locked before it is compared: of two edits at once the later one's entry names all that it changed.
  const before = await lockOwnOffice(tx, actor);
  const fields = changedSince(before, changes);
  if (fields.length === 0) return;
  await tx.update(Office, { id: before.id }, { ...changes, version: before.version + 1 });
  await recordAudit(tx, byActor(actor), { action, subject: ['office', before.id], fields });
}
