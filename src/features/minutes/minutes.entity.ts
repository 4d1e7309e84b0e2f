import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MinutesState } from './minutes.words.js';

/** Notula of an event: its head and where it stands. Its lines are blocks; what was approved lies in editions. */
@Entity('minutes')
export class Minutes {
  @PrimaryColumn({ type: 'integer' })
  eventId: number;

  @Column({ type: 'text', default: 'draft' })
  state: MinutesState;

  /** Number of the edition that is being written, or was approved last. */
  @Column({ type: 'integer', default: 1 })
  edition: number;

  /** Surat undangan: number and date as they stand on the letter. */
  @Column({ type: 'text', default: '' })
  letterNumber: string;

  @Column({ type: 'date', nullable: true })
  letterDate: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  heldFrom: Date | null;

  /** Null when it ended "selesai". */
  @Column({ type: 'timestamptz', nullable: true })
  heldUntil: Date | null;

  /** Pimpinan rapat, with titles, as it stands under the signature. */
  @Column({ type: 'text', default: '' })
  chairName: string;

  @Column({ type: 'text', default: '' })
  chairPosition: string;

  @Column({ type: 'text', default: '' })
  secretaryName: string;

  /** Pencatat: who signs as notulis. */
  @Column({ type: 'text', default: '' })
  recorderName: string;

  @Column({ type: 'text', default: '' })
  recorderPosition: string;

  /** Said of the participants beside their count, which comes from the attendance. */
  @Column({ type: 'text', default: '' })
  participantsNote: string;

  /** Why this edition follows the one before; empty for the first. */
  @Column({ type: 'text', default: '' })
  correctionReason: string;

  /** What the leader wants mended. */
  @Column({ type: 'text', default: '' })
  returnReason: string;

  @Column({ type: 'integer', nullable: true })
  submittedBy: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  submittedAt: Date | null;

  /** Raised with every change of head or state; a form that carries an older one is told so. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
