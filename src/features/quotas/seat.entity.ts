import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export const reservedUses = ['speaker', 'committee', 'press'] as const;
export type ReservedUse = (typeof reservedUses)[number];

/** What is scarce is a row: more seats than rows can never be taken. */
@Entity('seat')
export class Seat {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  eventId: number;

  /** `quota` for delegates, `additional` above the quota with a reason, `reserved` for others (rules.md 4, 5). */
  @Column({ type: 'text', default: 'quota' })
  pool: 'quota' | 'additional' | 'reserved';

  @Column({ type: 'integer', nullable: true })
  stratumId: number | null;

  /** Unique within event and pool; what the delegate is shown. */
  @Column({ type: 'integer' })
  number: number;

  @Column({ type: 'text', default: 'free' })
  state: 'free' | 'held' | 'taken';

  @Column({ type: 'integer', nullable: true })
  invitationId: number | null;

  @Column({ type: 'integer', nullable: true })
  delegateId: number | null;

  /** Past this, a held seat is free for whoever takes the lock first (rules.md 12). */
  @Column({ type: 'timestamptz', nullable: true })
  heldUntil: Date | null;

  @Column({ type: 'text', default: '' })
  reservedFor: ReservedUse | '';

  /** Who sits on a reserved seat: no delegate, so only a name. */
  @Column({ type: 'text', default: '' })
  holderName: string;

  /** Why an additional seat was added. */
  @Column({ type: 'text', default: '' })
  reason: string;
}
