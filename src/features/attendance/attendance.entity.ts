import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { AttendanceState } from './attendance-mark.entity.js';

/** Where a person stands in a session: what follows from all of their marks there (standing.ts), one row each. */
@Entity('attendance')
export class Attendance {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  eventId: number;

  @Column({ type: 'integer' })
  sessionId: number;

  @Column({ type: 'integer', nullable: true })
  delegateId: number | null;

  @Column({ type: 'integer', nullable: true })
  guestId: number | null;

  @Column({ type: 'text' })
  state: AttendanceState;

  @Column({ type: 'timestamptz', nullable: true })
  arrivedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  leftAt: Date | null;

  /** The mark that was written last. */
  @Column({ type: 'bigint' })
  lastMarkId: number;
}
