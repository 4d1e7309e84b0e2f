import { Column, Entity, PrimaryColumn } from 'typeorm';

export const dimensions = ['none', 'service', 'region'] as const;
export type Dimension = (typeof dimensions)[number];

/** How many seats an event has and how they are shared. Its row is the one lock for all seats (rules.md 6). */
@Entity('event_quota')
export class EventQuota {
  @PrimaryColumn({ type: 'integer' })
  eventId: number;

  /** Seats for delegates, in people; reserved and additional seats are not counted here. */
  @Column({ type: 'integer' })
  seats: number;

  @Column({ type: 'integer', default: 1 })
  seatsPerInstitution: number;

  /** What the strata partition the seats by (rules.md 3). */
  @Column({ type: 'text', default: 'none' })
  dimension: Dimension;

  /** At most so many seats for institutions of one kabupaten/kota; null for no cap. */
  @Column({ type: 'integer', nullable: true })
  capPerRegion: number | null;

  /** At most so many seats for institutions of one main service; null for no cap. */
  @Column({ type: 'integer', nullable: true })
  capPerType: number | null;

  /** How long an offered seat is held, in hours. */
  @Column({ type: 'integer', default: 48 })
  offerHours: number;

  /** The next place in the waiting list; raised under the lock (rules.md 9). */
  @Column({ type: 'integer', default: 1 })
  nextQueueNumber: number;

  @Column({ type: 'integer', default: 1 })
  version: number;
}
