import type { Tx } from '../../database/data-source.js';
import { InvalidInput } from '../../errors.js';
import { findRegion } from '../regions/regions.service.js';
import { Office } from './office.entity.js';

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
