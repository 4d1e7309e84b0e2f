/**
 * The facts of an LKS that are columns of their own, with their SQL type. Form, proposals, import and export
 * all go by this list, so that a new fact is added in one place.
 */
export const factColumns = {
  name: 'text',
  regionCode: 'text',
  address: 'text',
  village: 'text',
  district: 'text',
  latitude: 'numeric',
  longitude: 'numeric',
  phone: 'text',
  email: 'text',
  ownership: 'text',
  clientsInsideMale: 'integer',
  clientsInsideFemale: 'integer',
  clientsOutsideMale: 'integer',
  clientsOutsideFemale: 'integer',
  deedNumber: 'text',
  deedDate: 'date',
  ministryDecree: 'text',
  taxNumber: 'text',
  registrationState: 'text',
  registrationNumber: 'text',
  registrationDate: 'date',
  permitNumber: 'text',
  permitDate: 'date',
  permitValidUntil: 'date',
} as const;

export type FactField = keyof typeof factColumns;
export const factFields = Object.keys(factColumns) as FactField[];
export type FactValue = string | number | null;

/** All facts of an LKS, and its services with the main one first. */
export type InstitutionFacts = Record<FactField, FactValue> & {
  name: string;
  regionCode: string;
  services: string[];
};

export const registrationStates = ['registered', 'in_process', 'not_registered'] as const;
export const ownerships = ['community', 'government'] as const;
export const grades = ['A', 'B', 'C'] as const;

export const snake = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Columns as a query selects them under their names in code. */
export const factSelection = (alias: string): string =>
  factFields
    .map(
      (field) =>
        `${alias}.${snake(field)}${factColumns[field] === 'numeric' ? '::float8' : ''} AS "${field}"`,
    )
    .join(', ');

const comparable = (value: FactValue | string[] | undefined) =>
  Array.isArray(value) ? value.join(',') : String(value ?? '');

/** Names of the facts that differ. */
export function changedFacts(before: InstitutionFacts, after: InstitutionFacts): (FactField | 'services')[] {
  const fields = [...factFields, 'services'] as const;
  return fields.filter((field) => comparable(before[field]) !== comparable(after[field]));
}

/** The facts alone, without what a record carries beside them. */
export function onlyFacts(given: InstitutionFacts): InstitutionFacts {
  const facts = Object.fromEntries(factFields.map((field) => [field, given[field]]));
  return { ...facts, services: given.services } as InstitutionFacts;
}
