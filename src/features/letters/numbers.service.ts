import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { Conflict, InvalidInput } from '../../errors.js';
import { localParts } from '../../i18n/zones.js';
import { dropUnusedFile } from '../../storage/stored-files.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { formatLetterNumber } from '../offices/letter-number.js';
import type { Office } from '../offices/office.entity.js';
import { findOwnOffice, lockOwnOffice } from '../offices/offices.service.js';
import { fieldNames, openLetter, recordLetter, type LetterIds } from './access.js';
import { InvitationLetter } from './invitation-letter.entity.js';
import type { NumberForm, SkippedForm } from './letters.schema.js';
import {
  eraseNote,
  leaveNumber,
  lineOf,
  nextSerial,
  numberedYears,
  registerOf,
  takeNumber,
  usedSerials,
  writeSkipped,
  type RegisterRow,
} from './numbers.repository.js';
import { signedContentOf, unsigned } from './signed.service.js';
import type { LetterDeps } from './writing.service.js';

const yearOf = (date: string): number => Number(date.slice(0, 4));

const numberOf = (office: Office, serial: number | string, date: string): string =>
  formatLetterNumber(office.numberPattern, {
    code: office.numberCode,
    unit: office.numberUnit,
    serial,
    date,
  });

/** Numbers in one message. */
const namedAtMost = 10;

/** The lock makes two organizers take turns; the unique keys are the backstop. */
const uniqueViolation = '23505';

async function give(
  tx: Tx,
  actor: OfficeActor,
  ids: LetterIds,
  form: NumberForm,
  now: Date,
): Promise<string> {
  // Locked first: of two who take the next number at once, the second sees the first one's.
  const office = await lockOwnOffice(tx, actor);
  const { letter } = await openLetter(tx, actor, ids);
  if (letter.state === 'issued') throw new Conflict('surat.error.closed_issued');
  if (letter.number !== null) throw new Conflict('surat.error.has_number_already');
  const year = yearOf(form.date);
  const serial = form.serial ?? (await nextSerial(tx, office.id, year));
  const number = form.number || numberOf(office, `${serial}${form.suffix}`, form.date);
  const { suffix } = form;
  const wanted = { officeId: office.id, year, serial, suffix, number, letterId: letter.id };
  if (!(await takeNumber(tx, { ...wanted, userId: actor.userId, at: now }))) {
    const next = await nextSerial(tx, office.id, year);
    const field = form.number ? 'number' : 'serial';
    throw InvalidInput.at(field, 'surat.error.number_taken', { number, next });
  }
  await tx.update(InvitationLetter, { id: letter.id }, { letterDate: form.date });
  await recordLetter(tx, actor, ids, 'numbered', { fields: fieldNames(['number', 'letterDate']) });
  return number;
}

/**
 * Gives a letter its number and its date: the serial that the registry gave, or the next one. The year is that of the
 * date; one number serves however many receive the letter.
 * @returns the number
 * @throws InvalidInput at `serial` (or `number`) when another letter bears it; Conflict when the letter has one already,
 * or is issued
 */
export async function giveNumber(
  { db, clock }: LetterDeps,
  actor: OfficeActor,
  ids: LetterIds,
  form: NumberForm,
): Promise<string> {
  try {
    return await inTransaction(db, (tx) => give(tx, actor, ids, form, clock.now()));
  } catch (error) {
    if ((error as { code?: string }).code === uniqueViolation) throw new Conflict('surat.error.number_raced');
    throw error;
  }
}

/**
 * Takes the number away again: the register keeps it, with the reason. A signed copy bears it, and goes with it.
 * @returns whether a signed copy was taken away
 * @throws Conflict when there is none, or issued
 */
