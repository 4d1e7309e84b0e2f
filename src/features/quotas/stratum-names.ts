import type { DataSource } from 'typeorm';
import type { Translate } from '../../i18n/translate.js';
import type { ActingOffice } from '../accounts/permissions.js';
import { officeRegions, serviceTypes } from '../institutions/institutions.service.js';

/** Names of strata: a service in the language of the screen, a kabupaten/kota, or the one for all. */
export async function stratumNames(
  db: Pick<DataSource, 'query'>,
  office: ActingOffice,
  { language, t }: { language: string; t: Translate },
): Promise<(key: string) => string> {
  const services = (await serviceTypes(db)).map((type): [string, string] => [
    type.code,
    language === 'en' ? type.nameEn : type.nameId,
  ]);
  const regions = (await officeRegions(db, office)).map(({ code, name }): [string, string] => [code, name]);
  const names = new Map([...services, ...regions]);
  return (key) =>
    names.get(key) ?? (/^\d/.test(key) ? key : t(`quota.key_${key === 'umum' ? key : 'lainnya'}`));
}
