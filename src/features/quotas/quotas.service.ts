import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { Conflict, InvalidInput, NotFound } from '../../errors.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { EventQuota, type Dimension } from './event-quota.entity.js';
import { lockQuota, type LockedQuota } from './quota-lock.js';
import { reservedUses, type ReservedUse } from './seat.entity.js';
import { completeStrata, readStrata, writeStrata, type WantedStratum } from './strata.js';

export { dimensions, type Dimension } from './event-quota.entity.js';
export { stratumNames } from './stratum-names.js';

/** The seats of an event that the caller has found. */
export const readQuota = (tx: Tx, eventId: number): Promise<EventQuota> =>
  tx.findOneByOrFail(EventQuota, { eventId });

/** How the seats of an event are wanted to be. */
export interface WantedQuota {
  seats: number;
  seatsPerInstitution: number;
  dimension: Dimension;
  capPerRegion: number | null;
  capPerType: number | null;
  offerHours: number;
  strata: WantedStratum[];
  /** Seats outside the quota (rules.md 4). */
  reserved: Record<ReservedUse, number>;
  /** The version that the person saw; another one means that somebody was faster. */
  version: number;
}

/** Gives a new event its quota row: the lock that everything with seats takes first (rules.md 6). */
export async function createQuota(tx: Tx, eventId: number): Promise<void> {
  await tx.insert(EventQuota, { eventId, seats: 0 });
  await writeStrata(tx, eventId, completeStrata('none', 0, []));
}

/**
 * Copies seats, strata, caps and reserved seats to a new event, all free; how far the earlier one had got stays there.
 * @param moved a deadline of the earlier event as that of the new one, or null when it would have passed
 */
export async function cloneQuota(
  tx: Tx,
  fromEventId: number,
  toEventId: number,
  moved: (deadline: Date) => Date | null,
): Promise<void> {
  // Locked: else a change that ends between the two reads gives the copy strata that do not add up.
  await lockQuota(tx, fromEventId);
  const source = await tx.findOneByOrFail(EventQuota, { eventId: fromEventId });
  const firstWaveBy = source.firstWaveBy && moved(source.firstWaveBy);
  await tx.insert(EventQuota, { ...settingsOf(source), eventId: toEventId, firstWaveBy });
  const strata = await readStrata(tx, fromEventId);
  await writeStrata(tx, toEventId, completeStrata(source.dimension, source.seats, strata));
  await writeReserved(tx, toEventId, await countReserved(tx, fromEventId));
}

/** What happens once seats may have become free; the invitations give it, since quotas know nothing of them. */
export type AfterSeatsChanged = (tx: Tx, quota: LockedQuota) => Promise<void>;

/**
 * Changes the seats of an event while answers may be coming in.
 * @throws Conflict when the event is over
 * @throws InvalidInput when the strata do not add up, or when fewer seats are wanted than are taken or held
 *   (rules.md 13), with the numbers
 * @throws InvalidInput at `version` when somebody else changed it meanwhile
 */
export async function saveQuota(
  { db }: Pick<Deps, 'db'>,
  actor: OfficeActor,
  eventId: number,
  wanted: WantedQuota,
  afterwards: AfterSeatsChanged,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const quota = await lockQuota(tx, eventId);
    if (['finished', 'cancelled'].includes(quota.eventState)) throw new Conflict('quota.event_over');
    if (quota.version !== wanted.version) throw InvalidInput.at('version', 'quota.changed_meanwhile');
    const strata = completeStrata(wanted.dimension, wanted.seats, wanted.strata);
    await check(tx, quota, wanted, strata);
    await tx.update(EventQuota, { eventId }, { ...settingsOf(wanted), version: quota.version + 1 });
    await writeStrata(tx, eventId, strata);
    await writeReserved(tx, eventId, wanted.reserved);
    await recordAudit(tx, byActor(actor), {
      action: 'quota.save',
      subject: ['event', eventId],
      fields: ['seats', 'strata', 'caps', 'reserved'],
      detail: { seats: wanted.seats, before: quota.seats, dimension: wanted.dimension },
    });
    await afterwards(tx, await lockQuota(tx, eventId));
  });
}

/** What a selection decides about the seats; everything else stays as it is. */
export type SharedSeats = Pick<
  WantedQuota,
  'seatsPerInstitution' | 'dimension' | 'capPerRegion' | 'capPerType' | 'offerHours'
> & { strata: { key: string; seats: number }[]; firstWaveBy: Date | null };

/**
 * Gives the seats to strata as a selection has shared them.
 * @param quota locked by the caller, and with no seat taken or held
 */
export async function shareSeats(
  tx: Tx,
  quota: LockedQuota,
  { strata, firstWaveBy, ...shared }: SharedSeats,
): Promise<void> {
  const seats = strata.reduce((sum, one) => sum + one.seats, 0);
  const wanted = strata.map((one) => ({ ...one, limit: null }));
  const settings = settingsOf({ ...shared, seats });
  await tx.update(
    EventQuota,
    { eventId: quota.eventId },
    { ...settings, firstWaveBy, version: quota.version + 1 },
  );
  await writeStrata(tx, quota.eventId, completeStrata(shared.dimension, seats, wanted));
}

