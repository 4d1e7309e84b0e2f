import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { InvitationState } from './invitation.entity.js';

/** One step in the life of an invitation: who, when, by which way, why. Never changed. */
@Entity('invitation_change')
export class InvitationChange {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: number;

  @Column({ type: 'integer' })
  invitationId: number;

  @Column({ type: 'integer' })
  eventId: number;

  @Column({ type: 'timestamptz' })
  at: Date;

  @Column({ type: 'text' })
  verb: string;

  @Column({ type: 'text' })
  fromState: InvitationState;

  @Column({ type: 'text' })
  toState: InvitationState;

  /** Seats that the invitation holds or has taken afterwards. */
  @Column({ type: 'integer', default: 0 })
  seats: number;

  /** Seats it waits for afterwards. */
  @Column({ type: 'integer', default: 0 })
  waiting: number;

  @Column({ type: 'text' })
  way: 'link' | 'office' | 'clock';

  @Column({ type: 'integer', nullable: true })
  userId: number | null;

  @Column({ type: 'text', default: '' })
  reason: string;
}
