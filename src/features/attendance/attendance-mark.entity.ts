import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export const markKinds = ['in', 'out', 'excused', 'corrected'] as const;
export type MarkKind = (typeof markKinds)[number];

/** What a person can be in a session; who is none of these has not been seen yet. */
export const attendanceStates = ['present', 'excused', 'absent'] as const;
export type AttendanceState = (typeof attendanceStates)[number];

/** By which way somebody was recorded: tapped in the list, their QR, their typed code, or as a walk-in. */
export type MarkWay = 'list' | 'qr' | 'code' | 'walk_in';

/** One thing that was recorded at the door. Never changed: a mistake is put right by a further mark. */
@Entity('attendance_mark')
export class AttendanceMark {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: number;

  /** Made by the device, so that sending twice is harmless. */
  @Column({ type: 'uuid' })
  clientId: string;

  @Column({ type: 'integer' })
  eventId: number;

  @Column({ type: 'integer' })
  sessionId: number;

  /** Either a delegate or a guest. */
  @Column({ type: 'integer', nullable: true })
  delegateId: number | null;

  @Column({ type: 'integer', nullable: true })
  guestId: number | null;

  @Column({ type: 'text' })
  kind: MarkKind;

  /** What a correction says instead. */
  @Column({ type: 'text', nullable: true })
  correctedTo: AttendanceState | null;

  /** As the device's own clock said, right or wrong. */
  @Column({ type: 'timestamptz' })
  deviceAt: Date;

  /** The moment that counts: by our clock, less the time that the mark waited on its device. */
  @Column({ type: 'timestamptz' })
  happenedAt: Date;

  /** When it reached us. */
  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  /** When the person came, where that is not the moment of the mark: corrections, days written up later. */
  @Column({ type: 'timestamptz', nullable: true })
  arrivedAt: Date | null;

  /** When the person left, where a correction says so. */
  @Column({ type: 'timestamptz', nullable: true })
  leftAt: Date | null;

  @Column({ type: 'text' })
  way: MarkWay;

  /** Who recorded it: a colleague, or the holder of a helper's link. */
  @Column({ type: 'integer', nullable: true })
  userId: number | null;

  @Column({ type: 'integer', nullable: true })
  scanLinkId: number | null;

  /** Why somebody is excused, was corrected, or is written down after the day. */
  @Column({ type: 'text', default: '' })
  reason: string;
}
