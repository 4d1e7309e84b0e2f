import type { Tx } from '../../database/data-source.js';
import type { Dimension } from './event-quota.entity.js';
import type { Stratum } from './apportionment.js';
import type { ReservedUse } from './seat.entity.js';

export interface StratumChoice {
  key: string;
  name: string;
}

/** What strata an event can have along a dimension: service types, or the regions below the office. */
export async function stratumChoices(
  tx: Tx,
  dimension: Dimension,
  officeRegion: string,
  language: 'id' | 'en',
): Promise<StratumChoice[]> {
  if (dimension === 'service')
    return tx.query(
      `SELECT code AS key, CASE $1 WHEN 'en' THEN name_en ELSE name_id END AS name FROM service_type ORDER BY sort`,
      [language],
    );
  if (dimension === 'region')
    return tx.query(
      `SELECT code AS key, name FROM region WHERE code = $1 OR code LIKE $1 || '.%' ORDER BY code`,
      [officeRegion],
    );
  return [];
}

/** Institutions by stratum key: those on the event's list, or where it is empty all that the office sees. */
export async function populationBy(
  tx: Tx,
  dimension: Dimension,
  eventId: number,
  officeRegion: string,
): Promise<Stratum[]> {
  const column = dimension === 'region' ? 'region_key' : 'service_key';
  const listed = (await tx.query(
    `SELECT ${column} AS key, count(*)::int AS size FROM invitation WHERE event_id = $1 AND state <> 'revoked'
     GROUP BY 1 ORDER BY 2 DESC, 1`,
    [eventId],
  )) as Stratum[];
  if (listed.length > 0) return listed;
  const key = dimension === 'region' ? 'i.region_code' : 's.service_type';
  return tx.query(
    `SELECT ${key} AS key, count(*)::int AS size FROM institution i
     JOIN institution_service s ON s.institution_id = i.id AND s.position = 1
     WHERE i.archived_at IS NULL AND (i.region_code = $1 OR i.region_code LIKE $1 || '.%')
     GROUP BY 1 ORDER BY 2 DESC, 1`,
    [officeRegion],
  );
}

export interface ReservedSeat {
  id: number;
  number: number;
  use: ReservedUse;
  holderName: string;
}

export async function reservedSeats(tx: Tx, eventId: number): Promise<ReservedSeat[]> {
  return tx.query(
    `SELECT id, number, reserved_for AS use, holder_name AS "holderName" FROM seat
     WHERE event_id = $1 AND pool = 'reserved' ORDER BY reserved_for, number`,
    [eventId],
  );
}
