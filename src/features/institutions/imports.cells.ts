import { normalisePhone } from '../../web/form.js';
import { fold, isFormula, oneLine, readCount, readDate, repairPhone } from '../../spreadsheets/cells.js';
import { withoutGuard } from '../../spreadsheets/write-table.js';
import { factColumns, type FactField, type FactValue } from './institution.facts.js';
import type { ImportField } from './imports.columns.js';

/** What was read from a cell: a value, nothing, or not understood (the cell is then left out, with a note). */
export type Read = { value: FactValue } | { nothing: true } | { problem: 'unreadable' | 'formula' };

const nothing: Read = { nothing: true };
const unreadable: Read = { problem: 'unreadable' };
const orUnreadable = (value: FactValue | undefined): Read => (value === undefined ? unreadable : { value });

/** "Belum", "sedang proses": what stands in a column of numbers while there is none. */
const isNotYet = (text: string) =>
  /^(belum|blm|tidak|tdk|kosong|masih|sedang|dalam|proses|not|in process)\b/.test(fold(text));

/** What a cell without a registration number tells of the registration all the same. */
export const stateInNumber = (cell: string): string | undefined =>
  isNotYet(cell) ? readState(cell) : undefined;

function readState(text: string): string | undefined {
  const folded = fold(text);
  if (/belum|tidak|^not/.test(folded)) return 'not_registered';
  if (/proses|urus|process/.test(folded)) return 'in_process';
  return /terdaftar|sudah|^ada$|^ya$|aktif|registered/.test(folded) ? 'registered' : undefined;
}

function readOwnership(text: string): string | undefined {
  const folded = fold(text);
  if (/pemerintah|negeri|pemprov|pemkab|pemkot|uptd?|government/.test(folded)) return 'government';
  return /masyarakat|swasta|yayasan|pribadi|perorangan|community/.test(folded) ? 'community' : undefined;
}

function readGrade(text: string): Read {
  const folded = fold(text);
  if (/belum|tidak|proses/.test(folded)) return nothing;
  const grade = /(?:^|\s)([abc])(?:\s|$)/.exec(folded)?.[1];
  return orUnreadable(grade?.toUpperCase());
}

function readDegrees(text: string, bound: number): number | undefined {
  const value = Number(text.replace(',', '.'));
  return Number.isFinite(value) && Math.abs(value) <= bound ? Math.round(value * 1e6) / 1e6 : undefined;
}

function readEmail(text: string): string | undefined {
  const address = text.toLowerCase().split(/[\s,;/]+/)[0] ?? '';
  return /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/.test(address) && address.length <= 254 ? address : undefined;
}

function readPhone(text: string): string | undefined {
  const repaired = repairPhone(text);
  return repaired === undefined ? undefined : normalisePhone(repaired);
}

const phoneNumbers = /\+?\(?\d[\d\s().-]{5,}\d/g;
const phoneWords =
  /(?<![\p{L}.])(no(mor)?|hp|wa|telp|tlp|telepon|telpon|handphone|whatsapp|kontak)(?!\p{L})[.:]*/giu;

/** "Siti Rahmah, S.Pd / 0812 5000 1001": the two halves of a cell that names somebody and their phone. */
export function splitContact(cell: string): { name: string; phone: string } {
  const [phone = ''] = cell.match(phoneNumbers) ?? [];
  const words = oneLine(cell.replace(phoneNumbers, ' ').replace(phoneWords, ' '));
  const name = words.replace(/^[\s/;,:|()-]+|[\s/;,:|()-]+$/g, '');
  return { name: /\p{L}{2}/u.test(name) && !isNotYet(name) ? name : '', phone };
}

const lengths: Partial<Record<ImportField, number>> = {
  name: 200,
  address: 300,
  taxNumber: 40,
  leaderName: 200,
};

function readText(field: ImportField, text: string): Read {
  const plain = oneLine(text);
  return plain.length > (lengths[field] ?? 100) ? unreadable : { value: plain };
}

/** A word taken for a number would make one LKS of all that share it: numbers are what lines are matched by. */
function readRegistration(text: string): Read {
  if (isNotYet(text)) return nothing;
  return /\d/.test(text) ? readText('registrationNumber', text) : unreadable;
}

const readDocument =
  (field: ImportField) =>
  (text: string): Read =>
    isNotYet(text) ? nothing : readText(field, text);

const special: Partial<Record<ImportField, (text: string) => Read>> = {
  registrationNumber: readRegistration,
  permitNumber: readDocument('permitNumber'),
  deedNumber: readDocument('deedNumber'),
  ministryDecree: readDocument('ministryDecree'),
  taxNumber: readDocument('taxNumber'),
  accreditationNumber: readDocument('accreditationNumber'),
  registrationState: (text) => orUnreadable(readState(text)),
  ownership: (text) => orUnreadable(readOwnership(text)),
  accreditationGrade: readGrade,
  accreditationIssuedOn: (text) => orUnreadable(readDate(text)),
  accreditationValidUntil: (text) => orUnreadable(readDate(text)),
  latitude: (text) => orUnreadable(readDegrees(text, 90)),
  longitude: (text) => orUnreadable(readDegrees(text, 180)),
  email: (text) => orUnreadable(readEmail(text)),
  phone: (text) => orUnreadable(readPhone(text)),
  leaderPhone: (text) => orUnreadable(readPhone(text)),
};

/** Reads one cell for one fact. Dashes and the like mean that there is nothing. */
export function readCell(field: ImportField, cell: string): Read {
  const text = withoutGuard(cell.trim());
  if (/^[-–—.?*]*$/.test(text) || /^(tidak ada|belum ada|nihil|n\/a|null|#n\/a|#ref!|#value!)$/i.test(text))
    return nothing;
  if (text === cell.trim() && isFormula(text)) return { problem: 'formula' };
  const read = special[field];
  if (read) return read(text);
  const type = factColumns[field as FactField] as string | undefined;
  if (type === 'date') return orUnreadable(readDate(text));
  if (type === 'integer') return orUnreadable(readCount(text));
  return readText(field, text);
}