const settingsOf = ({
  seats,
  seatsPerInstitution,
  dimension,
  capPerRegion,
  capPerType,
  offerHours,
}: Omit<WantedQuota, 'strata' | 'reserved' | 'version'>) => ({
  seats,
  seatsPerInstitution,
  dimension,
  // The dimension of the strata needs no cap: its strata are the cap.
  capPerRegion: dimension === 'region' ? null : capPerRegion,
  capPerType: dimension === 'service' ? null : capPerType,
  offerHours,
});

async function check(
  tx: Tx,
  quota: LockedQuota,
  wanted: WantedQuota,
  strata: WantedStratum[],
): Promise<void> {
  const sum = strata.reduce((total, { seats }) => total + seats, 0);
  if (sum !== wanted.seats) throw InvalidInput.at('seats', 'quota.sum', { sum, seats: wanted.seats });
  if (new Set(strata.map(({ key }) => key)).size !== strata.length)
    throw InvalidInput.at('strata', 'quota.twice');
  const existing = await readStrata(tx, quota.eventId);
  const busyAnywhere = existing.some(({ held, taken }) => held + taken > 0);
  if (busyAnywhere && wanted.dimension !== quota.dimension)
    throw InvalidInput.at('dimension', 'quota.dimension_fixed');
  for (const row of existing) {
    const index = strata.findIndex(({ key }) => key === row.key);
    const busy = row.held + row.taken;
    const seats = strata[index]?.seats ?? 0;
    if (busy > seats) {
      const field = wanted.dimension === 'none' ? 'seats' : `strata.${index}.seats`;
      throw InvalidInput.at(field, 'quota.below_taken', { taken: row.taken, held: row.held, seats });
    }
  }
  await checkCap(tx, quota.eventId, 'region_key', 'capPerRegion', settingsOf(wanted).capPerRegion);
  await checkCap(tx, quota.eventId, 'service_key', 'capPerType', settingsOf(wanted).capPerType);
  const held = await countReserved(tx, quota.eventId, `state = 'taken'`);
  for (const use of reservedUses)
    if (held[use] > wanted.reserved[use])
      throw InvalidInput.at(`reserved.${use}`, 'quota.below_taken', {
        taken: held[use],
        held: 0,
        seats: wanted.reserved[use],
      });
}

async function checkCap(
  tx: Tx,
  eventId: number,
  column: 'region_key' | 'service_key',
  field: string,
  cap: number | null,
) {
  if (cap === null) return;
  const [row] = (await tx.query(
    `SELECT count(*)::int AS used FROM seat s JOIN invitation i ON i.id = s.invitation_id
     WHERE s.event_id = $1 AND s.pool = 'quota' GROUP BY i.${column} ORDER BY used DESC LIMIT 1`,
    [eventId],
  )) as [{ used: number } | undefined];
  if (row && row.used > cap) throw InvalidInput.at(field, 'quota.below_cap', { used: row.used, cap });
}

/** Reserved seats of an event by their use. */
export async function countReserved(
  tx: Tx,
  eventId: number,
  condition = 'true',
): Promise<Record<ReservedUse, number>> {
  const rows = (await tx.query(
    `SELECT reserved_for AS use, count(*)::int AS count FROM seat
     WHERE event_id = $1 AND pool = 'reserved' AND ${condition} GROUP BY reserved_for`,
    [eventId],
  )) as { use: ReservedUse; count: number }[];
  const count = (use: ReservedUse) => rows.find((row) => row.use === use)?.count ?? 0;
  return { speaker: count('speaker'), committee: count('committee'), press: count('press') };
}

async function writeReserved(tx: Tx, eventId: number, wanted: Record<ReservedUse, number>): Promise<void> {
  const existing = await countReserved(tx, eventId);
  for (const use of reservedUses) {
    const more = wanted[use] - existing[use];
    if (more > 0)
      await tx.query(
        `INSERT INTO seat (event_id, pool, reserved_for, number)
         SELECT $1, 'reserved', $2, n + coalesce((SELECT max(number) FROM seat WHERE event_id = $1 AND pool = 'reserved'), 0)
         FROM generate_series(1, $3::int) AS n`,
        [eventId, use, more],
      );
    else
      await tx.query(
        `DELETE FROM seat WHERE id IN (SELECT id FROM seat WHERE event_id = $1 AND pool = 'reserved'
           AND reserved_for = $2 AND state = 'free' ORDER BY number DESC LIMIT $3)`,
        [eventId, use, -more],
      );
  }
}

/** Names who sits on a reserved seat, or frees it with an empty name. @throws NotFound for no such seat */
export async function nameReservedSeat(
  { db }: Pick<Deps, 'db'>,
  actor: OfficeActor,
  eventId: number,
  seatId: number,
  holderName: string,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockQuota(tx, eventId);
    const [, named] = (await tx.query(
      `UPDATE seat SET state = CASE $3 WHEN '' THEN 'free' ELSE 'taken' END, holder_name = $3
       WHERE id = $1 AND event_id = $2 AND pool = 'reserved'`,
      [seatId, eventId, holderName],
    )) as [unknown, number];
    if (named === 0) throw new NotFound();
    await recordAudit(tx, byActor(actor), {
      action: 'quota.reserved',
      subject: ['event', eventId],
      fields: ['holder_name'],
    });
  });
}