export async function releaseNumber(
  { db, files }: LetterDeps,
  actor: OfficeActor,
  ids: LetterIds,
  reason: string,
): Promise<boolean> {
  const signed = await inTransaction(db, async (tx) => {
    await lockOwnOffice(tx, actor);
    const { letter } = await openLetter(tx, actor, ids);
    if (letter.state === 'issued') throw new Conflict('surat.error.closed_issued');
    if (!(await leaveNumber(tx, letter.id, reason))) throw new Conflict('surat.error.gone');
    const content = await signedContentOf(tx, letter);
    await tx.update(InvitationLetter, { id: letter.id }, { letterDate: null, ...unsigned });
    const fields = ['number', 'letterDate', ...(content ? ['signedFile'] : [])];
    await recordLetter(tx, actor, ids, 'number_released', { fields: fieldNames(fields) });
    return content;
  });
  if (signed) await dropUnusedFile(db, files, signed);
  return signed !== undefined;
}

/**
 * Writes down why numbers bear no letter of ours: given to letters outside of Rembuk, or spoiled.
 * @throws InvalidInput at `from` when letters bear any of them: nothing is written then
 */
export const noteSkipped = (
  { db, clock }: LetterDeps,
  actor: OfficeActor,
  { year, from, to, reason }: SkippedForm,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const serials = { officeId: (await lockOwnOffice(tx, actor)).id, year, from, to };
    const count = to - from + 1;
    const used = await usedSerials(tx, serials);
    if (used.length === count) throw InvalidInput.at('from', 'surat.error.all_used');
    if (used.length > 0) {
      const named = used.slice(0, namedAtMost).join(', ') + (used.length > namedAtMost ? ', …' : '');
      throw InvalidInput.at('from', 'register.error.used', { numbers: named });
    }
    await writeSkipped(tx, { ...serials, reason, userId: actor.userId, at: clock.now() });
    await recordAudit(tx, byActor(actor), {
      action: 'surat.number_noted',
      subject: ['office', serials.officeId],
      detail: { year, from, to, count },
    });
  });

/**
 * Takes such a note back: nobody has accounted for the number any more.
 * @returns the year of the register
 * @throws NotFound for another office's line; Conflict for a number that a letter bears, or bore
 */
export const takeNoteBack = ({ db }: Pick<Deps, 'db'>, actor: OfficeActor, id: number): Promise<number> =>
  inTransaction(db, async (tx) => {
    const office = await lockOwnOffice(tx, actor);
    const { year, serial, noted } = await lineOf(tx, office.id, id);
    if (!noted) throw new Conflict('register.error.no_note');
    await eraseNote(tx, id);
    await recordAudit(tx, byActor(actor), {
      action: 'surat.number_note_removed',
      subject: ['office', office.id],
      detail: { year, from: serial, to: serial, count: 1 },
    });
    return year;
  });

/** Serials between the first and the last of a year that nobody has accounted for. */
export interface Gap {
  from: number;
  to: number;
}

export function gapsIn(serials: number[]): Gap[] {
  const sorted = [...new Set(serials)].sort((a, b) => a - b);
  return sorted.flatMap((serial, at) => {
    const before = sorted[at - 1];
    return before !== undefined && serial - before > 1 ? [{ from: before + 1, to: serial - 1 }] : [];
  });
}

export interface Register {
  year: number;
  years: number[];
  rows: RegisterRow[];
  gaps: Gap[];
  next: number;
}

/** The register of a year, the present one (in the office's zone, rules.md 17) unless told otherwise. */
export async function readRegister(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: OfficeActor,
  wanted?: number,
): Promise<Register> {
  const { id, zone } = await findOwnOffice(db, actor);
  const present = yearOf(localParts(clock.now(), zone).date);
  const year = wanted ?? present;
  const rows = await registerOf(db, id, year);
  return {
    year,
    years: [...new Set([present, year, ...(await numberedYears(db, id))])].sort((a, b) => b - a),
    rows,
    gaps: gapsIn(rows.map(({ serial }) => serial)),
    next: await nextSerial(db, id, year),
  };
}

/** What the next number will look like, for a form. */
export async function proposedNumber(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: OfficeActor,
): Promise<{ date: string; serial: number; number: string }> {
  const office = await findOwnOffice(db, actor);
  const { date } = localParts(clock.now(), office.zone);
  const serial = await nextSerial(db, office.id, yearOf(date));
  return { date, serial, number: numberOf(office, serial, date) };
}
