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

  /** Until when those who were chosen answer, in events filled by selection; null: until the event's answer-by. */
  @Column({ type: 'timestamptz', nullable: true })
  firstWaveBy: Date | null;

  /** Reserves are invited, and seats moved to other strata, only by hand. */
  @Column({ type: 'boolean', default: false })
  wavesPaused: boolean;

  /** Seats of a stratum with nobody left go on at once, not only after answer-by (rules.md 11). */
  @Column({ type: 'boolean', default: false })
  movesAtOnce: boolean;

  /** The answer-by whose passing has been dealt with. */
  @Column({ type: 'timestamptz', nullable: true })
  deadlineSettled: Date | null;

  @Column({ type: 'integer', default: 1 })
  version: number;
}
