import { personName } from '../../i18n/format.js';
import { fold } from '../../spreadsheets/cells.js';
import type { InstitutionFacts } from './institution.facts.js';

/** The facts of an LKS that its own people are asked about, in the order of the form. */
const checkedFacts = [
  'name',
  'address',
  'village',
  'district',
  'phone',
  'email',
  'services',
  'registrationNumber',
  'registrationDate',
  'permitNumber',
  'permitDate',
  'permitValidUntil',
] as const;

type CheckedValue = string | string[] | null;

/** What is there now, or should be. Who leads it is written as one name, titles and all. */
export type CheckedRecord = Record<(typeof checkedFacts)[number] | 'leaderName', CheckedValue> & {
  leaderName: string;
};

/**
 * By field, what it should be. The leader has two: `leaderName` writes the name of the same person better,
 * `newLeader` is somebody else.
 */
export type CheckedChanges = Record<string, CheckedValue>;

interface LeaderName {
  nameBefore: string;
  name: string;
  nameAfter: string;
}

/** The record as its people see it. */
export function checkedRecord(facts: InstitutionFacts, leader: LeaderName | undefined): CheckedRecord {
  const known = Object.fromEntries(checkedFacts.map((field) => [field, facts[field] ?? null]));
  return { ...known, leaderName: leader ? personName(leader) : '' } as CheckedRecord;
}

/** Values as text, to be compared: an empty one is no other than a missing one. */
export const asText = (value: unknown): string =>
  (Array.isArray(value) ? value.join(',') : typeof value === 'string' ? value : '')
    .replaceAll('\r\n', '\n')
    .trim();

/** What stands now where a field was proposed. */
export const nowOf = (record: CheckedRecord, field: string): CheckedValue =>
  record[field === 'newLeader' ? 'leaderName' : (field as keyof CheckedRecord)] ?? null;

function leaderField(before: string, after: string, isNew: boolean): string[] {
  if (before === after) return [];
  const isSamePerson = before !== '' && (!isNew || fold(before) === fold(after));
  return [isSamePerson ? 'leaderName' : 'newLeader'];
}

/** Only what differs from the record, beside what stood there. */
export function differences(
  record: CheckedRecord,
  wanted: CheckedRecord,
  isNewLeader: boolean,
): { changes: CheckedChanges; before: CheckedChanges } {
  const fields = [
    ...checkedFacts.filter((field) => asText(record[field]) !== asText(wanted[field])),
    ...leaderField(record.leaderName, wanted.leaderName, isNewLeader),
  ];
  return {
    changes: Object.fromEntries(fields.map((field) => [field, nowOf(wanted, field)])),
    before: Object.fromEntries(fields.map((field) => [field, nowOf(record, field)])),
  };
}
