import type { Language, Translate } from '../../i18n/translate.js';
import type { ActingOffice } from '../accounts/permissions.js';
import { grades, ownerships, registrationStates } from './institution.facts.js';
import {
  officeRegions,
  serviceTypes,
  type Reader,
  type RegionName,
  type ServiceTypeRow,
} from './institutions.repository.js';

/** Choices of the forms and filters of the registry, and the words for what is stored as codes. */
export interface Choices {
  services: [code: string, name: string][];
  regions: [code: string, name: string][];
  registrationStates: [code: string, name: string][];
  ownerships: [code: string, name: string][];
  grades: [code: string, name: string][];
  serviceName(code: string): string;
  /** "LKSA": for tables. */
  serviceShort(code: string): string;
}

const nameIn = (language: Language) => (row: ServiceTypeRow) => (language === 'en' ? row.nameEn : row.nameId);

/** @param keep a region to offer although it is not the office's: that of the record being edited */
export async function choicesFor(
  db: Reader,
  office: ActingOffice,
  { language, t }: { language: Language; t: Translate },
  keep?: RegionName,
): Promise<Choices> {
  const [types, regions] = await Promise.all([serviceTypes(db), officeRegions(db, office)]);
  const name = nameIn(language);
  const byCode = new Map(types.map((row) => [row.code, row]));
  if (keep && !regions.some(({ code }) => code === keep.code)) regions.push(keep);
  return {
    services: types.map((row) => [row.code, name(row)]),
    regions: regions.map((region) => [region.code, region.name]),
    registrationStates: registrationStates.map((state) => [state, t(`institution.registration.${state}`)]),
    ownerships: ownerships.map((kind) => [kind, t(`institution.ownership.${kind}`)]),
    grades: grades.map((grade) => [grade, t('institution.grade', { grade })]),
    serviceName: (code) => name(byCode.get(code) ?? missing(code)),
    serviceShort: (code) => (byCode.get(code) ?? missing(code)).shortName,
  };
}

function missing(code: string): never {
  throw new Error(`No service type ${code}`);
}
